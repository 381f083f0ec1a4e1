"""A record as the rows it takes in the workbook, and a hash of what they say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from casebase.curation.exchange import cells
from casebase.curation.exchange.columns import CASES, CITATIONS, ID, ORDER, STEPS, Column, Layout


def at(data: Any, keys: tuple[str, ...]) -> Any:
    """The value at ``keys`` of nested mappings, ``None`` where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def text_at(layout: Layout, column: Column, data: Any) -> str:
    """The text that stands in ``column`` for a case, a step or a citation."""
    vocabulary = layout.vocabularies.get(column.vocabulary or "")
    return cells.shown(column, at(data, column.keys), vocabulary)


def rows_of(layout: Layout, data: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    """The texts of all rows of one record: one in 案例, one a step, one a citation."""
    case_row = [text_at(layout, column, data) for column in layout.sheets[CASES]]
    result = {CASES: [case_row]}
    for sheet in (STEPS, CITATIONS):
        items = data.get(sheet) or []
        result[sheet] = [
            [text_at(layout, c, {**item, ID: data[ID], ORDER: i}) for c in layout.sheets[sheet]]
            for i, item in enumerate(items, start=1)
        ]
    return result


def rows_hash(rows: Mapping[str, list[list[str]]]) -> str:
    """A SHA-256 of the rows' texts, the same after another program has saved the workbook."""
    tidied = {
        sheet: [[cells.folded(text) for text in row] for row in rows[sheet]] for sheet in rows
    }
    body = json.dumps(tidied, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()
