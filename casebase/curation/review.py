"""The way of a record from draft to final: what may come next, and whether its history is sound.

A step is bound to the text it was taken on: whoever changes a reviewed record sends it back.
The rules themselves stand in ``records/review.yaml``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casebase.curation.io import Keys
from casebase.errors import CasebaseError
from casebase.model import Case, PartialDate, Review, ReviewRules, ReviewStep, Status
from casebase.model.review import DIGEST_LENGTH, STAFF_CODE

#: Statuses that cannot be held without somebody's name for it in 经过.
REVIEWED = (Status.LEGAL, Status.PRIVACY, Status.FINAL)
_ORDER = (Status.DRAFT, Status.SUBMITTED, *REVIEWED)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a record's history, and where."""

    keys: Keys
    code: str
    message: str
    fix: str


def content_digest(case: Case) -> str:
    """A hash of all that is printed of ``case``: everything but 审核."""
    data = case.model_dump(mode="json", by_alias=True, exclude={"review"}, exclude_defaults=True)
    body = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:DIGEST_LENGTH]


def current_round(review: Review) -> tuple[ReviewStep, ...]:
    """The steps since the record was last a draft: only these count towards 定稿."""
    steps = review.history
    starts = [i for i, step in enumerate(steps, start=1) if step.to is Status.DRAFT]
    return steps[starts[-1] if starts else 0 :]


def missing(case: Case) -> tuple[Status, ...]:
    """The steps that still lie between ``case`` and 定稿."""
    at = case.review.status
    return _ORDER[_ORDER.index(at) + 1 :] if at in _ORDER else ()


def problems(case: Case, rules: ReviewRules) -> Iterator[Problem]:
    """Everything that makes the status of ``case`` unbelievable."""
    review = case.review
    keys: Keys = ("审核", "状态")
    last = review.history[-1].to if review.history else None
    if last is None and review.status in REVIEWED:
        message = f"状态是“{review.status}”，但没有审核经过"
        yield Problem(keys, "CB451", message, _COMMAND)
    elif last is not None and last is not review.status:
        message = f"状态是“{review.status}”，而“经过”最后一步是“{last}”"
        yield Problem(keys, "CB451", message, _COMMAND)
    yield from _way(review, rules)
    yield from _same_person(review, rules)
    if review.status in REVIEWED and review.history:
        if review.history[-1].digest != content_digest(case):
            message = f"“{review.status}”以后内容又有改动"
            fix = "退回草稿（caseguide case status 编号 --to 草稿），改好后重新送审"
            yield Problem(keys, "CB454", message, fix)
        yield from _text_changed_between(review)


_COMMAND = "不要手改状态，用 caseguide case status 记一步"


def _way(review: Review, rules: ReviewRules) -> Iterator[Problem]:
    status, day = _entered_as(review, rules), date.min
    for i, step in enumerate(review.history):
        keys: Keys = ("审核", "经过", i)
        passage = rules.passage(status, step.to)
        if passage is None:
            message = f"不能从“{status}”直接到“{step.to}”"
            yield Problem(keys, "CB453", message, f"下一步可以是：{_ways(status, rules)}")
        elif step.role not in passage.roles:
            message = f"“{step.to}”不能由{step.role}作出"
            yield Problem(keys, "CB453", message, f"应由{'、'.join(passage.roles)}作出")
        elif passage.needs_note and not step.note:
            yield Problem(keys, "CB453", f"“{step.to}”没有写意见", "补写“意见”")
        if step.day < day:
            yield Problem(keys, "CB453", "日期早于上一步", "核对各步的日期")
        status, day = step.to, step.day


def _entered_as(review: Review, rules: ReviewRules) -> Status:
    """A record may come to the casebase as 送审, without a step for it."""
    first = review.history[0].to if review.history else Status.SUBMITTED
    drafted = rules.passage(Status.DRAFT, first) is not None
    return Status.DRAFT if drafted else Status.SUBMITTED


def _same_person(review: Review, rules: ReviewRules) -> Iterator[Problem]:
    steps = current_round(review)
    by_status = {step.to: step for step in steps}
    for one, other in rules.apart:
        first, second = by_status.get(one), by_status.get(other)
        if first and second and first.code == second.code:
            i = len(review.history) - len(steps) + steps.index(second)
            message = f"“{one}”和“{other}”是同一人（{second.code}）"
            yield Problem(("审核", "经过", i), "CB452", message, "由另一人重新审核")


def _text_changed_between(review: Review) -> Iterator[Problem]:
    steps = current_round(review)
    for i, (before, after) in enumerate(pairwise(steps), start=1):
        if before.digest != after.digest:
            at = len(review.history) - len(steps) + i
            message = f"“{before.to}”和“{after.to}”审的不是同一稿"
            fix = "退回草稿后重新送审，各步审同一稿"
            yield Problem(("审核", "经过", at), "CB454", message, fix)


def _ways(status: Status, rules: ReviewRules) -> str:
    ways = [f"{p.to}（{'、'.join(p.roles)}）" for p in rules.ways_from(status)]
    return "；".join(ways) or "没有下一步"


def _staff_code(code: str) -> str:
    if not re.fullmatch(STAFF_CODE, code):
        raise CasebaseError(
            f"审核人代号应像 FG-03（大写字母、短横、数字），不能写“{code}”；不要写姓名（--by）。"
        )
    return code


def advance(
    case: Case, rules: ReviewRules, to: Status, *, role: str, code: str, day: date, note: str | None
) -> Review:
    """The review part of ``case`` after one more step; the version grows with each submission.

    Raises:
        CasebaseError: the step is not allowed, or somebody else has to take it.
    """
    review = case.review
    passage = rules.passage(review.status, to)
    if passage is None:
        raise CasebaseError(
            f"{case.id} 现在是“{review.status}”，不能直接到“{to}”。"
            f"下一步可以是：{_ways(review.status, rules)}。"
        )
    if role not in passage.roles:
        raise CasebaseError(
            f"“{to}”应由{'、'.join(passage.roles)}作出，不能由“{role}”作出（--role）。"
        )
    if passage.needs_note and not note:
        raise CasebaseError(f"到“{to}”须写明意见，请加 --note。")
    if review.history and day < review.history[-1].day:
        raise CasebaseError(f"日期 {day} 早于上一步的 {review.history[-1].day}，请核对 --on。")
    step = ReviewStep.model_validate(
        {
            "到": to,
            "岗位": role,
            "代号": _staff_code(code),
            "日期": day,
            "内容校验": content_digest(case),
            "意见": note,
        }
    )
    again = to is Status.SUBMITTED and any(s.to is Status.SUBMITTED for s in review.history)
    after = review.model_copy(
        update={
            "status": to,
            "version": review.version + again,
            "updated": PartialDate(day.isoformat()),
            "history": (*review.history, step),
        }
    )
    changed = case.model_copy(update={"review": after})
    found = next(problems(changed, rules), None)
    if found:
        raise CasebaseError(f"{case.id}：{found.message}。{found.fix}。")
    return after
