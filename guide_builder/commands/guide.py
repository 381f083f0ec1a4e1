"""``caseguide guide``: the Word guide."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

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


@friendly
def guide(
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="法规基准日（默认见 outline.yaml）",
            metavar="日期",
        ),
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="定稿：只收定稿的案例，有未办完审核的即拒绝并列出")
    ] = False,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="输出文件夹", metavar="文件夹")
    ] = Path("output"),
    records: RecordsOption = None,
    measure: Annotated[
        bool,
        typer.Option(
            "--measure/--no-measure", help="用本机 LibreOffice 实测目录页码（没有则推算）"
        ),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """编印《处办工作指南》Word 稿：默认是征求意见稿，收入送审以后的全部案例；--final 编印定稿。

    案例有错误时不编印，并说明第一处错误。最后一行是生成的文件。

    例：caseguide guide -o output
    """
    from guide_builder.build import build_guide

    built = build_guide(
        output,
        records=records,
        as_of=as_of.date() if as_of else None,
        final=final,
        measure=measure,
        progress=lambda step: err.print(f"… {step}", style="dim", markup=False),
    )
    for complaint in built.complaints:
        err.print(f"版式问题：{complaint}", style="yellow", markup=False)
    if as_json:
        emit_json(
            {
                "path": str(built.path),
                "cases": built.cases,
                "pages": built.pages,
                "measured": built.measured,
            }
        )
    else:
        how = (
            "按 LibreOffice 实际排版"
            if built.measured
            else "按版心行字推算，定稿前请在 Word 中更新域"
        )
        err.print(f"共 {built.cases} 件案例，{built.pages} 页；目录页码{how}。", markup=False)
        out.print(str(built.path), markup=False)
    if built.complaints:
        raise typer.Exit(FINDINGS)
