"""Holding a workbook against the casebase: what staff changed, and whether it may be saved."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebase.curation import save, store
from casebase.curation.cache import Parsed
from casebase.curation.checks import RECORD_CHECKS, together
from casebase.curation.exchange import rows
from casebase.curation.exchange.columns import CASES, CITATIONS, ORDER, SHEETS, STEPS, Layout
from casebase.curation.exchange.findings import CellFinding, error
from casebase.curation.exchange.merge import FieldChange, Merged, merge
from casebase.curation.exchange.read import Base, Book, Row
from casebase.curation.io import Keys, parse_yaml
from casebase.curation.keys import plain, same
from casebase.curation.store import Casebase, Loaded
from casebase.errors import CasebaseError
from casebase.model import Case, Finding, Severity

_AGAIN = "重新导出一份，把这件案例的改动抄过去，再导入"


@dataclass(frozen=True)
class Change:
    """A record that is to be written: its new text, and what is new in it."""

    id: str
    path: Path
    old_text: str | None  # ``None`` for a new record
    text: str
    fields: tuple[FieldChange, ...]


@dataclass
class Plan:
    """All that an import would do.

    Args:
        unchanged: rows that say what the record says.
        ahead: records that changed in the casebase since, but not in the workbook.
        absent: 编号 of exported records whose row is gone; nothing happens to them.
        hidden: rows that a filter hides; they were read.
    """

    changes: list[Change] = field(default_factory=list)
    findings: list[CellFinding] = field(default_factory=list)
    unchanged: int = 0
    ahead: int = 0
    absent: tuple[str, ...] = ()
    hidden: int = 0

    @property
    def blocked(self) -> bool:
        """Whether anything stands in the way of writing."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def compare(book: Book, casebase: Casebase, layout: Layout) -> Plan:
    """What importing ``book`` into ``casebase`` would change; nothing is written."""
    plan = Plan(findings=list(book.findings), hidden=book.hidden)
    if any(sheet not in book.rows for sheet in SHEETS):
        return plan
    case_rows = _case_rows(book, plan)
    items = _item_rows(book, plan, case_rows)
    plan.absent = tuple(sorted(set(book.base) - set(case_rows)))
    loaded = {item.record.id: item for item in casebase.loaded}
    made: dict[str, tuple[Merged, Loaded[Case]]] = {}
    for case_id, row in case_rows.items():
        given = {sheet: items[sheet].get(case_id, []) for sheet in (STEPS, CITATIONS)}
        item, base = loaded.get(case_id), book.base.get(case_id)
        if base and _passed_over(plan, layout, row, given, item, base):
            continue
        if base is None and case_id in casebase.known_ids:
            what = f"编号 {case_id} 已经有案例使用，而它不是从这份表导出的"
            plan.findings.append(
                error(row.place(), "CB706", what, "新增的换一个流水号；要改原有的，重新导出")
            )
            continue
        current = plain(item.document.data) if item and base else {}
        merged = merge(layout, current, row, given)
        plan.findings.extend(merged.findings)
        if merged.findings:
            continue
        if same(current, merged.data) and current:
            plan.unchanged += 1
            continue
        after = _prepared(plan, casebase, layout, merged, item)
        if after:
            made[after.file] = (merged, after)
    plan.findings.extend(_checked(casebase, layout, made))
    return plan


def _case_rows(book: Book, plan: Plan) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in book.rows[CASES]:
        if not row.record:
            continue
        first = found.setdefault(row.record, row)
        if first is not row:
            what = f"编号 {row.record} 与第 {first.number} 行重复"
            fix = "新增的换一个流水号；抄重的删去一行"
            plan.findings.append(error(row.place(), "CB105", what, fix))
    return found


def _item_rows(
    book: Book, plan: Plan, case_rows: dict[str, Row]
) -> dict[str, dict[str, list[Row]]]:
    """The rows of steps and citations by sheet and record; a stray row is a finding."""
    found: dict[str, dict[str, list[Row]]] = {}
    for sheet in (STEPS, CITATIONS):
        by_record: dict[str, list[Row]] = defaultdict(list)
        for row in book.rows[sheet]:
            if not row.record:
                continue
            if row.record not in case_rows and row.record not in book.base:
                what = f"“{CASES}”表里没有编号 {row.record}"
                fix = "核对编号；新增的案例要先在案例表里写一行"
                plan.findings.append(error(row.place(), "CB705", what, fix))
            by_record[row.record].append(row)
        found[sheet] = by_record
    return found


