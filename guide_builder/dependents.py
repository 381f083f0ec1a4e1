"""Which parts of the guide rest on a law or an article: the planned document is read through.

A part rests on an article if a link to the law says so or if its text cites it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casebase.curation.store import Casebase
from casebase.law.citations import names_of, read_citations
from casebase.law.finder import find, mentions_in
from casebase.model import Statute
from guide_builder.blocks import (
    Block,
    Document,
    Flow,
    Heading,
    ItemList,
    Paragraph,
    Spans,
    Table,
    plain,
    text,
)
from guide_builder.build import HOME
from guide_builder.marks import law_anchor
from guide_builder.outline import read_outline
from guide_builder.plan import Edition, draft
from guide_builder.word import render

#: Headings inside a case are not listed apart.
_DEEPEST = 3


@dataclass(frozen=True)
class GuidePlace:
    """A part of the guide: its headings from the top, its page, and what it cites."""

    anchor: str
    headings: tuple[str, ...]
    page: int | None
    cited: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of ``check --changed --json``."""
        return asdict(self)


def guide_dependents(
    casebase: Casebase, statute: str, article: int | None = None
) -> tuple[GuidePlace, ...]:
    """The parts of the guide that cite ``statute`` (or one article of it), in order.

    The guide is planned even where the law no longer bears it out: that is what is asked.
    """
    outline = read_outline(HOME / "outline.yaml")
    document = draft(casebase, Edition(outline, outline.as_of, HOME / "text"))
    law = casebase.statutes.get(statute)
    if law is None:
        return ()
    places = _Walk(casebase, law, article).places(document)
    if not places:
        return ()
    pages = render(document, shipped=HOME / "pages", measure=False).pages
    return tuple(
        GuidePlace(anchor, headings, pages.get(anchor), cited) for anchor, headings, cited in places
    )


class _Walk:
    """One reading of a document for one law."""

    def __init__(self, casebase: Casebase, law: Statute, article: int | None) -> None:
        self.book, self.law, self.article = casebase.statutes, law, article
        self.table = names_of(self.book)
        self.day = read_outline(HOME / "outline.yaml").as_of

    def places(self, document: Document) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        titles: dict[str, tuple[str, ...]] = {}
        path: dict[int, str] = {}
        anchor = ""
        for block in (*document.front, *document.body):
            if isinstance(block, Heading) and block.level <= _DEEPEST:
                path = {k: v for k, v in path.items() if k < block.level}
                path[block.level] = block.text
                anchor = block.anchor
            if not anchor:
                continue
            for spans in _texts(block):
                for cited in self._cited(spans):
                    found[anchor].setdefault(cited)
                    titles[anchor] = tuple(path.values())
        return [(key, titles[key], tuple(cited)) for key, cited in found.items()]

    def _cited(self, spans: Spans) -> Iterator[str]:
        target = law_anchor(self.law)
        for span in spans:
            if span.target == target and self._wanted_link(span.text):
                yield span.text
        written = plain(spans)
        for item in read_citations(written, self.book, self.day):
            unit = item.found.unit
            last = unit.range_end if unit.paragraph is unit.item is None else None
            if item.found.statute == self.law.id and self._wanted(unit.article, last):
                yield item.found.text
        if self.article is None:
            for mention in mentions_in(written, self.table):
                if mention.ids == (self.law.id,):
                    yield written[mention.start : mention.end]

    def _wanted_link(self, words: str) -> bool:
        if self.article is None:
            return True
        return any(self._wanted(f.unit.article, f.unit.range_end) for f in find(words, self.table))

    def _wanted(self, first: int | None, last: int | None) -> bool:
        if self.article is None:
            return True
        return first is not None and first <= self.article <= (last or first)


def _texts(block: Block) -> Iterator[Spans]:
    """The texts of a block, a table row being one text."""
    if isinstance(block, Heading):
        yield text(block.text)
    elif isinstance(block, Paragraph):
        yield block.spans
    elif isinstance(block, ItemList):
        yield from block.items
    elif isinstance(block, Table):
        yield text(block.caption)
        for row in block.rows:
            joined: list[Any] = []
            for cell in row.cells:
                joined += [*cell, *text("。")]
            yield tuple(joined)
    elif isinstance(block, Flow):
        for step in block.steps:
            yield text("。".join((step.text, *step.branches)))
