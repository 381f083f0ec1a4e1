"""``caseguide statute``: an article on a day; ``import`` official wording; ``compare`` versions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from casebase.clock import today
from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    friendly,
    out,
)
from casebase.errors import CasebaseError

#: Longest line of standard input.
_MAX_LINE = 4 << 20


class _ShowByDefault(TyperGroup):
    """``caseguide statute 消法55`` is ``caseguide statute show 消法55``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_ShowByDefault,
    help=(
        "查法条：caseguide statute 法规简称加条号，也可以是一段话；- 从标准输入读取，一行一段。\n\n"
        "例：caseguide statute 消法55 --on 2018-03-27"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

OnOption = Annotated[
    str | None, typer.Option("--on", help="哪一天的法（默认今天）", metavar="日期")
]


@app.command("show")
@friendly
def show(
    texts: Annotated[
        list[str], typer.Argument(metavar="文字", help="法条引用或一段话；- 为标准输入")
    ],
    on: OnOption = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """查法条：某日有效的版本、要旨、罚则和救济、被什么取代。

    有不能确定、不存在或当日无效的引用时退出码为 1。

    例：caseguide statute show 食品安全法148 --on 2024-01-01
    """
    from casebase.commands.statute_view import Lawyer
    from casebase.curation.comparisons import read_comparisons
    from casebase.curation.store import open_casebase
    from casebase.law.texts import read_texts

    day = _day(on) or today()
    casebase = open_casebase(records, cases=())
    book = casebase.statutes
    lawyer = Lawyer(book, read_comparisons(casebase.root), read_texts(book), day)
    wrong = False
    for text in _texts(texts):
        answer = lawyer.answer(text)
        wrong = wrong or bool(answer["findings"])
        if as_json:
            emit_json(answer)
            continue
        for style, line in lawyer.lines(answer):
            out.print(line, style=style or None, markup=False)
    if wrong:
        raise typer.Exit(FINDINGS)


@app.command("import")
@friendly
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件 …", help="法规全文：.docx、.md 或 .txt")
    ],
    statute: Annotated[
        str | None, typer.Option("--statute", help="法规编号（标题认不出时）", metavar="编号")
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """导入从国家法律法规数据库保存的法规全文，供指南引用条文原文。

    原文存放在案例库之外（环境变量 CASEGUIDE_LAW_TEXTS 可改）；有错误的不存放。

    例：caseguide statute import 消费者权益保护法.docx
    """
    from casebase.curation.law_import import import_law
    from casebase.curation.store import open_casebase
    from casebase.model import Severity

    for file in files:
        if not file.is_file():
            raise CasebaseError(f"找不到文件 {file}。")
    book = open_casebase(records, cases=()).statutes
    results = [import_law(file, book, statute=statute) for file in files]
    for result in results:
        if as_json:
            shown = {**asdict(result), "path": str(result.path) if result.path else None}
            emit_json({**shown, "findings": [f.as_json() for f in result.findings]})
            continue
        state = f"已存放：{result.path}" if result.path else "没有存放"
        out.print(f"{result.file}　{result.title}　{result.articles} 条　{state}", markup=False)
        for finding in result.findings:
            where = f"第 {finding.line} 行 " if finding.line else ""
            out.print(f"  {finding.code} {where}{finding.message}", style="yellow", markup=False)
            out.print(f"    改法：{finding.fix}", style="dim", markup=False)
    if any(f.severity is not Severity.INFO for r in results for f in r.findings):
        raise typer.Exit(FINDINGS)


@app.command("compare")
@friendly
def compare(
    statutes: Annotated[list[str], typer.Argument(metavar="编号 [编号]", help="一部或两部法规")],
    start: Annotated[
        str | None, typer.Option("--from", help="旧版本的某日", metavar="日期")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="新版本的某日", metavar="日期")] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """新旧规定对照：两部法规，或者同一法规的两个版本。

    例：caseguide statute compare 20号令 121号令
    """
    from casebase.curation.comparisons import read_comparisons
    from casebase.curation.store import open_casebase
    from casebase.law.compare import compare as rows_of
    from casebase.law.compare import mapping_for

    if len(statutes) > 2 or (len(statutes) == 1 and not (start and end)):
        raise CasebaseError(
            "请写两部法规，或者一部法规加 --from 和 --to 两个日期。"
            "例：caseguide statute compare 反不正当竞争法 --from 2024-01-01 --to 2026-01-01"
        )
    casebase = open_casebase(records, cases=())
    old = _side(casebase.statutes, statutes[0], _day(start), last=True)
    new = _side(casebase.statutes, statutes[-1], _day(end), last=len(statutes) == 1)
    mapping = mapping_for(read_comparisons(casebase.root), old.statute.id, new.statute.id)
    rows = rows_of(old, new, mapping)
    if as_json:
        heads = {
            name: {"statute": side.statute.id, "title": side.statute.title_on(side.days.start)}
            for name, side in (("old", old), ("new", new))
        }
        emit_json({**heads, "rows": [asdict(row) for row in rows]})
        return
    _table(old, new, rows)


def _table(old: Any, new: Any, rows: tuple[Any, ...]) -> None:
    from rich.table import Column, Table

    from casebase.law.wording import article_words

    titles = [side.statute.title_on(side.days.start) for side in (old, new)]
    heads = (Column(name, overflow="fold") for name in ("旧", "新", "变化", "旧要旨", "新要旨"))
    table = Table(*heads, title=f"{titles[0]} 与 {titles[1]} 对照", show_lines=True)
    for row in rows:
        table.add_row(
            article_words(row.old, row.old_paragraph) or "—",
            article_words(row.new, row.new_paragraph) or "—",
            row.change,
            row.old_gist or "—",
            row.new_gist or row.topic or "—",
        )
    out.print(table)


def _side(book: Any, name: str, day: date | None, *, last: bool) -> Any:
    """One side of a comparison; without a day the last (else the first) version's days."""
    from casebase.law.compare import Side
    from casebase.model import DateRange

    statute = book.get(one_law(book, name)[0])
    if day is not None:
        if statute.version_on(day) is None:
            raise CasebaseError(f"《{statute.title}》在 {day} 没有施行的版本。")
        return Side(statute, DateRange(day, day))
    version = statute.versions[-1 if last else 0]
    return Side(statute, version.in_force)


def one_law(book: Any, text: str) -> tuple[str, int | None]:
    """The one law (and article) that ``text`` names.

    Raises:
        CasebaseError: none or several; the message lists the candidates.
    """
    from casebase.law.citations import names_of, read_citations, whole_law

    day = today()
    found = read_citations(text, book, day)
    item = found[0] if len(found) == 1 else whole_law(text.strip(), book, day)
    if item is not None and item.statute is not None:
        return item.statute.id, item.found.unit.article
    near = item.candidates if item is not None else names_of(book).near(text)
    names = "、".join(f"{i}（{book.get(i).title}）" for i in near)
    raise CasebaseError(f"认不出“{text}”是哪部法规。" + (f"相近的有：{names}" if names else ""))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CasebaseError(f"日期应写成 2024-06-30，不能写“{text}”。") from None


def _texts(texts: list[str]) -> Iterator[str]:
    """The texts given, «-» being the lines of standard input that are not blank."""
    for text in texts:
        if text != "-":
            yield text.encode("utf-8", "replace").decode("utf-8")
            continue
        while line := sys.stdin.buffer.readline(_MAX_LINE):
            shown = _decode(line).rstrip("\r\n")
            if shown.strip():
                yield shown


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
