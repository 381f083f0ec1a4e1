"""Casebase + outline + standing text → the document tree of the guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebase.curation.checks import check
from casebase.curation.review import missing
from casebase.curation.store import Casebase
from casebase.law.texts import ArticleTexts
from casebase.model import Case, Severity, Status
from casebase.model.review import SHOWN
from guide_builder.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    Row,
    Table,
    text,
)
from guide_builder.case_page import CasePages
from guide_builder.directives import Directives
from guide_builder.errors import GuideError
from guide_builder.markup import Markup, Source
from guide_builder.outline import Outline, Part, Section
from guide_builder.placeholders import Place, Placeholders
from guide_builder.tables import MAKERS
from guide_builder.tables.case_index import quick_table
from guide_builder.tables.context import Context
from guide_builder.tables.coverage import coverage_blocks

#: How many unfinished cases a refusal names.
_LISTED = 20


@dataclass(frozen=True)
class Edition:
    """What is printed: the plan, the day whose law it prints, and where its texts are.

    ``wording`` is the official text of articles, where it was imported. A ``final`` edition
    holds only cases that were signed off (定稿) and carries no watermark.
    """

    outline: Outline
    as_of: date
    texts: Path
    wording: ArticleTexts | None = None
    final: bool = False

    @property
    def mark(self) -> str:
        """What the cover and the watermark say of an edition that is not final."""
        return "" if self.final else self.outline.edition

    def holds(self, case: Case) -> bool:
        """Whether ``case`` is printed in this edition."""
        status = case.review.status
        return status is Status.FINAL if self.final else status in SHOWN


def plan(casebase: Casebase, edition: Edition) -> Document:
    """The whole guide as blocks.

    Raises:
        GuideError: a record has an error, or a text refers to something that does not exist.
    """
    _refuse_errors(casebase)
    if edition.final:
        _refuse_unfinished(casebase)
    return _Planner(casebase, edition).document()


def draft(casebase: Casebase, edition: Edition) -> Document:
    """The guide as it would stand, though records or law may have moved on beneath its text."""
    return _Planner(casebase, edition, strict=False).document()


def text_faults(casebase: Casebase, edition: Edition) -> tuple[tuple[Place, str], ...]:
    """Every place of the standing text that names a rule which does not hold on the guide's day."""
    planner = _Planner(casebase, edition, strict=False)
    planner.document()
    return tuple(dict.fromkeys(planner.placeholders.faults))


