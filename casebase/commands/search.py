"""``caseguide search``: the most similar typical cases for a complaint."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from casebase.clock import today
from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    err,
    friendly,
    out,
)
from casebase.errors import CasebaseError

if TYPE_CHECKING:
    from casebase.search import Answer, Filters, Hit, Searcher

#: Most of standard input that is read as one question.
_MAX_INPUT = 4 << 20
#: Longest line of a batch file.
_MAX_LINE = 1 << 20

ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="检索模型：e5-small（内置，默认）、e5-small-torch 或模型文件夹"),
]
IndexDirOption = Annotated[
    Path | None,
    typer.Option("--index-dir", help="存放索引的文件夹（默认放在缓存文件夹）", show_default=False),
]


@friendly
def search(
    text: Annotated[
        str | None, typer.Argument(metavar="[文字]", help="投诉举报内容；写 - 则从标准输入读取")
    ] = None,
    k: Annotated[int, typer.Option("-k", help="给出几件")] = 5,
    subject: Annotated[str | None, typer.Option(help="只看某品类（id 或名称）")] = None,
    issue: Annotated[str | None, typer.Option(help="只看某类问题（id 或名称）")] = None,
    channel: Annotated[str | None, typer.Option(help="只看某渠道（id 或名称）")] = None,
    year: Annotated[int | None, typer.Option(help="只看某年处办的")] = None,
    on: Annotated[
        str | None, typer.Option(help="以某日为准，只看当日以前处办的，如 2024-06-30")
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(help='批量：每行一个 {"id":…,"text":…} 的文件，- 为标准输入；逐行输出 JSON'),
    ] = None,
    as_json: JsonOption = False,
    model: ModelOption = None,
    index_dir: IndexDirOption = None,
    records: RecordsOption = None,
) -> None:
    """查找类案：按投诉举报内容找出最相近的典型案例，并说明相近在哪里。

    品类、问题都相同的排在前面；相近程度只用于本次排序，不是百分比。

    例：caseguide search 健身房关门了会员卡退不了 -k 3
    """
    from casebase.search import Filters

    if (text is None) == (batch is None):
        raise CasebaseError(
            "请写投诉内容，或用 --batch 指明批量文件（二者选一）。"
            "例：caseguide search 网购的手机是翻新机"
        )
    filters = Filters(subject, issue, channel, year, _day(on))
    if batch is not None and batch != "-" and not Path(batch).is_file():
        raise CasebaseError(f"找不到批量文件 {batch}。")
    question = _question(text) if text is not None else ""
    if text is not None and not question.strip():
        raise CasebaseError("没有写投诉内容。例：caseguide search 健身房关门了会员卡退不了")
    searcher = open_with_progress(records, model, index_dir)
    if batch is not None:
        _batch(searcher, batch, k, filters)
        return
    answer = searcher.answer(question, k, filters)
    if as_json:
        emit_json(_as_json(answer, question, filters))
    else:
        _show(answer, searcher)


def open_with_progress(
    records: Path | None, model: str | None, index_dir: Path | None, kind: str | None = None
) -> Searcher:
    """The searcher; what takes time is shown on standard error."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from casebase.search import open_searcher

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=err,
        transient=True,
        redirect_stdout=False,
    ) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int) -> None:
            group = what.partition("：")[0]
            if group not in tasks:
                tasks[group] = bar.add_task(what, total=total)
            bar.update(tasks[group], description=what, completed=done, total=total)

        searcher = open_searcher(
            records=records, model=model, cache=index_dir, kind=kind, progress=report
        )
    for note in searcher.index.notes:
        err.print(note, style="yellow", markup=False)
    return searcher


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CasebaseError(f"--on 的日期应写成 2024-06-30，不能写“{text}”。") from None


def _question(text: str) -> str:
    if text != "-":
        return text.encode("utf-8", "replace").decode("utf-8")
    return _decode(sys.stdin.buffer.read(_MAX_INPUT))


