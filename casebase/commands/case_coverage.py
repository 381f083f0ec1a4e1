"""``caseguide case coverage``: what the casebase has and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from casebase.commands.common import JsonOption, RecordsOption, emit_json, friendly, out
from casebase.curation.coverage import ACROSS, Coverage, SubjectCoverage, coverage
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError
from casebase.model import Term

_WIDTH = 110
_DIMENSIONS = {"subject": "品类", "issue": "问题类型", "disposition": "处置"}


@friendly
def show_coverage(
    subject: Annotated[
        str | None, typer.Option("--subject", help="只看一个品类（id 或名称）", metavar="品类")
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """案例覆盖表：品类 × 问题 × 处置各有几件，缺哪些，供编写组组织供稿。

    例：caseguide case coverage --subject g_furniture
    """
    casebase = open_casebase(records)
    table = coverage(casebase)
    rows = table.subjects
    if subject is not None:
        rows = tuple(r for r in rows if subject in (r.term.id, r.term.label))
        if not rows:
            known = "、".join(f"{r.term.id} {r.term.label}" for r in table.subjects)
            raise CasebaseError(f"没有“{subject}”这个品类。可用：{known}")
    if as_json:
        emit_json(_as_json(table, rows, casebase))
    elif subject is not None:
        _show_one(table, rows[0], casebase)
    else:
        _show(table, casebase)


def _as_json(
    table: Coverage, rows: Iterable[SubjectCoverage], casebase: Casebase
) -> dict[str, object]:
    return {
        "subjects": [
            {
                "id": row.term.id,
                "label": row.term.label,
                "cases": row.total,
                "brief": row.brief,
                "local": row.local,
                **{kind: dict(row.counts[kind]) for kind in ACROSS},
                "lacking": list(table.lacking(row)),
            }
            for row in rows
        ],
        "gaps": {
            **{kind: [term.id for term in terms] for kind, terms in table.unused.items()},
            "local": [row.term.id for row in table.local_gaps],
            "stated": list(casebase.district.gaps),
        },
    }


def _show(table: Coverage, casebase: Casebase) -> None:
    groups = [group for kind in ACROSS for group in table.groups[kind]]
    page = Table(box=None, pad_edge=False)
    page.add_column("品类", no_wrap=True, overflow="ignore")
    for name in ("案例", "本区", *(g.split("(")[0] for g in groups)):
        page.add_column(name, justify="right", no_wrap=True)
    for row in table.covered:
        numbers = [row.groups[kind][group] for kind in ACROSS for group in table.groups[kind]]
        page.add_row(row.term.label, str(row.total), _number(row.local), *map(_number, numbers))
    Console(width=max(_WIDTH, out.width), highlight=False).print(page)
    for kind, terms in table.unused.items():
        if terms:
            out.print(f"没有案例的{_DIMENSIONS[kind]}：{_labels(terms)}", markup=False)
    if table.local_gaps:
        names = _labels(row.term for row in table.local_gaps)
        out.print(f"特色产业没有本区个案：{names}", markup=False)
    for gap in casebase.district.gaps:
        out.print(f"供稿空缺：{gap}", markup=False)


def _show_one(table: Coverage, row: SubjectCoverage, casebase: Casebase) -> None:
    words = f"{row.term.label}：案例 {row.total} 件，其中简案 {row.brief} 件、本区 {row.local} 件"
    out.print(words, style="bold", markup=False)
    for kind in ACROSS:
        names = casebase.taxonomies[kind].by_id
        counted = [f"{names[i].label} {n}" for i, n in row.counts[kind].most_common() if i in names]
        out.print(f"{_DIMENSIONS[kind]}：{'、'.join(counted) or '无'}", markup=False)
    if lacking := table.lacking(row):
        out.print(f"还没有：{'、'.join(lacking)}", markup=False)


def _labels(terms: Iterable[Term]) -> str:
    return "、".join(term.label for term in terms)


def _number(value: int) -> str:
    return str(value) if value else "—"
