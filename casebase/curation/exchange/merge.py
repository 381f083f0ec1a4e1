"""Putting the changed cells of a row into the data of a record; all else stays what it was."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebase.curation.exchange import cells, rows
from casebase.curation.exchange.columns import CASES, CITATIONS, ID, ORDER, STEPS, Column, Layout
from casebase.curation.exchange.findings import CellFinding, Place, error
from casebase.curation.exchange.read import Row
from casebase.curation.io import Keys
from casebase.curation.keys import plain, same


@dataclass(frozen=True)
class FieldChange:
    """One value that is to change; an empty text stands for nothing."""

    key: str
    old: str
    new: str


@dataclass
class Merged:
    """The data a record would have, what changes in it, and where each value stands."""

    data: dict[str, Any]
    row: Row
    fields: list[FieldChange] = field(default_factory=list)
    findings: list[CellFinding] = field(default_factory=list)
    items: dict[str, list[Row]] = field(default_factory=dict)

    def place(self, layout: Layout, keys: Keys) -> Place:
        """The cell that holds the value at ``keys``."""
        row, names = self.row, tuple(key for key in keys if isinstance(key, str))
        if keys and keys[0] in self.items:
            row, names = self._item(keys), names[1:]
        column = layout.column(row.sheet, names)
        return row.place(column.heading if column else "")

    def _item(self, keys: Keys) -> Row:
        items = self.items[str(keys[0])]
        if len(keys) > 1 and isinstance(keys[1], int) and keys[1] < len(items):
            return items[keys[1]]
        return self.row


def merge(
    layout: Layout,
    current: Mapping[str, Any],
    case_row: Row,
    items: Mapping[str, Sequence[Row]],
) -> Merged:
    """The data of a record with what its rows say.

    Args:
        current: the plain data of the record now; empty for a new one.
        items: the rows of the steps and citations of this record, by sheet.
    """
    merged = Merged(copy.deepcopy(dict(current)), case_row)
    _merge_row(layout, merged, merged.data, case_row, "")
    for sheet in (STEPS, CITATIONS):
        _merge_items(layout, merged, sheet, items.get(sheet, ()))
    if not merged.findings:
        merged.data = plain(merged.data)
    return merged


def _merge_row(layout: Layout, merged: Merged, data: dict[str, Any], row: Row, prefix: str) -> None:
    for column in layout.sheets[row.sheet]:
        if column.keys == (ORDER,) or (column.keys == (ID,) and row.sheet != CASES):
            continue
        text = row.texts.get(column.heading)
        was = cells.tidy(rows.text_at(layout, column, data))
        if text is None or cells.folded(text) == cells.folded(was):
            continue
        try:
            value = _value(layout, column, text)
        except cells.CellError as problem:
            place = row.place(column.heading)
            merged.findings.append(error(place, problem.code, problem.message, problem.fix))
            continue
        keys = (row.sheet, *column.keys) if row.sheet != CASES else column.keys
        if not same(value, rows.at(data, column.keys), keys):
            _put(data, column.keys, value)
            now = rows.text_at(layout, column, data)
            merged.fields.append(FieldChange(prefix + column.heading, was, now))


def _value(layout: Layout, column: Column, text: str) -> Any:
    if not text:
        return None
    cells.check_text(text)
    return cells.parsed(column, text, layout.vocabularies.get(column.vocabulary or ""))


def _put(data: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    for key in keys[:-1]:
        if not isinstance(data.get(key), dict):
            data[key] = {}
        data = data[key]
    if value is None:
        data.pop(keys[-1], None)
    else:
        data[keys[-1]] = value


def _merge_items(layout: Layout, merged: Merged, sheet: str, given: Sequence[Row]) -> None:
    """The steps or citations in the order of 序; a whole 序 of old means the item it was."""
    orders = _orders(merged, given)
    if len(orders) < len(given):
        return
    old = list(merged.data.get(sheet) or [])
    new: list[dict[str, Any]] = []
    merged.items[sheet] = [row for _, row in orders]
    used: set[int] = set()
    for number, row in orders:
        at = int(number) - 1
        known = number == at + 1 and 0 <= at < len(old)
        item = copy.deepcopy(old[at]) if known else {}
        if known:
            used.add(at)
            _merge_row(layout, merged, item, row, f"{sheet}.{at + 1}.")
        else:
            before = len(merged.fields)
            _merge_row(layout, merged, item, row, "")
            del merged.fields[before:]
            summary = _summary(layout, sheet, item)
            merged.fields.append(FieldChange(f"{sheet}.{row.texts[ORDER]}", "", summary))
        new.append(item)
    for at in sorted(set(range(len(old))) - used):
        gone = _summary(layout, sheet, old[at])
        merged.fields.append(FieldChange(f"{sheet}.{at + 1}", gone, ""))
    if new or old:
        merged.data[sheet] = new


def _orders(merged: Merged, given: Sequence[Row]) -> list[tuple[float, Row]]:
    """The rows that have a 序 of their own, sorted by it."""
    found: dict[float, Row] = {}
    for row in given:
        text = row.texts.get(ORDER)
        if text is None:
            continue
        try:
            number = cells.number_of(text)
        except cells.CellError:
            fix = "写 1、2、3……；插在 2 和 3 之间写 2.5"
            what = f"序不能写“{text[:20]}”" if text else "没有写序"
            merged.findings.append(error(row.place(ORDER), "CB705", what, fix))
            continue
        if number in found:
            fix = "改成不同的序；插在 2 和 3 之间写 2.5"
            for one, other in ((found[number], row), (row, found[number])):
                what = f"{row.record} 有两行的序都是 {text}（另一行是第 {other.number} 行）"
                merged.findings.append(error(one.place(ORDER), "CB705", what, fix))
            continue
        found[number] = row
    return sorted(found.items(), key=lambda pair: pair[0])


def _summary(layout: Layout, sheet: str, item: Mapping[str, Any]) -> str:
    columns = [c for c in layout.sheets[sheet] if c.keys[0] not in (ID, ORDER)]
    texts = (rows.text_at(layout, column, item) for column in columns)
    return " ".join(text for text in texts if text)
