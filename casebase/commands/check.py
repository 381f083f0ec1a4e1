"""``caseguide check``: findings on records."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from casebase.commands.changed import PUBLICATION, TEXT_CHECK, show_dependents
from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    friendly,
    out,
)
from casebase.curation.checks import check as run_checks
from casebase.curation.store import open_casebase
from casebase.errors import CasebaseError
from casebase.model import Finding, Severity

_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "提示"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


@friendly
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[路径 …]", help="案例文件或文件夹；不写则检查整个案例库"),
    ] = None,
    changed: Annotated[
        str | None,
        typer.Option(
            "--changed", help="改列须复查之处：引用这部法规或这一条的案例和指南章节", metavar="法条"
        ),
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查案例记录：格式、分类、法条与时限、个人信息、重复文字；检查整个案例库时连同指南的文字稿。

    每条发现给出编码、文件、行号、问题和改法。没有发现退出码为 0，有发现为 1。
    法规修改后用 --changed 列出须复查的案例和指南章节，如 --changed 消法、--changed R-SAMR-121。

    例：caseguide check casebase/records/cases/2021/XC-2021-FUR-001.yaml
    """
    for path in paths or ():
        if not path.exists():
            raise CasebaseError(f"找不到 {path}。请写案例文件或文件夹的路径。")
    casebase = open_casebase(records, cases=paths or None)
    if changed is not None:
        show_dependents(casebase, changed, (ctx.obj or {}).get(PUBLICATION), as_json=as_json)
        return
    gc.freeze()  # what is loaded stays to the end: no need to look through it again and again
    found = run_checks(casebase)
    text_check = (ctx.obj or {}).get(TEXT_CHECK)
    if text_check and not paths:
        found = (*found, *text_check(casebase))
    if as_json:
        emit_json({"findings": [item.as_json() for item in found]})
    else:
        _show(found, len(casebase.cases))
    if found:
        raise typer.Exit(FINDINGS)


def _show(found: tuple[Finding, ...], cases: int) -> None:
    for item in found:
        style = _STYLES[item.severity]
        out.print(f"{item.file}:{item.line}", style="cyan", end=" ", markup=False)
        out.print(f"{_NAMES[item.severity]} {item.code}", style=style, end=" ", markup=False)
        out.print(f"{item.message}（{item.path}）" if item.path else item.message, markup=False)
        out.print(f"    改法：{item.fix}", style="dim", markup=False)
    counts = Counter(item.severity for item in found)
    parts = "，".join(f"{name} {counts[kind]} 处" for kind, name in _NAMES.items() if counts[kind])
    summary = f"已检查 {cases} 件案例：" + (parts or "没有发现问题")
    out.print(summary, style="bold" if found else "green")
