"""Tables made from records: one maker a name, as ``生成`` in the outline calls it."""

from __future__ import annotations

from collections.abc import Callable

from guide_builder.blocks import Block
from guide_builder.tables import case_index, limits, penalties, statutes, workdays
from guide_builder.tables.context import Context

Maker = Callable[[Context], tuple[Block, ...]]

MAKERS: dict[str, Maker] = {
    "法规目录": statutes.statute_table,
    "时限参数": limits.limit_tables,
    "法律责任": penalties.penalty_table,
    "案例索引": case_index.index_tables,
    "工作日历": workdays.workday_table,
}
