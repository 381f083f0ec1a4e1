"""Which cases rest on a law or an article: in 法律依据 and in their running text.

After an amendment this is the list of what must be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casebase.curation.checks.law import days_of
from casebase.curation.checks.prose import times_of
from casebase.curation.io import Keys
from casebase.curation.prose import prose
from casebase.curation.store import Casebase, Loaded
from casebase.law.citations import names_of, resolve
from casebase.law.finder import find, mentions_in
from casebase.law.wording import citation_words, short_title
from casebase.model import Case


@dataclass(frozen=True)
class Dependent:
    """One place of one case that rests on the law; ``path`` is the key, ``cited`` its words."""

    file: str
    line: int
    path: str
    id: str
    title: str
    cited: str
    article: int | None
    range_end: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The object of ``check --changed --json``."""
        return asdict(self)


def dependents(
    casebase: Casebase, statute: str, article: int | None = None
) -> tuple[Dependent, ...]:
    """The places in all cases that cite ``statute`` (or one article of it), by file and line."""
    found = (place for loaded in casebase.loaded for place in _places(loaded, casebase, statute))
    wanted = (place for place in found if article is None or _touches(place, article))
    return tuple(sorted(wanted, key=lambda place: (place.file, place.line, place.path)))


def _touches(place: Dependent, article: int) -> bool:
    if place.article is None:
        return False
    return place.article <= article <= (place.range_end or place.article)


def _places(loaded: Loaded[Case], casebase: Casebase, statute: str) -> Iterator[Dependent]:
    case = loaded.record

    def place(
        keys: Keys, before: str, cited: str, first: int | None, last: int | None
    ) -> Dependent:
        line = loaded.document.line_in_text(keys, before)
        path = ".".join(map(str, keys))
        return Dependent(loaded.file, line, path, case.id, case.title, cited, first, last)

    law = casebase.statutes.get(statute)
    for i, citation in enumerate(case.citations):
        if citation.statute == statute and law is not None:
            words = citation_words(short_title(law.title), citation)
            yield place(("法律依据", i, "条"), "", words, citation.article, None)
    table = names_of(casebase.statutes)
    context = tuple((c.statute, c.article) for c in case.citations)
    for keys, text in prose(case):
        days = times_of(case, casebase, keys[0] == "现行法提示")[0]
        days = days if keys[0] == "现行法提示" else days_of(case)
        covered: list[tuple[int, int]] = []
        for found in find(text, table, context):
            covered.append((found.start, found.end))
            if resolve(found, casebase.statutes, days).found.statute == statute:
                unit = found.unit
                last = unit.range_end if unit.paragraph is unit.item is None else None
                yield place(keys, text[: found.start], found.text, unit.article, last)
        for mention in mentions_in(text, table):
            inside = any(start <= mention.start < end for start, end in covered)
            if mention.ids == (statute,) and not inside:
                cited = text[mention.start : mention.end]
                yield place(keys, text[: mention.start], cited, None, None)
