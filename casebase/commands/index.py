"""``caseguide index build|status``: the search index of the casebase."""

from __future__ import annotations

from typing import Annotated

import typer

from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    friendly,
    out,
)
from casebase.commands.search import IndexDirOption, ModelOption, open_with_progress

app = typer.Typer(
    help=(
        "检索索引的建立与查看。平时不必运行：查找类案时索引会自动更新。\n\n"
        "例：caseguide index status"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
@friendly
def build(
    records: RecordsOption = None,
    model: ModelOption = None,
    index_dir: IndexDirOption = None,
    kind: Annotated[
        str, typer.Option(help="向量索引：auto（20 万段以内精确，以上用 hnsw）、flat、hnsw、ivf")
    ] = "auto",
    as_json: JsonOption = False,
) -> None:
    """建立或更新索引。只编码新增和改动的案例；中断后再次运行会接着做。

    例：caseguide index build
    """
    searcher = open_with_progress(records, model, index_dir, kind)
    index = searcher.index
    if as_json:
        emit_json(
            {
                "records": len(index),
                "passages": len(index.dense),
                "kind": index.dense.kind,
                "encoder": index.encoder_id,
                "notes": list(index.notes),
            }
        )
        return
    out.print(f"索引已是最新：{len(index)} 件案例，{len(index.dense)} 段文字。", style="green")


@app.command()
@friendly
def status(
    records: RecordsOption = None,
    model: ModelOption = None,
    index_dir: IndexDirOption = None,
    as_json: JsonOption = False,
) -> None:
    """查看索引是否建立、是否最新、由哪个模型建立。不是最新时退出码为 1。

    例：caseguide index status --json
    """
    from casebase.search.engine import index_status

    state = index_status(records, model=model, cache=index_dir)
    if as_json:
        emit_json(state)
    elif state["state"] == "没有":
        out.print("还没有索引；查找类案时会自动建立，也可运行 caseguide index build。")
    else:
        out.print(f"索引{state['state']}：{state.get('problem') or state['folder']}", markup=False)
        for name, label in (("records", "案例"), ("passages", "段落"), ("kind", "类型")):
            if name in state:
                out.print(f"  {label}：{state[name]}", markup=False)
        out.print(f"  模型：{state['encoder']}", markup=False)
    if state["state"] != "最新":
        raise typer.Exit(FINDINGS)
