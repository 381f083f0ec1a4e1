"""From draft to final: only the allowed steps, by the right roles, of one unchanged text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebase.curation import review
from casebase.curation.checks import check
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError
from casebase.model import Case, Status
from guide_builder.cli import app

DAY = date(2026, 11, 24)
LEGAL = (Status.LEGAL, "法规审核人", "FG-03")
MASKED = (Status.PRIVACY, "脱敏复核人", "TM-01")
SIGNED = (Status.FINAL, "签发人", "QF-01")
CASE = "XC-2021-FUR-001"

Step = tuple[Status, str, str]


def walk(case: Case, base: Casebase, *steps: Step, note: str | None = None) -> Case:
    for to, role, code in steps:
        after = review.advance(
            case, base.review_rules, to, role=role, code=code, day=DAY, note=note
        )
        case = case.model_copy(update={"review": after})
    return case


@pytest.fixture
def case(bundled: Casebase) -> Case:
    return bundled.by_id[CASE]


def test_the_bundled_records_claim_no_review(bundled: Casebase) -> None:
    """Nobody has reviewed them here, and no reviewer is invented."""
    assert {c.review.status for c in bundled.cases} == {Status.SUBMITTED}
    assert all(c.review.history == () for c in bundled.cases)


def test_the_whole_way(case: Case, bundled: Casebase) -> None:
    final = walk(case, bundled, LEGAL, MASKED, SIGNED)
    assert final.review.status is Status.FINAL
    assert [s.to for s in final.review.history] == [LEGAL[0], MASKED[0], SIGNED[0]]
    assert not list(review.problems(final, bundled.review_rules))
    assert review.missing(final) == ()
    assert review.missing(case) == (Status.LEGAL, Status.PRIVACY, Status.FINAL)


@pytest.mark.parametrize(
    ("steps", "words", "reason"),
    [
        ([MASKED], "不能直接到“脱敏审”", "a step is left out"),
        ([SIGNED], "不能直接到“定稿”", "signed without any review"),
        ([LEGAL, LEGAL], "不能直接到“法规审”", "the same step twice"),
        ([(Status.LEGAL, "供稿人", "FG-03")], "应由法规审核人作出", "the wrong role"),
        ([LEGAL, (Status.PRIVACY, "脱敏复核人", "FG-03")], "同一人", "one person for two reviews"),
        ([(Status.LEGAL, "法规审核人", "张三")], "不要写姓名", "a name instead of a code"),
        ([(Status.DRAFT, "编写组编辑", "BX-01")], "须写明意见", "sent back without a reason"),
        ([(Status.RETIRED, "签发人", "QF-01")], "须写明意见", "retired without a reason"),
    ],
)
def test_a_step_that_is_refused(
    case: Case, bundled: Casebase, steps: list[Step], words: str, reason: str
) -> None:
    with pytest.raises(CasebaseError, match=words):
        walk(case, bundled, *steps)


def test_an_earlier_day_is_refused(case: Case, bundled: Casebase) -> None:
    legal = walk(case, bundled, LEGAL)
    with pytest.raises(CasebaseError, match="早于上一步"):
        review.advance(
            legal, bundled.review_rules, Status.PRIVACY,
            role="脱敏复核人", code="TM-01", day=date(2026, 11, 23), note=None,
        )  # fmt: skip


def test_sent_back_and_submitted_again_is_a_new_version(case: Case, bundled: Casebase) -> None:
    back = walk(case, bundled, LEGAL, (Status.DRAFT, "法规审核人", "FG-03"), note="条号有误")
    again = walk(back, bundled, (Status.SUBMITTED, "供稿人", "GG-01"))
    assert again.review.version == case.review.version
    twice = walk(again, bundled, (Status.DRAFT, "编写组编辑", "BX-01"), note="改字")
    assert walk(twice, bundled, (Status.SUBMITTED, "供稿人", "GG-01")).review.version == 2
    with pytest.raises(CasebaseError, match="同一人"):
        walk(again, bundled, (Status.LEGAL, "法规审核人", "GG-01"))
    assert walk(again, bundled, LEGAL, MASKED, SIGNED).review.status is Status.FINAL


def test_a_later_change_of_text_is_found(case: Case, bundled: Casebase) -> None:
    final = walk(case, bundled, LEGAL, MASKED, SIGNED)
    changed = final.model_copy(update={"facts": final.facts + "补充。"})
    assert [p.code for p in review.problems(changed, bundled.review_rules)] == ["CB454"]


def test_reviewers_of_different_drafts_are_found(case: Case, bundled: Casebase) -> None:
    legal = walk(case, bundled, LEGAL)
    changed = legal.model_copy(update={"facts": legal.facts + "补充。"})
    with pytest.raises(CasebaseError, match="不是同一稿"):
        walk(changed, bundled, MASKED)


@pytest.mark.parametrize(
    ("status", "history", "code", "reason"),
    [
        ("定稿", "", "CB451", "a status written by hand, without a step"),
        ("定稿", "    - {到: 法规审, 岗位: 法规审核人, 代号: FG-03, 日期: '2026-11-24', "
         "内容校验: %s}\n", "CB451", "the last step says something else"),
        ("法规审", "    - {到: 法规审, 岗位: 编写组编辑, 代号: FG-03, 日期: '2026-11-24', "
         "内容校验: %s}\n", "CB453", "the wrong role"),
        ("脱敏审", "    - {到: 法规审, 岗位: 法规审核人, 代号: FG-03, 日期: '2026-11-24', "
         "内容校验: %s}\n    - {到: 脱敏审, 岗位: 脱敏复核人, 代号: FG-03, 日期: '2026-11-24', "
         "内容校验: %s}\n", "CB452", "one person for two reviews"),
        ("法规审", "    - {到: 法规审, 岗位: 法规审核人, 代号: FG-03, 日期: '2026-11-24', "
         "内容校验: '0000000000000000'}\n", "CB454", "another text was reviewed"),
    ],
)  # fmt: skip
def test_a_history_written_by_hand(
    records: Path, case_file: Path, status: str, history: str, code: str, reason: str
) -> None:
    digest = review.content_digest(open_casebase(records).by_id[CASE])
    text = case_file.read_text(encoding="utf-8").replace("状态: 送审", f"状态: {status}")
    if history:
        text = text.rstrip("\n") + "\n  经过:\n" + history.replace("%s", digest)
    case_file.write_text(text, encoding="utf-8")
    assert {f.code for f in check(open_casebase(records))} == {code}, reason


def status(records: Path, *words: str) -> tuple[int, str]:
    call = ["case", "status", CASE, "--records", str(records), *words]
    result = CliRunner().invoke(app, call)
    return result.exit_code, result.output


def test_the_command_changes_only_the_review(records: Path, case_file: Path) -> None:
    before = case_file.read_text(encoding="utf-8").splitlines()
    code, shown = status(records, "--to", "法规审", "--role", "法规审核人", "--by", "FG-03")
    assert code == 0 and "脱敏审（脱敏复核人）" in shown
    after = case_file.read_text(encoding="utf-8").splitlines()
    place = next(i for i, line in enumerate(before) if line == "审核:")
    assert after[: place + 1] == before[: place + 1]
    assert check(open_casebase(records)) == ()
    listed = CliRunner().invoke(
        app, ["case", "list", "--records", str(records), "--status", "法规审", "--json"]
    )
    assert json.loads(listed.output)["cases"][0]["missing"] == ["脱敏审", "定稿"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--to", "终审"), "没有“终审”这个状态"),
        (("--to", "法规审"), "须写明岗位和代号"),
        (("--to", "定稿", "--role", "签发人", "--by", "QF-01"), "不能直接到“定稿”"),
    ],
)
def test_a_wrong_call_writes_nothing(
    records: Path, case_file: Path, words: tuple[str, ...], message: str
) -> None:
    before = case_file.read_bytes()
    code, shown = status(records, *words)
    assert code == 2 and message in shown and "Traceback" not in shown
    assert case_file.read_bytes() == before


def test_a_record_with_errors_cannot_go_on(records: Path, edit: Callable[[str, str], int]) -> None:
    edit("{法规: L-XF, 条: 24,", "{法规: L-XF, 条: 99,")
    code, shown = status(records, "--to", "法规审", "--role", "法规审核人", "--by", "FG-03")
    assert code == 2 and "不能到“法规审”" in shown and "没有第九十九条" in shown


def test_an_unknown_number_names_what_is_near(records: Path) -> None:
    result = CliRunner().invoke(app, ["case", "show", "XC-2021-FUR-01", "--records", str(records)])
    assert result.exit_code == 2 and CASE in result.output
