"""Dates of a ledger row → nodes of 处办过程, each with its limit where that is clear."""

from __future__ import annotations

from datetime import date
from typing import Any

from casebase.curation.intake import words
from casebase.curation.intake.dates import chinese_day, when_words
from casebase.curation.intake.draft import Draft
from casebase.curation.intake.rows import Row
from casebase.curation.intake.text import items, shortened
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.law.due import Due
from casebase.law.limits import held_on
from casebase.law.timetable import due_dates
from casebase.model import PartialDate
from casebase.model.base import TO_FILL
from casebase.model.intake import Node, StageCue

_MOST_STEPS, _TEXT = 12, 4000
_UNKNOWN = "来源未载，无法判定"
#: The kinds of matter by the words in the column 类型, else in the headings of the table.
_COMPLAINT, _REPORT, _MIXED = "投诉", "举报", "混合"


def kind_of(row: Row) -> str | None:
    """投诉, 举报 or 混合; ``None`` where neither the row nor its headings say."""
    for text in (row.text("类型"), "".join(row.headings)):
        complaint, report = _COMPLAINT in text, _REPORT in text
        if _MIXED in text or (complaint and report and text == row.text("类型")):
            return _MIXED
        if complaint != report:
            return _COMPLAINT if complaint else _REPORT
    return None


def ledger_steps(
    draft: Draft, row: Row, base: Casebase, texts: dict[str, str], dates: dict[str, date]
) -> None:
    """Fill 处办过程 with the dated nodes in order, and with what was written of the handling."""
    book = words.ledger(base.root)
    kind = kind_of(row)
    dues = _dues(draft, base, book.nodes, kind, dates)
    steps: list[tuple[date, dict[str, Any]]] = []
    for node in book.nodes:
        if node.use not in dates:
            continue
        day = dates[node.use]
        step = {"时间": chinese_day(day), "环节": node.stage, "内容": node.text}
        if kind is not None and dues:
            step |= _limit(draft, node, dues, PartialDate(str(draft.data["处理时"])))
        steps.append((day, step))
    steps.sort(key=lambda item: item[0])
    told = [
        _told(text, words.headings(base.root).stages)
        for use in ("受理结果", "调解结果", "是否立案", "处理")
        for text in items([texts[use]])
        if texts[use]
    ]
    ordered = _joined([step for _, step in steps])
    if ordered and told:  # what was done stands before the last dated node, unless that is all
        place = len(ordered) - 1 if len(ordered) > 1 else 1
        ordered[place:place] = told
    else:
        ordered += told
    if ordered:
        draft.data["处办过程"] = _bounded(draft, ordered)
        draft.propose("处办过程", "按台账日期排列", "没有写日期的请排到应在的位置")


def _told(text: str, stages: tuple[StageCue, ...]) -> dict[str, Any]:
    cue = next((cue for cue in stages if cue.first(text)), None)
    return {"时间": when_words(text), "环节": cue.value if cue else TO_FILL, "内容": text}


def _joined(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps of one day and stage as one (告知 and 办结 on the same day)."""
    result: list[dict[str, Any]] = []
    for step in steps:
        last = result[-1] if result else None
        if last and (last["时间"], last["环节"]) == (step["时间"], step["环节"]):
            last["内容"] += step["内容"]
            for key in ("时限", "期限"):
                if key in step and "时限" not in last:
                    last[key] = step[key]
        else:
            result.append(step)
    return result


def _bounded(draft: Draft, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for step in steps:
        step["内容"], rest = shortened(step["内容"], _TEXT)
        if rest:
            draft.unplaced.append((f"处办过程（超过 {_TEXT} 字的部分）", rest))
    for step in steps[_MOST_STEPS:]:
        draft.unplaced.append((f"处办过程（超过 {_MOST_STEPS} 个节点）", step["内容"]))
    return steps[:_MOST_STEPS]


def _dues(
    draft: Draft, base: Casebase, nodes: tuple[Node, ...], kind: str | None, dates: dict[str, date]
) -> tuple[Due, ...]:
    """The limits of the matter with the days that the row gives."""
    received = dates.get("收到")
    if received is None or kind is None:
        why = "台账没有收到日" if received is None else "看不出是投诉还是举报"
        draft.propose("处办过程", "没有写时限", why)
        return ()
    receipts = {_COMPLAINT: ("received",), _REPORT: ("report_received",)}.get(
        kind, ("received", "report_received")
    )
    events = dict.fromkeys(receipts, received)
    events |= {n.event: dates[n.use] for n in nodes if n.event and n.use in dates}
    if kind == _REPORT:
        events = {e: d for e, d in events.items() if e not in ("accepted", "mediation_closed")}
    try:
        return due_dates(base.limit_law, events, kind=kind)
    except CasebaseError as error:
        draft.propose("处办过程", "没有写时限", str(error).rstrip("。"))
        return ()


def _limit(draft: Draft, node: Node, dues: tuple[Due, ...], handled: PartialDate) -> dict[str, str]:
    """The limit of a node where exactly one governs, and whether it was kept where that shows.

    A day after the last day may still be in time (extension, appraisal), so it is never called
    late here.
    """
    clear = [
        due
        for due in dues
        if due.limit.id in node.limits
        and due.start is not None
        and (due.change is None or due.change.effect is None)
        and (handled.range is None or held_on(due.limit, handled.range))
    ]
    if len(clear) != 1:
        return {}
    due = clear[0]
    found = {"时限": due.limit.id}
    if due.ended is None or due.unrolled is None or due.due is None:
        return found
    if due.ended <= due.unrolled and not due.tentative:
        return {**found, "期限": "合规"}
    if due.ended > due.due:
        late = f"{chinese_day(due.ended)}晚于末日{chinese_day(due.due)}"
        draft.propose("处办过程", f"{due.limit.label}：{_UNKNOWN}", f"{late}，有无延长、扣除请核对")
    return {**found, "期限": _UNKNOWN}
