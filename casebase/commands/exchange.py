"""``caseguide exchange``: records to an Excel workbook and back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    err,
    friendly,
    out,
)
from casebase.curation import io
from casebase.curation.store import Casebase, Loaded, open_casebase
from casebase.errors import CasebaseError
from casebase.model import Case, Severity

app = typer.Typer(
    help=(
        "与 Excel 往返：把案例导出成工作簿，改好再导入；没有改的记录一个字节也不变。\n\n"
        "例：caseguide exchange export 案例.xlsx"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

_SHORT = 40
_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "提示"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


@app.command("export")
@friendly
def export(
    file: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪个工作簿")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[编号 …]", help="只导出这些案例；不写则全部")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="只导出这个状态的，可写多次，如 草稿", metavar="状态")
    ] = None,
    chapter: Annotated[
        list[str] | None, typer.Option(help="只导出这一章的，可写多次，如 商品类", metavar="章")
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="导出没有案例的空表，供各分局填报新案例")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="文件已经存在时覆盖")] = False,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """导出成 Excel 工作簿：案例、处办过程、法律依据各一张表，附填写说明和词表。

    在 Excel、WPS 或 LibreOffice 里修改，用 caseguide exchange import 导入。

    例：caseguide exchange export 送审案例.xlsx --status 送审 --chapter 商品类
    """
    if file.suffix.lower() != ".xlsx":
        raise CasebaseError(f"文件名应以 .xlsx 结尾，不能写“{file.name}”。")
    if file.exists() and not force:
        raise CasebaseError(f"已经有 {file}，没有覆盖。换一个文件名，或者加 --force。")
    casebase = open_casebase(records)
    chosen = () if blank else _chosen(casebase, ids or (), status or (), chapter or ())
    if not chosen and not blank:
        raise CasebaseError("没有符合条件的案例，没有导出。要空表请加 --blank。")
    from casebase.curation.exchange.write import workbook_bytes

    io.write_atomic(file, workbook_bytes(casebase, chosen))
    unread = sorted({finding.file for finding in casebase.findings})
    if as_json:
        emit_json(
            {"file": str(file), "cases": [item.record.id for item in chosen], "unread": unread}
        )
        return
    out.print(f"已导出 {len(chosen)} 件案例：{file}", style="green", markup=False)
    if unread:
        what = f"另有 {len(unread)} 个文件读不出来，没有导出（运行 caseguide check 查看）："
        err.print(what + "、".join(unread), style="yellow", markup=False)


def _chosen(
    casebase: Casebase, ids: Sequence[str], status: Sequence[str], chapter: Sequence[str]
) -> tuple[Loaded[Case], ...]:
    known = casebase.by_id
    missing = [case_id for case_id in ids if case_id not in known]
    if missing:
        raise CasebaseError(f"案例库没有（或读不出）{'、'.join(missing)}，没有导出。核对编号。")
    stages = {str(case.review.status) for case in casebase.cases}
    chapters = {case.classification.chapter for case in casebase.cases}
    for name, given, there in (("状态", status, stages), ("章", chapter, chapters)):
        wrong = [value for value in given if value not in there]
        if wrong:
            raise CasebaseError(
                f"没有{name}为“{'、'.join(wrong)}”的案例。现有的{name}：{'、'.join(sorted(there))}。"
            )
    return tuple(
        item
        for item in casebase.loaded
        if (not ids or item.record.id in ids)
        and (not status or str(item.record.review.status) in status)
        and (not chapter or item.record.classification.chapter in chapter)
    )


@app.command("import")
@friendly
def import_(
    file: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="export 导出、改好的工作簿")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改什么，不写入案例库")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接写入")] = False,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """导入改好的工作簿：先检查，再列出每件案例改了什么，确认后写入。

    有错误时什么也不写入，退出码为 1，并另存一份标出问题的“文件名.检查结果.xlsx”。
    只写有改动的案例；删去的行不会删除案例。不加 --yes 时 --json 只列出改动，不写入。

    例：caseguide exchange import 送审案例.xlsx --dry-run
    """
    from casebase.curation.exchange.apply import apply
    from casebase.curation.exchange.findings import RefusedError
    from casebase.curation.exchange.takein import take_in

    if not file.is_file():
        raise CasebaseError(f"找不到 {file}。请写 caseguide exchange export 导出的工作簿。")
    try:
        result = take_in(file, records)
    except RefusedError as refused:
        if as_json:
            emit_json({"file": str(file), "findings": [refused.finding.as_json(file.name)]})
        else:
            _show_findings([refused.finding], file.name)
        raise typer.Exit(FINDINGS) from None
    plan = result.plan
    if not as_json:
        _show_findings(plan.findings, file.name)
        _show_plan(plan)
    go = bool(plan.changes) and not plan.blocked and not dry_run
    if go and not yes:
        go = not as_json and sys.stdin.isatty() and typer.confirm("写入案例库？")
        if not go and not as_json:
            out.print("没有写入。确认无误后加 --yes 再运行一次。")
    if go:
        apply(plan.changes, result.root)
    if as_json:
        emit_json(result.as_json(written=go))
    elif go:
        out.print(f"已写入 {len(plan.changes)} 件案例。", style="green")
    if plan.blocked:
        if not as_json:
            out.print("有错误，没有写入任何案例。", style="bold red", end="")
            out.print(f"逐格标明的副本：{result.marked}", markup=False)
        raise typer.Exit(FINDINGS)


def _show_findings(findings: Sequence[Any], file: str) -> None:
    for item in sorted(findings, key=lambda f: (f.place.sheet, f.place.row, f.place.column)):
        style = _STYLES[item.severity]
        out.print(item.place.words or file, style="cyan", end=" ", markup=False)
        out.print(f"{_NAMES[item.severity]} {item.code}", style=style, end=" ", markup=False)
        out.print(item.message, markup=False)
        out.print(f"    改法：{item.fix}", style="dim", markup=False)


def _show_plan(plan: Any) -> None:
    for change in plan.changes:
        new = change.old_text is None
        out.print(f"{change.id}{'（新增）' if new else ''}", style="bold", markup=False)
        if new:
            continue
        for part in change.fields:
            arrow = f"{_short(part.old)} → {_short(part.new)}"
            out.print(f"  {part.key}：{arrow}", markup=False)
    added = sum(change.old_text is None for change in plan.changes)
    parts = [
        f"改动 {len(plan.changes) - added} 件",
        f"新增 {added} 件",
        f"没有改动 {plan.unchanged} 件",
    ]
    if plan.ahead:
        parts.append(f"案例库里已另有更新、表里没有改的 {plan.ahead} 件（不动）")
    out.print("，".join(parts) + "。", style="bold")
    if plan.absent:
        shown = "、".join(plan.absent[:5]) + ("等" if len(plan.absent) > 5 else "")
        note = "案例不会删除；不再使用的，把状态改为“停用”"
        out.print(f"表里删去了 {len(plan.absent)} 件（{shown}）：{note}。", markup=False)
    if plan.hidden:
        out.print(f"有 {plan.hidden} 行被筛选隐藏，同样读取了。")


def _short(text: str) -> str:
    line = " / ".join(text.split("\n"))
    if not line:
        return "（空）"
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…（{len(text)} 字）"