def _passed_over(
    plan: Plan,
    layout: Layout,
    row: Row,
    given: dict[str, list[Row]],
    item: Loaded[Case] | None,
    base: Base,
) -> bool:
    """Count or report a row whose record is not the one that was exported."""
    if item is not None and item.text_hash == base.file_hash:
        return False
    if _rows_hash(layout, row, given) == base.rows_hash:
        plan.ahead += 1
        return True
    if item is None:
        what = f"{base.file} 在导出以后被删去、移走，或者现在读不出来，而表里改了这件案例"
        fix = "运行 caseguide check 查看这件案例；" + _AGAIN
    else:
        what = f"{item.file} 在导出以后被改过，表里也改了同一件案例，不能判断以哪一份为准"
        fix = _AGAIN
    plan.findings.append(error(row.place(), "CB706", what, fix))
    return True


def _rows_hash(layout: Layout, row: Row, given: dict[str, list[Row]]) -> str:
    """The hash of what the rows say now; empty where a cell cannot be read."""
    try:
        texts = {CASES: [_texts(layout, row)]}
        for sheet, items in given.items():
            ordered = sorted(items, key=lambda item: float(item.texts[ORDER] or 0))
            texts[sheet] = [_texts(layout, item) for item in ordered]
    except (KeyError, ValueError):
        return ""
    return rows.rows_hash(texts)


def _texts(layout: Layout, row: Row) -> list[str]:
    return [row.texts[column.heading] for column in layout.sheets[row.sheet]]


def _prepared(
    plan: Plan, casebase: Casebase, layout: Layout, merged: Merged, item: Loaded[Case] | None
) -> Loaded[Case] | None:
    """The record as it would be loaded after saving; ``None`` where findings forbid it."""
    try:
        body = json.dumps(merged.data, ensure_ascii=False)
        record = Case.model_validate_json(body)
    except ValidationError as errors:
        for keys, code, message, fix in store.problems(errors, merged.data, Case):
            plan.findings.append(error(merged.place(layout, keys), code, message, fix))
        return None
    path = item.path if item else save.case_path(casebase.root, record.id)
    try:
        old_text = save.read_text(path) if item else None
        if item and old_text and save.digest(old_text) != item.text_hash:
            raise save.ConflictError(f"{item.file} 刚刚被别的程序改过。")
        text = save.edited(old_text, merged.data) if old_text else save.render(merged.data)
    except CasebaseError as problem:
        found = error(merged.row.place(), "CB706", str(problem), "改完以后再导入一次")
        plan.findings.append(found)
        return None
    plan.changes.append(Change(record.id, path, old_text, text, tuple(merged.fields)))
    shown = item.file if item else path.relative_to(casebase.root).as_posix()
    document = parse_yaml(text.removeprefix("\ufeff"))
    return Loaded(record, path, shown, Parsed.of(document), save.digest(text))


def _checked(
    casebase: Casebase, layout: Layout, made: dict[str, tuple[Merged, Loaded[Case]]]
) -> Iterator[CellFinding]:
    """What ``caseguide check`` would newly find in the changed records."""
    if not made:
        return
    kept = [item for item in casebase.loaded if item.file not in made]
    new = [item for _, item in made.values()]
    after = replace(
        casebase,
        loaded=tuple(sorted([*kept, *new], key=lambda item: (item.record.id, item.file))),
        known_ids=casebase.known_ids | {item.record.id for item in new},
    )
    before = [item for item in casebase.loaded if item.file in made]
    known = {_mark(finding) for finding in _findings(before, casebase)}
    for finding in _findings(new, after):
        if finding.file in made and _mark(finding) not in known:
            merged = made[finding.file][0]
            keys: Keys = tuple(int(k) if k.isdigit() else k for k in finding.path.split("."))
            place = merged.place(layout, keys)
            yield CellFinding(place, finding.code, finding.severity, finding.message, finding.fix)


def _findings(items: Iterable[Loaded[Case]], casebase: Casebase) -> Iterator[Finding]:
    for item in items:
        for check in RECORD_CHECKS:
            yield from check(item, casebase)
    yield from together.check(casebase)


def _mark(finding: Finding) -> tuple[Any, ...]:
    return (finding.file, finding.code, finding.path, finding.message)
