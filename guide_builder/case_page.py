"""One case in the uniform form (案例统一体例) as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from casebase.curation.checks.law import days_of
from casebase.curation.store import Casebase
from casebase.law.wording import citation_words
from casebase.model import Case, Citation, PartialDate, Source, Step
from casebase.model.base import NOT_STATED
from guide_builder.blocks import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
    text,
)
from guide_builder.marks import case_anchor, law_anchor, limit_anchor, verification_mark


class CasePages:
    """Lays out cases; ``numbers`` gives each case its running number in the guide."""

    def __init__(self, casebase: Casebase, numbers: dict[str, int]) -> None:
        self._casebase = casebase
        self._numbers = numbers

    def title(self, case: Case) -> str:
        """«案例12　某家具商……案», and （简案） where it is one."""
        brief = "（简案）" if case.is_brief else ""
        return f"案例{self._numbers[case.id]}　{case.title}{brief}"

    def blocks(self, case: Case) -> tuple[Block, ...]:
        """The page of one case, starting with its heading."""
        return tuple(self._blocks(case))

    def _blocks(self, case: Case) -> Iterator[Block]:
        yield Heading(3, self.title(case), case_anchor(case), new_page=not case.is_brief)
        yield self._card(case)
        yield from self._prose("处办要旨", case.rule, case)
        yield from self._prose("基本案情", case.facts, case)
        yield self._head("争议焦点", case)
        yield ItemList(tuple(text(line) for line in case.disputes))
        yield self._head("处办过程", case)
        yield self._steps(case)
        yield self._head("处理结果", case)
        yield Paragraph((Span("投诉：", "strong"), Span(case.outcome.complaint)))
        yield Paragraph((Span("举报：", "strong"), Span(case.outcome.report)))
        yield self._head("法律依据", case)
        yield from self._law(case)
        yield from self._prose("评析与典型意义", case.comment, case)
        yield self._head("处办要点", case)
        yield ItemList(tuple(text(line) for line in case.points))
        yield self._head("风险提示", case)
        yield ItemList(tuple(text(line) for line in case.risks))
        for label, advice in (
            ("消费提示：", case.advice_consumer),
            ("经营者提示：", case.advice_business),
        ):
            if advice:
                yield Paragraph((Span(label, "strong"), Span(advice)))
        if case.current_law:
            spans = (Span("现行法提示：", "strong"), Span(case.current_law))
            yield Paragraph(spans, "warning")
        if case.similar:
            yield Paragraph(self._similar(case))
        yield Paragraph(self._source(case), "note")

    def _head(self, label: str, case: Case) -> Heading:
        return Heading(4, label, f"{case_anchor(case)}-{_HEADS[label]}")

    def _prose(self, label: str, prose: str, case: Case) -> Iterator[Block]:
        yield self._head(label, case)
        for line in prose.splitlines():
            if line.strip():
                yield Paragraph(text(line.strip()))

    def _card(self, case: Case) -> Table:
        tags, name = case.classification, self._name
        rows = (
            ("案例编号", case.id, "处办时间", _date_words(case.handled)),
            ("品类", name("subject", tags.subject), "地区", case.region),
            (
                "问题类型",
                self._names("issue", tags.issues),
                "接收渠道",
                name("channel", tags.channel),
            ),
            (
                "处置",
                self._names("disposition", tags.dispositions),
                "诉求",
                self._names("claim", tags.claims) or NOT_STATED,
            ),
            (
                "关键词",
                "、".join(case.keywords),
                "培训",
                f"{'、'.join(case.training.abilities)}（{case.training.difficulty}）",
            ),
        )
        return Table(
            caption="",
            header=(),
            rows=tuple(Row((_label(a), text(b), _label(c), text(d))) for a, b, c, d in rows),
            widths=(14, 40, 14, 32),
            keys=True,
        )

    def _steps(self, case: Case) -> Table:
        """The time line; the column of limits stands only where a node has one."""
        with_limits = any(step.limit or step.on_time for step in case.steps)
        rows = []
        for step in case.steps:
            cells = (text(step.when), text(step.stage), text(step.text))
            rows.append(Row((*cells, self._limit(step)) if with_limits else cells))
        header = ("时间", "环节", "内容", "期限") if with_limits else ("时间", "环节", "内容")
        widths = (15.0, 11.0, 54.0, 20.0) if with_limits else (17.0, 11.0, 72.0)
        return Table("", header, tuple(rows), widths)

    def _limit(self, step: Step) -> Spans:
        limit = self._casebase.limits.get(step.limit) if step.limit else None
        if limit is None:
            return text(step.on_time or "—")
        name = Span(limit.label, target=limit_anchor(limit))
        return (name, Span(f"：{step.on_time}")) if step.on_time else (name,)

    def _law(self, case: Case) -> Iterator[Block]:
        if case.citations:
            yield ItemList(tuple(self._citation(c, case) for c in case.citations))
        if case.source_citations:
            joined = "；".join(case.source_citations)
            yield Paragraph((Span("来源原引：", "strong"), Span(joined)))

    def _citation(self, citation: Citation, case: Case) -> Spans:
        statute = self._casebase.statutes.get(citation.statute)
        assert statute is not None, "checked before the guide is built"
        days = case.handled.range
        title = statute.title_on(days.start) if days else statute.title
        words = citation_words(title, citation)
        verdict = self._casebase.statutes.judge(citation, days_of(case))
        note = f"：{citation.note}" if citation.note else ""
        return (
            Span(words, target=law_anchor(statute)),
            *verification_mark(verdict.verification),
            Span(f"（{citation.when}，{citation.origin}）{note}"),
        )

    def _similar(self, case: Case) -> Spans:
        spans: list[Span] = [Span("相似案例：", "strong")]
        shown = [self._casebase.by_id[i] for i in case.similar if i in self._numbers]
        for i, other in enumerate(shown):
            anchor = case_anchor(other)
            spans.append(
                Span(f"{'、' if i else ''}案例{self._numbers[other.id]}（第", target=anchor)
            )
            spans.append(Span("", target=anchor, page=True))
            spans.append(Span("页）", target=anchor))
        return tuple(spans)

    def _source(self, case: Case) -> Spans:
        source, review = case.source, case.review
        link = f"，{source.url}" if source.url else ""
        return text(
            f"来源：{source.title}，{source.publisher}，{source.published}{link}"
            f"（{_extent_words(source)}）。未载事项：{_full_stop(source.not_stated)}"
            f"供稿：{review.contributor}；状态：{review.status.value}；"
            f"版本：{review.version}；日期：{review.updated}。"
        )

    def _name(self, kind: str, term_id: str) -> str:
        term = self._casebase.taxonomies[kind].by_id.get(term_id)
        return term.label if term else term_id

    def _names(self, kind: str, ids: tuple[str, ...]) -> str:
        return "、".join(self._name(kind, i) for i in ids)


_HEADS = {
    "处办要旨": "rule",
    "基本案情": "facts",
    "争议焦点": "issue",
    "处办过程": "steps",
    "处理结果": "outcome",
    "法律依据": "law",
    "评析与典型意义": "comment",
    "处办要点": "points",
    "风险提示": "risks",
}


def _label(words: str) -> Spans:
    return (Span(words, "strong"),)


def _full_stop(words: str) -> str:
    return words if words.endswith(("。", "；")) else f"{words}。"


def _extent_words(source: Source) -> str:
    return f"素材{source.material}，阅读范围：{source.extent}，可信度：{source.confidence}"


def _date_words(day: PartialDate) -> str:
    """2018-11 → 2018年11月; the day itself is left out, as privacy rules ask."""
    parts = day.split("-")
    if day.range is None:
        return str(day)
    return f"{parts[0]}年" + (f"{int(parts[1])}月" if len(parts) > 1 else "")
