"""``caseguide limits``: every statutory limit of a complaint, report or case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Annotated

import typer
from rich.cells import set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebase.commands.common import JsonOption, RecordsOption, emit_json, friendly, out
from casebase.curation.store import open_limit_law
from casebase.errors import CasebaseError
from casebase.law.due import Due, source_words
from casebase.law.limits import LimitLaw, no_such
from casebase.law.periods import Pause
from casebase.law.timetable import due_dates
from casebase.law.wording import extension_words, value_words

_WIDTH = 100
_HEADINGS = ("事项", "起算日", "末日", "未顺延末日", "期限", "核验", "状态")
_WIDTHS = (34, 10, 13, 13, 10, 4, 4)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_WEEKDAYS = "一二三四五六日"
_VERIFIED = {"V1": "V1", "V2": "V2", "M": "待核"}


@friendly
def limits(
    received: Annotated[
        str | None, typer.Option(help="收到日，如 2026-04-15", show_default=False)
    ] = None,
    kind: Annotated[str, typer.Option(help="投诉、举报、案件或者混合")] = "投诉",
    line: Annotated[
        str | None,
        typer.Option(
            help="2019年以前的条线：工商、食药、质监、价格；不写则全列", show_default=False
        ),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option(help="后来发生的事，可写多次：accepted=2026-04-20", show_default=False),
    ] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option(
            help="不计入的时间，首尾两日都不计，可写多次：2026-05-01..2026-05-20；"
            "不是鉴定检测的加事由：2026-05-01..2026-05-20=听证",
            show_default=False,
        ),
    ] = None,
    extend: Annotated[
        list[str] | None,
        typer.Option(help="已经批准延长的时限编号，可写多次", show_default=False),
    ] = None,
    roll: Annotated[
        str | None,
        typer.Option(
            help="末日遇放假怎样顺延：holiday_block、strict、none", show_default="holiday_block"
        ),
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """计算期限：列出一件投诉、举报或者案件的全部法定时限，写明起算日、末日和依据。

    末日落在放假安排还没有公布的年份的，标“暂定”。预警日不顺延，几个期限并存的取最早的一个。

    例：caseguide limits --received 2026-04-15 --kind 投诉 --event accepted=2026-04-20
    """
    law = open_limit_law(records)
    given = _events(law, event or ())
    if received is not None:
        if kind not in law.kinds:
            raise no_such("种类", kind, law.kinds)
        receipt = law.kinds[kind].receipts[0]
        if receipt in given:
            raise CasebaseError(f"--received 和 --event {receipt} 是同一件事，只写一个。")
        given[receipt] = _day(received, "--received")
    pauses = tuple(_pause(text) for text in pause or ())
    dues = due_dates(
        law, given, kind=kind, line=line, pauses=pauses, extensions=extend or (), roll=roll
    )
    notes = _notes(law, dues, line, pauses)
    if as_json:
        items = [due.as_json(law.calendar) for due in dues]
        emit_json({"kind": kind, "line": line, "items": items, "notes": notes})
        return
    _show(law, dues, notes)


def _day(text: str, where: str) -> date:
    try:
        if _ISO.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CasebaseError(f"{where} 的“{text}”不是日期。请写成 2026-04-15 的样子。")


def _events(law: LimitLaw, texts: Iterable[str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for text in texts:
        name, mark, day = text.partition("=")
        name = name.strip()
        if not mark:
            raise CasebaseError(f"--event 的“{text}”应写成 事件=日期，如 accepted=2026-04-20。")
        if name not in law.events.by_id:
            raise no_such("事件", name, law.events.by_id)
        if name in found:
            raise CasebaseError(f"--event 的 {name} 写了两次，只能写一个日期。")
        found[name] = _day(day.strip(), f"--event {name}")
    return found


def _pause(text: str) -> Pause:
    days, _, ground = text.partition("=")
    first, mark, last = days.partition("..")
    if not mark:
        raise CasebaseError(f"--pause 的“{text}”应写成 起日..止日，如 2026-05-01..2026-05-20。")
    return Pause(
        _day(first.strip(), "--pause"), _day(last.strip(), "--pause"), ground.strip() or None
    )


def _notes(
    law: LimitLaw, dues: tuple[Due, ...], line: str | None, pauses: tuple[Pause, ...]
) -> list[str]:
    """What the reader has to know about the whole answer."""
    running = [due for due in dues if due.start]
    notes = []
    if not dues:
        notes.append("记录中没有这一天、这一条线的时限（旧规章数值待核的没有收录）。")
    if line is None and any(due.limit.line for due in running):
        notes.append("没有指明条线，列出了各条线的时限；用 --line 指明。")
    if pauses and not any(due.paused for due in running):
        notes.append("所给的扣除区间没有落在任何可以扣除的期限内，没有扣除。")
    if any(due.due != due.unrolled for due in running):
        notes.append(law.rollover.reason)
    starts = {due.start for due in running if due.start and due.due}
    if any(not law.calendar.is_workday(day) for day in starts):
        counting = law.rollover.counting
        notes.append(f"{counting.text}（{counting.source}，{_VERIFIED[counting.verification]}）")
    if any(due.change for due in running):
        notes.append(law.rollover.warning)
    return notes


def _show(law: LimitLaw, dues: tuple[Due, ...], notes: Iterable[str]) -> None:
    page = Console(width=min(_WIDTH, out.width) if out.is_terminal else _WIDTH, highlight=False)
    running = [due for due in dues if due.start]
    if running:
        page.print(_columns(_HEADINGS), style="bold")
    for due in running:
        page.print(_columns(_cells(due)), style="cyan")
        for line in _explained(law, due):
            page.print(Padding(Text(line), (0, 0, 0, 4), expand=False))
    waiting = [due for due in dues if not due.start]
    if waiting:
        page.print("尚未起算（事情发生后用 --event 编号=日期 给出）", style="bold")
    for event, group in groupby(waiting, key=lambda due: due.limit.start or ""):
        page.print(Text(f"  {law.event_label(event)}（{event}）起："))
        for due in group:
            bounds = "".join(f"（{note}）" for note in due.notes[1:])
            words = (
                f"{due.limit.label}，{value_words(due.value)}，{source_words(due.limit)}{bounds}"
            )
            page.print(Padding(Text(words), (0, 0, 0, 4), expand=False))
    for note in notes:
        page.print(Text(f"注：{note}"), style="dim")


def _columns(cells: Iterable[str]) -> Text:
    sized = (set_cell_size(c, w) for c, w in zip(cells, _WIDTHS, strict=True))
    return Text(" ".join(sized).rstrip())


def _cells(due: Due) -> tuple[str, ...]:
    name = due.limit.label + (f"（{due.limit.line}）" if due.limit.line else "")
    unrolled = due.unrolled if due.unrolled != due.due else None
    return (
        name,
        str(due.start),
        _with_weekday(due.due) if due.due else "—",
        _with_weekday(unrolled) if unrolled else "",
        value_words(due.value),
        _VERIFIED[due.limit.verification],
        due.status,
    )


def _with_weekday(day: date) -> str:
    return f"{day} {_WEEKDAYS[day.weekday()]}"


def _explained(law: LimitLaw, due: Due) -> Iterable[str]:
    limit = due.limit
    yield source_words(limit)
    if due.start and not law.calendar.is_workday(due.start) and due.due:
        yield f"起算日为非工作日，自 {due.counted_from(law.calendar)} 数起"
    if due.change:
        change = due.change
        yield f"{change.rule.label}：{change.rule.text}管控末日 {change.control}（待核）"
    if limit.extension:
        yield ("已延长：" if due.extended else "") + extension_words(limit)
    if limit.excluded:
        days = f"，已扣除 {due.paused} 日" if due.paused else ""
        yield f"不计：{'、'.join(limit.excluded)}{days}"
    if due.unrolled != due.due:
        yield f"顺延：{due.clause.label}（{due.clause.source}）"
    if due.warn and due.warn != due.due:
        yield f"预警日 {due.warn}"
    if due.ended and due.due:
        yield f"{due.ended} 已办" + ("，超期" if due.late else "")
    yield from due.notes
    if due.reason:
        yield due.reason
    if limit.note:
        yield limit.note
