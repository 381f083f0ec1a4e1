"""附录二: the time limits, one table a regime."""

from __future__ import annotations

from collections.abc import Iterable

from casebase.law.wording import extension_words, source_words, value_words
from casebase.model import TimeLimit
from guide_builder.blocks import Block, Paragraph, Row, Span, Spans, Table, text
from guide_builder.marks import limit_anchor, verification_mark
from guide_builder.tables.context import Context

#: Regime codes of the records in print order, with the heading of their table.
REGIMES: dict[str, str] = {
    "D": "现行投诉举报程序（121号令）",
    "D0": "消费者权益保护法实施条例",
    "ALL": "不分时期通用",
    "B": "行政处罚与公示程序",
    "C": "20号令时期投诉举报程序",
    "A": "机构改革前分线程序",
    "LOCAL": "江苏省、苏州市",
    "SEED": "内部管理（相市管〔2018〕37号）",
}
_HEADER = ("事项", "时限", "起算—截止", "延长与扣除", "依据", "适用期间")
_WIDTHS = (20, 12, 22, 18, 18, 14)


def limit_tables(context: Context) -> tuple[Block, ...]:
    """All limits, each an anchor that the text links to."""
    blocks: list[Block] = [
        Paragraph(
            text("“日”为自然日，“工作日”按附录工作日历；起算当日不计。数值均取自时限记录。"), "note"
        )
    ]
    limits = sorted(context.casebase.limits, key=lambda x: (x.matter, x.first_day, x.id))
    for code, title in REGIMES.items():
        rows = [x for x in limits if x.regime == code]
        if rows:
            blocks.append(limit_table(rows, title, context, anchored=True))
    return tuple(blocks)


def limit_table(
    limits: Iterable[TimeLimit], caption: str, context: Context, *, anchored: bool = False
) -> Table:
    """One table of limits; only one table in a document may carry the anchors."""
    rows = tuple(_row(limit, context, anchored) for limit in limits)
    return Table(caption, _HEADER, rows, _WIDTHS)


def _row(limit: TimeLimit, context: Context, anchored: bool) -> Row:
    target = None if anchored else limit_anchor(limit)
    name: Spans = (
        Span(f"{limit.matter}：{limit.label}", target=target),
        *verification_mark(limit.verification),
    )
    value = value_words(limit.on(limit.last_day or context.as_of))
    extras = [extension_words(limit)] if limit.extension else []
    extras += [f"扣除{'、'.join(limit.excluded)}"] if limit.excluded else []
    cells = (
        name,
        text(value),
        text(_events(limit, context)),
        text("；".join(extras) or "—"),
        text(source_words(limit.source)),
        text(f"{limit.first_day}至{limit.last_day or '今'}"),
    )
    return Row(cells, anchor=limit_anchor(limit) if anchored else None)


def _events(limit: TimeLimit, context: Context) -> str:
    names = context.casebase.events.by_id
    ends = [names[e].label if e in names else e for e in (limit.start, limit.end) if e]
    return " → ".join(ends) or "—"
