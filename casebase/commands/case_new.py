"""``caseguide case new``: a draft from nothing, from a Word file or from a row of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from casebase.clock import today
from casebase.commands.case_new_view import as_json_object, listing, show
from casebase.commands.common import (
    FINDINGS,
    MISUSE,
    JsonOption,
    RecordsOption,
    emit_json,
    err,
    friendly,
)
from casebase.curation import intake
from casebase.curation.intake.blank import ensure_year
from casebase.curation.io import UnreadableFileError
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError

_WORD = (".docx", ".docm", ".doc", ".wps")
_TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv", ".json")


@friendly
def new(
    subject: Annotated[
        str | None,
        typer.Option(help="品类：id、码或名称，如 g_furniture、FUR", show_default=False),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="处办的年份（空白草稿默认今年）", show_default=False)
    ] = None,
    chapter: Annotated[
        str | None,
        typer.Option(help="章：商品类、服务类、违法行为类、程序疑难类", show_default=False),
    ] = None,
    title: Annotated[str | None, typer.Option(help="标题，不含真名", show_default=False)] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="从文件导入：典型案例 .docx，或者台账 .xlsx、.csv、.json",
            metavar="文件",
            show_default=False,
        ),
    ] = None,
    row: Annotated[
        list[int] | None,
        typer.Option(help="台账的行号，即 Excel 左侧的行号；可写多次", show_default=False),
    ] = None,
    pick: Annotated[
        str | None,
        typer.Option(help="Word 里有几件案例时取第几件，如 2；all 为全部", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写到这个文件夹，不写进案例库", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示，不写文件")] = False,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """新增案例：建立草稿，编号取下一个空号；已有的文件从不覆盖。

    不写 --from 时建立空白草稿，各栏目写“待填”并附提示。导入时，登记栏里的姓名、名称和认得出的
    电话、单号等一律略去（认不全，须通读）；分类和法条只是提议；放不进栏目的原文以注释列在文件末尾。
    “待填”没有写完的草稿不能送审。

    例：caseguide case new --subject g_furniture --from 典型案例.docx
    """
    base = open_casebase(records, cases=())
    said = _said(base, subject, year, chapter, title)
    if source is None:
        if row or pick:
            raise CasebaseError("--row 和 --pick 要与 --from 一起用。")
        makers = [_blank(base, said)]
    else:
        makers = _from_file(base, source, row or [], pick, said, as_json=as_json)
    done: list[tuple[intake.Draft, intake.Written]] = []
    taken: frozenset[str] = frozenset()
    for make in makers:
        try:
            draft = make()
            written = intake.write_draft(draft, base, folder=output, dry_run=dry_run, taken=taken)
        except CasebaseError as error:
            err.print(str(error), style="red", markup=False)
            continue
        taken |= {written.id}
        done.append((draft, written))
    found = intake.findings([written for _, written in done], base)
    results = [as_json_object(*both, of) for both, of in zip(done, found, strict=True)]
    if as_json:
        emit_json({"drafts": results})
    else:
        for (draft, written), result in zip(done, results, strict=True):
            show(draft, written, result)
    if len(done) < len(makers):
        raise typer.Exit(FINDINGS if done else MISUSE)


def _said(
    base: Casebase, subject: str | None, year: int | None, chapter: str | None, title: str | None
) -> dict[str, Any]:
    """What the user says of the case, checked before anything is read."""
    said: dict[str, Any] = {"chapter": intake.checked_chapter(chapter)}
    if subject is not None:
        said["subject"] = intake.find_subject(base.taxonomies["subject"], subject).id
    if year is not None:
        said["handled"] = ensure_year(year)
    if title is not None:
        said["title"] = intake.checked_title(title)
    return said


def _blank(base: Casebase, said: dict[str, Any]) -> Callable[[], intake.Draft]:
    if "subject" not in said:
        raise CasebaseError(
            "请用 --subject 指明品类，如 --subject g_furniture；"
            "全部品类见 records/taxonomy/subject.yaml。要从文件导入，用 --from 文件。"
        )
    words = {"handled": str(today().year), **said}
    return lambda: intake.blank_draft(base, today=today(), **words)


def _from_file(
    base: Casebase,
    source: Path,
    rows: list[int],
    pick: str | None,
    said: dict[str, Any],
    *,
    as_json: bool,
) -> list[Callable[[], intake.Draft]]:
    """One maker a chosen case or row; a file that holds several asks which."""
    if not source.exists():
        raise CasebaseError(f"找不到文件 {source}。")
    if not source.is_file():
        raise CasebaseError(f"{source} 不是普通文件。")
    suffix = source.suffix.lower()
    if suffix not in (*_WORD, *_TABLES):
        raise CasebaseError(
            f"不认识 {source.name} 这种文件。"
            "请用 .docx（典型案例）或者 .xlsx、.csv、.json（台账）。"
        )
    try:
        if suffix in _WORD:
            if rows:
                raise CasebaseError("--row 用于台账；Word 文件请用 --pick。")
            return list(_word_makers(base, source, pick, said, as_json=as_json))
        if pick:
            raise CasebaseError("--pick 用于 Word 文件；台账请用 --row。")
        return list(_row_makers(base, source, rows, said, as_json=as_json))
    except UnreadableFileError as error:
        raise CasebaseError(
            f"{source.name}：{error.message}（{error.code}）。{error.fix}。没有写入任何文件。"
        ) from None


def _word_makers(
    base: Casebase, source: Path, pick: str | None, said: dict[str, Any], *, as_json: bool
) -> Iterator[Callable[[], intake.Draft]]:
    cases = intake.read_cases(source, base.root)
    if pick is None and len(cases) > 1:
        listing(
            [(i, case.title or "（没有标题）") for i, case in enumerate(cases, start=1)],
            f"{source.name} 里有 {len(cases)} 件案例。用 --pick 2 取一件，--pick all 取全部。",
            as_json=as_json,
        )
        raise typer.Exit(MISUSE)
    chosen = cases if pick in (None, "all") else [_picked(cases, str(pick))]
    if len(chosen) > 1 and "title" in said:
        raise CasebaseError("一次导入几件案例时不能写 --title。")
    for case in chosen:
        yield lambda case=case: intake.word_draft(  # type: ignore[misc]
            case, base, today=today(), source=case.title or source.name, **said
        )


def _picked(cases: list[intake.WordCase], pick: str) -> intake.WordCase:
    if not pick.isascii() or not pick.isdigit() or not 1 <= int(pick) <= len(cases):
        raise CasebaseError(f"--pick 应写 1 到 {len(cases)}，或者 all，不能写“{pick[:20]}”。")
    return cases[int(pick) - 1]


def _row_makers(
    base: Casebase, source: Path, numbers: list[int], said: dict[str, Any], *, as_json: bool
) -> Iterator[Callable[[], intake.Draft]]:
    if len(numbers) > intake.MOST_LISTED:
        raise CasebaseError(f"一次最多导入 {intake.MOST_LISTED} 行。")
    rows = {row.number: row for row in intake.read_rows(source, base.root, numbers)}
    if not numbers and len(rows) > 1:
        more = "不止 " if len(rows) > intake.MOST_LISTED else " "
        shown = list(rows.items())[: intake.MOST_LISTED]
        listing(
            [(number, intake.row_summary(row)) for number, row in shown],
            f"{source.name} 里有{more}{len(shown)} 行。用 --row 行号 取一行，可写多次。",
            as_json=as_json,
        )
        raise typer.Exit(MISUSE)
    if len(numbers) > 1 and "title" in said:
        raise CasebaseError("一次导入几行时不能写 --title。")
    for number in dict.fromkeys(numbers or rows):
        if number not in rows:
            raise CasebaseError(
                f"没有第 {number} 行，或者该行是空的、是表头。行号是 Excel 左侧的行号；"
                "不写 --row 可以列出各行。"
            )
        chosen = rows[number]
        yield lambda row=chosen: intake.ledger_draft(  # type: ignore[misc]
            row, base, today=today(), **said
        )