def _decode(data: bytes) -> str:
    """UTF-8, else GB 18030 (Chinese Windows consoles), never an error."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _as_json(answer: Answer, question: str, filters: Filters) -> dict[str, Any]:
    return {
        "query": question,
        "on": (filters.on or today()).isoformat(),
        "hits": [hit.as_json() for hit in answer.hits],
        "notes": list(answer.notes),
    }


def _batch(searcher: Searcher, name: str, k: int, filters: Filters) -> None:
    """One JSON object out for each good line in; bad lines are told with their number."""
    bad = 0
    shown = "标准输入" if name == "-" else name
    stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115
    with stream:
        for number, line in _lines(stream):
            try:
                item = _item(line)
                answer = searcher.answer(item["text"], k, filters)
            except CasebaseError as error:
                bad += 1
                err.print(f"{shown}:{number} {error}", style="red", markup=False)
                continue
            emit_json({"id": item.get("id"), **_as_json(answer, item["text"], filters)})
    if bad:
        err.print(f"有 {bad} 行没有处理，其余已输出。", style="yellow", markup=False)
        raise typer.Exit(FINDINGS)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(number, line) of the lines that are not blank; of an overlong one only its beginning."""
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        if len(line) > _MAX_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_MAX_LINE)
        if line.strip():
            yield number, line


def _item(line: bytes) -> dict[str, Any]:
    how = '每行应为 {"id": "1", "text": "投诉内容"}'
    if len(line) > _MAX_LINE:
        raise CasebaseError(f"这一行超过 {_MAX_LINE >> 20} MB，{how}")
    try:
        item = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CasebaseError("不是 UTF-8 编码，请另存为 UTF-8") from None
    except (ValueError, RecursionError):
        raise CasebaseError(f"不是合法的 JSON，{how}") from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise CasebaseError(f"缺少文字内容 text，{how}")
    if not isinstance(item.get("id"), str | int | None):
        raise CasebaseError("编号 id 应为文字或数字")
    item["text"] = item["text"].encode("utf-8", "replace").decode("utf-8")
    return item


def _show(answer: Answer, searcher: Searcher) -> None:
    for note in answer.notes:
        out.print(note, style="yellow", markup=False)
    for place, hit in enumerate(answer.hits, start=1):
        out.print(f"{place}. {hit.title}", style="bold", end="  ", markup=False)
        style = {"高": "green", "中": "yellow"}.get(hit.why["level"], "dim")
        out.print(f"相近程度 {hit.why['level']}", style=style, end="  ", markup=False)
        out.print(hit.id, style="cyan", markup=False)
        for label, value in _lines_of(hit, searcher):
            out.print(f"   {label}：{value}", markup=False)
    if answer.hits:
        out.print("相近程度：高＝品类和问题都相近，中＝其一，低＝都不相近。", style="dim")


def _lines_of(hit: Hit, searcher: Searcher) -> Iterator[tuple[str, str]]:
    def names(dimension: str, ids: tuple[str, ...]) -> str:
        taxonomy = searcher.index.taxonomies.get(dimension)
        known = taxonomy.by_id if taxonomy else {}
        return "、".join(known[name].label if name in known else name for name in ids)

    yield "品类", f"{names('subject', (hit.subject,))}　问题：{names('issue', hit.issues)}"
    yield "处置", f"{names('disposition', hit.disposition)}　处理时：{hit.handled}"
    yield "要旨", hit.rule
    laws = searcher.index.statute_names
    cited = [
        f"《{laws.get(statute, statute)}》" + (f"第{article}条" if article else "")
        for statute, article in hit.citations
    ]
    if cited:
        yield "法律依据", "、".join(cited)
    why = hit.why
    reasons = []
    if why["shared_subject"]:
        reasons.append("品类相近")
    if why["shared_issues"]:
        reasons.append(f"同属“{names('issue', tuple(why['shared_issues']))}”")
    if why["terms"]:
        reasons.append("相同词语 " + "、".join(term["term"] for term in why["terms"]))
    if why["field"]:
        reasons.append(f"语义最近处为{why['field']}")
    yield "相近在", "；".join(reasons) or "仅语义相近"
