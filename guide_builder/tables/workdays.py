"""附录: how each year differs from Monday to Friday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guide_builder.blocks import Block, Paragraph, Row, Table, text
from guide_builder.tables.context import Context


def workday_table(context: Context) -> tuple[Block, ...]:
    """One row a year; a year without a notice is not listed and its days are tentative."""
    years = context.casebase.calendar.years
    rows = tuple(
        Row(
            (
                text(str(year.year)),
                text(_days(year.weekdays_off)),
                text(_days(year.weekends_worked)),
                text(str(year.total)),
            )
        )
        for year in years
    )
    note = (
        f"{years[-1].year + 1}年及以后的放假安排通知尚未收录，届满日落入该年的一律标“暂定”，"
        "通知公布后补录并重新计算。"
    )
    header = ("年份", "周一至周五放假", "周末上班", "工作日数")
    return (
        Table("工作日历（与周一至周五的差异）", header, rows, (8, 56, 26, 10)),
        Paragraph(text(note), "note"),
    )


def _days(days: Iterable[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)
