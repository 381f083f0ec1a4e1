"""``caseguide case status``: where a record stands, and one step further."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.text import Text

from casebase import clock
from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    find_case,
    friendly,
    out,
    status_of,
)
from casebase.curation import review, save
from casebase.curation.checks import check_one
from casebase.curation.store import Casebase, Loaded, open_casebase
from casebase.errors import CasebaseError
from casebase.model import Case, Severity, Status


@friendly
def status(
    case_id: Annotated[str, typer.Argument(metavar="编号")],
    to: Annotated[
        str | None,
        typer.Option("--to", help="记一步：送审、法规审、脱敏审、定稿、草稿（退回）、停用"),
    ] = None,
    role: Annotated[str | None, typer.Option("--role", help="岗位，如 法规审核人")] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="审核人代号，如 FG-03；不写姓名", metavar="代号")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="意见；退回和停用必须写")] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="审核日期，默认今天", metavar="日期"),
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """查看一件案例走到哪一步；用 --to 记下一步（草稿→送审→法规审→脱敏审→定稿→停用）。

    每一步记下岗位、代号、日期和当时内容的校验值：内容以后有改动，检查时会要求重新送审。
    法规审和脱敏审须由不同的人作出。有检查错误的案例不能送审、不能通过审核。

    例：caseguide case status XC-2021-FUR-001 --to 法规审 --role 法规审核人 --by FG-03
    """
    casebase = open_casebase(records)
    loaded = find_case(casebase, case_id)
    if to is None:
        _show(loaded.record, casebase, as_json)
        return
    step = status_of(to)
    if role is None or by is None:
        raise CasebaseError("记一步须写明岗位和代号：--role 法规审核人 --by FG-03。")
    _refuse_errors(loaded, casebase, step)
    day = on.date() if on else clock.today()
    after = review.advance(
        loaded.record, casebase.review_rules, step, role=role, code=by, day=day, note=note
    )
    data: dict[str, Any] = {**loaded.document.data}
    data["审核"] = after.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = save.read_text(loaded.path)
    save.save(loaded.path, save.edited(text, data), expected=loaded.text_hash, root=casebase.root)
    _show(loaded.record.model_copy(update={"review": after}), casebase, as_json)


def _refuse_errors(loaded: Loaded[Case], casebase: Casebase, to: Status) -> None:
    if to in (Status.DRAFT, Status.RETIRED):
        return
    as_if = loaded.record.review.model_copy(update={"status": Status.SUBMITTED, "history": ()})
    record = loaded.record.model_copy(update={"review": as_if})
    found = [
        f for f in check_one(loaded.with_record(record), casebase) if f.severity is Severity.ERROR
    ]
    if found:
        first = found[0]
        raise CasebaseError(
            f"{loaded.record.id} 有 {len(found)} 处错误，不能到“{to}”。第一处：第 {first.line} 行，"
            f"{first.message}。{first.fix}。"
        )


def _show(case: Case, casebase: Casebase, as_json: bool) -> None:
    ways = casebase.review_rules.ways_from(case.review.status)
    found = list(review.problems(case, casebase.review_rules))
    if as_json:
        shown = case.review.model_dump(mode="json", by_alias=True, exclude_none=True)
        emit_json(
            {
                "id": case.id,
                "review": shown,
                "next": [{"to": w.to, "roles": w.roles, "needs_note": w.needs_note} for w in ways],
                "missing": list(review.missing(case)),
                "problems": [p.message for p in found],
            }
        )
    else:
        current = case.review
        out.print(Text(f"{case.id}　{case.title}", style="bold"))
        out.print(
            f"现在：{current.status}，第 {current.version} 版，{current.updated}", markup=False
        )
        for step in current.history:
            words = f"  {step.day}　{step.to}　{step.role} {step.code}"
            out.print(words + (f"　{step.note}" if step.note else ""), markup=False)
        if not current.history:
            out.print("  还没有审核经过", style="dim")
        for problem in found:
            out.print(
                f"{problem.code} {problem.message}。{problem.fix}", style="yellow", markup=False
            )
        for way in ways:
            roles = "、".join(way.roles)
            need = "，须写意见" if way.needs_note else ""
            out.print(f"  可以 --to {way.to}（{roles}{need}）", style="dim", markup=False)
    if found:
        raise typer.Exit(FINDINGS)