def _refuse_errors(casebase: Casebase) -> None:
    errors = [f for f in check(casebase) if f.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise GuideError(
            f"案例库有 {len(errors)} 处错误，不能编印。第一处：{first.file} 第 {first.line} 行，"
            f"{first.message}。请先运行 caseguide check 并逐一改正。"
        )


def _refuse_unfinished(casebase: Casebase) -> None:
    """A final edition leaves nothing that was submitted behind unsaid."""
    open_cases = [
        case
        for case in casebase.cases
        if case.review.status in SHOWN and case.review.status is not Status.FINAL
    ]
    if open_cases:
        shown = [f"  {c.id}（{c.review.status}）缺：{'、'.join(missing(c))}" for c in open_cases]
        more = (
            f"\n  ……其余 {len(shown) - _LISTED} 件见 caseguide case list" if shown[_LISTED:] else ""
        )
        raise GuideError(
            f"不能编印定稿：{len(open_cases)} 件案例还没有定稿。\n"
            + "\n".join(shown[:_LISTED])
            + more
            + "\n逐件用 caseguide case status 办完审核；暂不收录的退回草稿。"
        )
    if not any(case.review.status is Status.FINAL for case in casebase.cases):
        raise GuideError("不能编印定稿：案例库里没有一件定稿的案例。")


class _Planner:
    def __init__(self, casebase: Casebase, edition: Edition, *, strict: bool = True) -> None:
        self.casebase, self.edition = casebase, edition
        self.outline = edition.outline
        self.chapters = {s.cases: self._cases_of(s.cases) for s in self._sections() if s.cases}
        cases = tuple(case for chapter in self.chapters.values() for case in chapter)
        numbers = {case.id: i for i, case in enumerate(cases, start=1)}
        self.context = Context(casebase, edition.as_of, cases, numbers, edition.wording)
        self.pages = CasePages(casebase, numbers)
        anchors = {s.title.split("　")[0]: s.anchor for s in self._sections()}
        self.placeholders = Placeholders(casebase, edition.as_of, anchors, strict=strict)
        directives = Directives(self.context, self.placeholders, edition.texts)
        self.markup = Markup(self.placeholders, directives.blocks)

    def document(self) -> Document:
        district = self.casebase.district
        return Document(
            title=district.guide_title,
            issuer=district.bureau,
            subject=district.mandate_number,
            front=tuple(self._front()),
            body=tuple(self._body()),
            watermark=self.edition.mark,
        )

    def _sections(self) -> Iterator[Section]:
        for part in self.outline.parts:
            yield from part.sections

    def _cases_of(self, chapter: str) -> tuple[Case, ...]:
        subjects = [term.id for term in self.casebase.taxonomies["subject"].terms]
        chosen = [
            case
            for case in self.casebase.cases
            if case.classification.chapter == chapter and self.edition.holds(case)
        ]
        return tuple(
            sorted(
                chosen,
                key=lambda c: (subjects.index(c.classification.subject), c.is_brief, c.id),
            )
        )

    def _front(self) -> Iterator[Block]:
        district, day = self.casebase.district, self.edition.as_of
        issued = f"{day.year}年{day.month}月"
        yield Cover(self.outline.title, district.bureau, issued, self.edition.mark)
        group = district.group
        yield Heading(2, "编写组", "front-group", new_page=True)
        rows = (
            Row((text("组长"), text(group.leader))),
            Row((text("副组长"), text("、".join(group.deputies)))),
            Row((text("组员"), text("、".join(group.members)))),
        )
        yield Table("", (), rows, (20, 80), keys=True)
        basis = f"{district.mandate_number}{district.mandate_item}"
        note = f"依据{basis}成立；印发{'、'.join(district.units)}。"
        yield Paragraph(text(note), "note")
        yield Heading(2, "编写说明", "front-foreword", new_page=True)
        yield from self._text(self.outline.foreword, "front-foreword")
        if not self.edition.final:
            yield from self._text(self.outline.call_for_comments, "front-comments")
        yield from coverage_blocks(self.context)
        yield PageBreak()
        yield Contents()

    def _body(self) -> Iterator[Block]:
        turned = False
        for part in self.outline.parts:
            first = True
            for section in part.sections:
                if section.landscape != turned:
                    turned = section.landscape
                    yield Orientation(turned)
                if first:
                    yield Heading(1, part.title, part.anchor, new_page=True)
                    first = False
                yield from self._section(section, part)

    def _section(self, section: Section, part: Part) -> Iterator[Block]:
        fresh = section.cases is not None or bool(section.generated)
        opens = section is part.sections[0]
        yield Heading(2, section.title, section.anchor, new_page=fresh and not opens)
        for file in section.texts:
            yield from self._text(file, section.anchor)
        for name in section.generated:
            if name not in MAKERS:
                raise GuideError(f"outline.yaml：不认识的“生成：{name}”；可用：{'、'.join(MAKERS)}")
            yield from MAKERS[name](self.context)
        if section.cases:
            yield from self._chapter(section, section.cases)

    def _chapter(self, section: Section, chapter: str) -> Iterator[Block]:
        cases = self.chapters[chapter]  # type: ignore[index]
        if section.before:
            yield from self._text(section.before, f"{section.anchor}-a")
        if cases:
            yield quick_table(self.context, cases, "高频问题与法条速查")
        else:
            yield Paragraph(text("本章暂无案例，待供稿。"))
        for case in cases:
            yield from self.pages.blocks(case)
        if section.after:
            yield PageBreak()
            yield from self._text(section.after, f"{section.anchor}-z")

    def _text(self, file: str, anchor: str) -> tuple[Block, ...]:
        path = self.edition.texts / file
        try:
            content = path.read_text(encoding="utf-8")
        except OSError as error:
            raise GuideError(f"打不开文字稿 {file}：{error.strerror}") from None
        return self.markup.blocks(Source(file, anchor, content))
