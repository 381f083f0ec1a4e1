"""Due days of whole matters: worked examples, named rules, misuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from casebase import due_dates as exported
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.law.due import Due
from casebase.law.limits import LimitBook, LimitLaw
from casebase.law.periods import Pause
from casebase.law.timetable import due_dates
from casebase.model import Extension, TimeLimit
from casebase.model.limit import LimitSource, LimitValue, Unit

EXAMPLES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("worked_examples.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def law(bundled: Casebase) -> LimitLaw:
    return bundled.limit_law


def day(text: str) -> date:
    return date.fromisoformat(text)


def ask(law: LimitLaw, events: Mapping[str, str | date], **more: Any) -> dict[str, Due]:
    days = {k: v if isinstance(v, date) else day(v) for k, v in events.items()}
    dues = due_dates(law, days, **more)
    assert len({due.limit.id for due in dues}) == len(dues), "each limit is listed once"
    return {due.limit.id: due for due in dues}


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["名称"] for e in EXAMPLES])
def test_worked_example(law: LimitLaw, example: dict[str, Any]) -> None:
    found = ask(
        law,
        example["事件"],
        kind=example.get("种类", "投诉"),
        line=example.get("条线"),
        pauses=[Pause(*pause) for pause in example.get("扣除", ())],
        extensions=example.get("延长", ()),
        roll=example.get("顺延"),
    )
    for limit_id, want in example["应得"].items():
        due = found[limit_id]
        if want == "待":
            assert due.start is None and due.due is None and due.unrolled is None, limit_id
            continue
        rule = due.change
        got = {
            "末日": due.due,
            "未顺延": due.unrolled,
            "预警": due.warn,
            "状态": due.status,
            "规则": rule.rule.id if rule else None,
            "管控": rule.control if rule else None,
        }
        assert {key: got[key] for key in want} == want, limit_id
    assert not set(example.get("不列", ())) & set(found)


def test_the_public_verb_is_this_function() -> None:
    assert exported is due_dates


CHANGES = {"2020-01-01": "t2020", "2024-07-01": "t2024", "2026-04-15": "t2026"}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize("event", ["received", "accepted"])
def test_days_around_a_change_name_their_rule(
    law: LimitLaw, change: str, shift: int, event: str
) -> None:
    """Open on the day of change: a named rule; begun on or after it: the new law alone."""
    start = day(change) + timedelta(days=shift)
    events = {"received": start}
    if event == "accepted":
        events = {"received": start, "accepted": start}
    end = "decided" if event == "received" else "mediation_closed"
    named = {
        due.change.rule.id
        for due in ask(law, events, line="工商").values()
        if due.limit.end == end and due.start and due.change
    }
    expected = f"{CHANGES[change]}_{'accept' if event == 'received' else 'mediate'}"
    if shift < 0:
        assert named == {expected}
    else:
        assert expected not in named


@pytest.mark.parametrize(
    ("received", "governing"),
    [
        ("2019-12-31", {"cpl_accept_7wd_2020", "cpl_law_reply_7wd"}),
        ("2020-01-01", {"cpl_accept_7wd_2020", "cpl_law_reply_7wd"}),
        ("2020-01-02", {"cpl_accept_7wd_2020", "cpl_law_reply_7wd"}),
        ("2024-06-30", {"cpl_accept_7wd_2020", "cpl_law_reply_7wd"}),
        ("2024-07-01", {"cpl_accept_7wd_2020", "cpl_accept_7wd_2024", "cpl_law_reply_7wd"}),
        ("2026-04-14", {"cpl_accept_7wd_2026", "cpl_accept_7wd_2024", "cpl_law_reply_7wd"}),
        ("2026-04-15", {"cpl_accept_7wd_2026", "cpl_accept_7wd_2024", "cpl_law_reply_7wd"}),
        ("2026-04-16", {"cpl_accept_7wd_2026", "cpl_accept_7wd_2024", "cpl_law_reply_7wd"}),
    ],
)
def test_which_acceptance_limits_run(law: LimitLaw, received: str, governing: set[str]) -> None:
    running = {
        id_
        for id_, due in ask(law, {"received": received}, line="工商").items()
        if due.start and due.limit.end == "decided"
    }
    assert running == governing


def test_a_rule_names_what_it_weighed(law: LimitLaw) -> None:
    due = ask(law, {"received": "2024-06-27", "accepted": "2024-06-28"})["cpl_mediate_45wd_2020"]
    assert due.change is not None
    assert due.change.effect == "取较早"
    assert [(c.limit.id, c.due) for c in due.change.compared] == [
        ("cpl_mediate_45wd_2020", day("2024-08-30")),
        ("cpl_mediate_60d_2024", day("2024-08-27")),
    ]


def test_a_rule_that_keeps_the_old_law_weighs_only_that(law: LimitLaw) -> None:
    due = ask(law, {"report_received": "2019-03-29"}, kind="举报", line="工商")
    change = due["case_aic_verify_7wd_2007"].change
    assert change is not None and change.effect == "从旧"
    assert [c.limit.id for c in change.compared] == ["case_aic_verify_7wd_2007"]


def test_a_rule_concerns_its_own_step_only(law: LimitLaw) -> None:
    """食药: to decide goes by the new law, to pass the matter on is another step."""
    found = ask(law, {"received": "2019-12-27"}, line="食药")
    change = found["cpl_12331_forward_5d_2016"].change
    assert change is not None and change.rule.id == "by_start_day"
    assert found["cpl_accept_7wd_2020"].change is not None
    assert [c.limit.id for c in found["cpl_accept_7wd_2020"].change.compared] == [
        "cpl_12331_accept_5d_2016",
        "cpl_accept_7wd_2020",
    ]


def test_a_step_due_on_the_very_day_of_change_is_open(law: LimitLaw) -> None:
    due = ask(law, {"received": "2026-04-03"})["cpl_accept_7wd_2026"]
    assert due.due == day("2026-04-15")
    assert due.change is not None and due.change.rule.id == "t2026_accept"
    assert "cpl_accept_7wd_2026" not in ask(law, {"received": "2026-04-02"})


def test_a_step_done_before_the_change_is_no_transition(law: LimitLaw) -> None:
    events = {"received": "2026-04-01", "accepted": "2026-04-02", "mediation_closed": "2026-04-14"}
    due = ask(law, events)["cpl_mediate_45wd_2020"]
    assert due.change is not None and due.change.rule.id == "p2024_mediate"
    later = ask(law, events | {"mediation_closed": "2026-04-15"})["cpl_mediate_45wd_2020"]
    assert later.change is not None and later.change.rule.id == "t2026_mediate"


def test_late_decision_after_the_change_goes_by_the_new_rule(law: LimitLaw) -> None:
    """The old last day had passed, yet the decision was made only under the new rule."""
    early = ask(law, {"received": "2026-03-02"})
    assert "cpl_accept_7wd_2020" in early and "cpl_accept_7wd_2026" not in early
    late = ask(law, {"received": "2026-03-02", "accepted": "2026-04-20"})
    assert late["cpl_accept_7wd_2026"].due == early["cpl_accept_7wd_2020"].due
    assert late["cpl_accept_7wd_2026"].late is True
    assert "cpl_accept_7wd_2020" not in late


def test_a_limit_that_outlives_its_text_names_the_general_rule(law: LimitLaw) -> None:
    """Three days to answer, two of them after the new procedure gave five."""
    events = {"report_received": "2021-06-01", "penalty_notice_served": "2021-07-13"}
    found = ask(law, events, kind="案件")
    due = found["hearing_statement_3d_old"]
    assert due.due == day("2021-07-16")
    assert due.change is not None and due.change.rule.id == "by_start_day"
    assert due.change.effect is None and due.change.control == day("2021-07-16")
    assert due.change.warn == due.warn == day("2021-07-16")
    assert [(c.limit.id, c.due, c.unrolled) for c in due.change.compared] == [
        ("hearing_statement_3d_old", day("2021-07-16"), day("2021-07-16"))
    ]
    assert "case_statement_5wd" not in found
    answered = ask(law, events | {"party_response": "2021-07-14"}, kind="案件")
    assert answered["hearing_statement_3d_old"].change is None
    in_time = ask(law, events | {"penalty_notice_served": "2021-07-09"}, kind="案件")
    assert in_time["hearing_statement_3d_old"].due == day("2021-07-14")
    assert in_time["hearing_statement_3d_old"].change is None


def test_every_answer_has_its_source_and_mark(law: LimitLaw) -> None:
    for due in ask(law, {"received": "2018-03-27"}).values():
        said = due.as_json(law.calendar)
        assert said["source"] and said["verification"] in ("V1", "V2", "M")
        assert said["status"] == "确定"


def test_what_has_not_begun_says_what_it_waits_for(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-04-14"})
    old, new = found["cpl_mediate_45wd_2020"], found["cpl_mediate_60d_2026"]
    assert old.notes == ("等待：受理决定作出之日", "2026-04-14 以前起算的适用")
    assert new.notes == ("等待：受理决定作出之日", "2026-04-15 起起算的适用")
    assert found["cpl_mediate_60d_2024"].notes == ("等待：受理决定作出之日",)
    assert (old.due, old.warn, old.late, old.status) == (None, None, None, "确定")
    assert old.value == LimitValue(numbers=(45,), unit=Unit.WORKDAY)


def test_the_first_and_the_last_day_of_a_rule_need_no_remark(law: LimitLaw) -> None:
    waits = ("等待：受理决定作出之日",)
    assert ask(law, {"received": "2026-04-15"})["cpl_mediate_60d_2026"].notes == waits
    last = ask(law, {"received": "2026-04-02"})
    assert last["cpl_accept_7wd_2020"].due == day("2026-04-14")
    assert last["cpl_mediate_45wd_2020"].notes == waits


def test_how_long_one_may_complain_goes_by_the_day_of_receipt(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-04-03", "accepted": "2026-04-20"})
    assert found["cpl_limit_3y_2020"].start is None
    assert found["cpl_limit_3y_2020"].ended == day("2026-04-03")
    assert "cpl_limit_3y_2026" not in found


def test_a_regime_without_a_clause_has_the_last_one(law: LimitLaw) -> None:
    more = made(law, Extension(), regime="Z")
    due = ask(more, {"received": "2026-05-06"})["made_up"]
    assert due.clause == law.rollover.clauses[-1]


def test_what_can_no_longer_begin_is_not_listed(law: LimitLaw) -> None:
    """Waiting limits are those in force from the last event to the last open due day."""
    assert "cpl_mediate_60d_2026" not in ask(law, {"received": "2026-04-02"})
    assert "cpl_mediate_60d_2026" in ask(law, {"received": "2026-04-03"}), "due on the 15th"
    accepted = ask(law, {"received": "2026-04-03", "accepted": "2026-04-15"})
    assert "cpl_terminate_notice_7wd_2020" not in accepted
    done = {"received": "2020-01-02", "accepted": "2020-01-03", "mediation_closed": "2020-02-03"}
    assert "cpl_terminate_notice_7wd_2020" in ask(law, done)


def test_an_open_step_keeps_later_law_in_sight(law: LimitLaw) -> None:
    events = {"received": "2026-03-02", "accepted": "2026-03-03"}
    assert "cpl_terminate_notice_7wd_2026" in ask(law, events)
    closed = ask(law, events | {"mediation_closed": "2026-03-20"})
    assert "cpl_terminate_notice_7wd_2026" not in closed


def test_waiting_limits_stand_in_the_order_of_events(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-04-20"})
    order = list(law.events.by_id)
    places = [order.index(due.limit.start or "") for due in found.values() if not due.start]
    assert places == sorted(places) and len(set(places)) > 3


def test_what_implies_what_does_not_depend_on_the_order_of_the_record(law: LimitLaw) -> None:
    implied = {"filing_decided": "verified", "filed": "filing_decided"}
    backwards = replace(law, matters=law.matters.model_copy(update={"implied": implied}))
    events = {"report_received": "2025-03-03", "filed": "2025-03-10"}
    assert ask(backwards, events, kind="举报")["case_verify_15wd"].ended == day("2025-03-10")


def test_a_limit_without_a_day_still_tells_when_it_was_met(law: LimitLaw) -> None:
    events = {"report_received": "2018-03-27", "filing_decided": "2018-04-02"}
    told = events | {"reporter_notified": "2018-04-04"}
    due = ask(law, told, kind="举报", line="工商")["rpt_aic_notice_nonfiling_2007"]
    assert (due.ended, due.late) == (day("2018-04-04"), None)


def test_every_regime_has_its_clause_on_the_last_day(law: LimitLaw) -> None:
    found = ask(law, {"received": "2024-07-01", "accepted": "2024-07-01"})
    assert found["cpl_mediate_60d_2024"].clause.label == "上位法期间通例"
    assert found["cpl_mediate_45wd_2020"].clause.label == "暂行办法没有期间条款"
    later = ask(law, {"received": "2026-05-06", "accepted": "2026-05-06"})
    assert later["cpl_mediate_60d_2026"].clause.verification == "V1"


def test_the_first_day_on_record_is_answered(law: LimitLaw) -> None:
    found = ask(law, {"received": "1998-03-12"})
    assert found["cpl_12365_decide_7d_1998"].due == day("1998-03-19")
    with pytest.raises(CasebaseError):
        ask(law, {"received": "1998-03-11"})


def test_running_limits_come_first_by_day(law: LimitLaw) -> None:
    found = list(ask(law, {"received": "2026-04-20", "accepted": "2026-04-21"}).values())
    starts = [due.start is not None for due in found]
    assert starts == sorted(starts, reverse=True)
    days = [due.due for due in found if due.due]
    assert days == sorted(days) and len(days) > 3


def test_events_move_the_later_limits(law: LimitLaw) -> None:
    before = ask(law, {"received": "2026-05-06"})
    assert before["cpl_terminate_notice_7wd_2026"].due is None
    events = {"received": "2026-05-06", "termination_decided": "2026-06-18"}
    after = ask(law, events)
    assert after["cpl_terminate_notice_7wd_2026"].due == day("2026-06-30")
    assert after["cpl_mediate_60d_2026"].ended == day("2026-06-18"), "termination closes it"


def test_acceptance_is_the_decision(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-05-06", "accepted": "2026-05-15"})
    due = found["cpl_accept_7wd_2026"]
    assert (due.due, due.ended, due.late) == (day("2026-05-14"), day("2026-05-15"), True)
    on_time = ask(law, {"received": "2026-05-06", "accepted": "2026-05-14"})
    assert on_time["cpl_accept_7wd_2026"].late is False
    refused = ask(law, {"received": "2026-05-06", "reject_decided": "2026-05-07"})
    assert refused["cpl_accept_7wd_2026"].ended == day("2026-05-07")
    told = ask(law, {"received": "2026-05-06", "accepted": "2026-05-07", "decided": "2026-05-08"})
    assert told["cpl_accept_7wd_2026"].ended == day("2026-05-08"), "what is given goes first"


def test_filing_is_the_decision_to_file(law: LimitLaw) -> None:
    found = ask(law, {"report_received": "2025-03-03", "filed": "2025-03-10"}, kind="举报")
    assert found["case_verify_15wd"].ended == day("2025-03-10")
    assert found["rpt_filing_notice_5wd_2020"].due == day("2025-03-17")
    assert found["case_dispose_90d"].due == day("2025-06-09"), "90 days end on a Sunday"


def test_a_case_is_listed_for_a_report_only_once_filed(law: LimitLaw) -> None:
    assert "case_dispose_90d" not in ask(law, {"report_received": "2025-03-03"}, kind="举报")
    assert "case_dispose_90d" in ask(law, {"report_received": "2025-03-03"}, kind="案件")


def test_a_mixed_matter_has_both_and_each_once(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-05-06"}, kind="混合")
    assert found["cpl_accept_7wd_2026"].start == found["case_verify_15wd"].start
    assert found.keys() == ask(law, {"received": "2026-05-06"}, kind="投诉举报").keys()


@pytest.mark.parametrize("kind", ["投诉", "举报", "案件", "混合"])
def test_what_is_no_step_of_the_matter_is_not_listed(law: LimitLaw, kind: str) -> None:
    receipt = law.kinds[kind].receipts[0]
    matters = {due.limit.matter for due in ask(law, {receipt: "2026-05-06"}, kind=kind).values()}
    assert matters <= {"投诉", "举报", "投诉举报", "案件", "公示"}


def test_hours_and_months_and_tiers(law: LimitLaw) -> None:
    events = {
        "report_received": "2026-05-06",
        "transfer_decided": "2026-05-08",
        "appeal_expired": "2026-08-31",
        "published": "2026-05-29",
        "penalty_decided": "2026-05-28",
    }
    found = ask(law, events, kind="案件")
    assert found["transfer_crime_send_24h"].due == day("2026-05-09"), "hours never roll over"
    assert found["transfer_crime_send_24h"].status == "确定"
    assert found["case_court_3m"].due == day("2026-11-30"), "no 31 November"
    tiers = found["pub_stop_3m_3y"]
    assert tiers.start == day("2026-05-29") and tiers.due is None
    assert tiers.notes == ("依情形分档，须先确定适用哪一档",)
    assert tiers.as_json(law.calendar)["value"] == [3, 36]


def test_a_duty_without_a_number_has_no_day(law: LimitLaw) -> None:
    events = {"report_received": "2018-03-27", "filing_decided": "2018-04-02"}
    due = ask(law, events, kind="举报", line="工商")["rpt_aic_notice_nonfiling_2007"]
    assert (due.start, due.due) == (day("2018-04-02"), None)
    assert due.notes == ("条文规定了义务，没有规定天数",)


def test_a_restart_leaves_other_limits_alone(law: LimitLaw) -> None:
    events = {"report_received": "2026-09-01", "last_report_received": "2026-09-18"}
    found = ask(law, events, kind="举报")
    assert found["case_verify_15wd"].start == day("2026-09-18")
    assert found["case_verify_15wd"].notes == ("自最后一次举报重新起算",)
    rule = found["rpt_restart_on_supplement_2026"]
    assert (rule.due, rule.notes) == (None, ("只规定重新起算，本身没有末日",))
    before = {"report_received": "2026-03-02", "last_report_received": "2026-04-14"}
    assert ask(law, before, kind="举报")["case_verify_15wd"].start == day("2026-03-02")


def test_a_limit_before_its_first_day_does_not_run(law: LimitLaw) -> None:
    events = {"report_received": "2018-03-27", "penalty_decided": "2018-09-03"}
    found = ask(law, events, kind="案件")
    assert "pub_same_province_20wd" not in found and "pub_aic_20wd_2014" in found


def test_a_year_without_notice_is_tentative_with_its_reason(law: LimitLaw) -> None:
    due = ask(law, {"received": "2026-12-08", "accepted": "2026-12-10"})["cpl_mediate_60d_2026"]
    assert due.unpublished == (2027,)
    assert due.reason is not None and "2027年" in due.reason
    none = ask(law, {"received": "2026-12-08", "accepted": "2026-12-10"}, roll="none")
    assert none["cpl_mediate_60d_2026"].status == "确定", "no roll-over, nothing to know"


@given(st.dates(date(2026, 10, 1), date(2040, 12, 31)))
def test_no_day_to_come_crashes(bundled: Casebase, received: date) -> None:
    found = ask(bundled.limit_law, {"received": received, "accepted": received})
    for due in found.values():
        years = {due.due.year, due.unrolled.year} if due.due and due.unrolled else set()
        assert due.status == ("暂定" if max(years, default=2026) > 2026 else "确定")


@given(
    st.dates(date(2018, 1, 1), date(2026, 12, 31)),
    st.integers(0, 40),
    st.sampled_from(["工商", "食药", "质监", "价格", None]),
)
def test_some_acceptance_and_mediation_always_govern(
    bundled: Casebase, received: date, wait: int, line: str | None
) -> None:
    """Whatever the day: 消法's reply runs, warnings never lie after due days."""
    accepted = received + timedelta(days=wait)
    found = ask(bundled.limit_law, {"received": received, "accepted": accepted}, line=line)
    assert found["cpl_law_reply_7wd"].due is not None
    for due in found.values():
        if due.due and due.unrolled and due.warn:
            assert due.warn <= due.unrolled <= due.due
            assert due.start in (received, accepted)
    mediation = [x for x in found.values() if x.due and x.limit.end == "mediation_closed"]
    if accepted >= date(2020, 1, 1):
        assert mediation and all(x.start == accepted for x in mediation)


def naive(bundled: Casebase, start: date, value: LimitValue) -> tuple[date, date]:
    """Last day and rolled-over last day by walking; the oracle of ``test_periods`` in short."""
    off = {d for y in bundled.calendar.years for d in y.weekdays_off}
    worked = {d for y in bundled.calendar.years for d in y.weekends_worked}
    n, last = int(value.numbers[0]), start

    def works(d: date) -> bool:
        return d in worked if d.isoweekday() > 5 else d not in off

    while n:
        last += timedelta(days=1)
        n -= value.unit is Unit.DAY or works(last)
    rolled = last
    while value.unit is Unit.DAY and not works(rolled):
        rolled += timedelta(days=1)
    return last, rolled


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_day_of_every_year_equals_walking(bundled: Casebase, year: int) -> None:
    """All limits of a complaint and a report received on each day 2018–2026."""
    start = date(year, 1, 1)
    while start.year == year:
        for kind, events in (
            ("投诉", {"received": start, "accepted": start, "clue_found": start}),
            ("举报", {"report_received": start, "filing_decided": start}),
        ):
            for due in due_dates(bundled.limit_law, events, kind=kind):
                if due.due:
                    assert due.value is not None and due.start == start
                    assert (due.unrolled, due.due) == naive(bundled, start, due.value), due
        start += timedelta(days=1)


# --- pauses and extensions ------------------------------------------------------------------


def test_a_pause_counts_only_for_its_ground(law: LimitLaw) -> None:
    events = {"report_received": "2025-03-03", "filed": "2025-03-10"}
    pause = (day("2025-04-01"), day("2025-04-30"))

    def disposed(ground: str | None) -> date | None:
        return ask(law, events, kind="案件", pauses=[Pause(*pause, ground)])["case_dispose_90d"].due

    plain = ask(law, events, kind="案件")["case_dispose_90d"].due
    assert plain == day("2025-06-09")
    assert disposed(None) == disposed("鉴定检测") == disposed("听证") == day("2025-07-08")
    verify = ask(law, events, kind="案件", pauses=[Pause(*pause, "听证")])["case_verify_15wd"]
    assert verify.paused == 0


def test_two_grounds_on_the_same_days_count_once(law: LimitLaw) -> None:
    events = {"report_received": "2025-03-03", "filed": "2025-03-10"}
    pauses = [
        Pause(day("2025-04-01"), day("2025-04-20"), "听证"),
        Pause(day("2025-04-11"), day("2025-04-30")),
    ]
    due = ask(law, events, kind="案件", pauses=pauses)["case_dispose_90d"]
    assert (due.paused, due.due) == (30, day("2025-07-08"))


def test_a_pause_outside_the_period_changes_nothing(law: LimitLaw) -> None:
    events = {"received": "2026-05-06", "accepted": "2026-05-07"}
    plain = ask(law, events)["cpl_mediate_60d_2026"]
    for first, last in (("2026-01-01", "2026-05-07"), ("2026-07-07", "2026-08-01")):
        paused = ask(law, events, pauses=[Pause(day(first), day(last))])["cpl_mediate_60d_2026"]
        assert (paused.unrolled, paused.paused) == (plain.unrolled, 0)
    touching = ask(law, events, pauses=[Pause(day("2026-07-06"), day("2026-07-06"))])
    assert touching["cpl_mediate_60d_2026"].paused == 1


def test_an_extension_of_a_waiting_limit_is_kept_in_mind(law: LimitLaw) -> None:
    found = ask(law, {"received": "2026-05-06"}, extensions=["cpl_clue_verify_15wd_2026"])
    assert found["cpl_clue_verify_15wd_2026"].extended is True
    assert found["cpl_accept_7wd_2026"].extended is False


def made(
    law: LimitLaw,
    extension: Extension,
    number: int = 10,
    unit: Unit = Unit.DAY,
    excluded: tuple[str, ...] = (),
    regime: str = "D",
) -> LimitLaw:
    """The law with one more limit, as a new file in ``time_limits`` would add it."""
    limit = TimeLimit(
        id="made_up",
        label="新增",
        matter="投诉",
        regime=regime,
        start="received",
        end="decided",
        values={date(2020, 1, 1): LimitValue(numbers=(number,), unit=unit)},
        extension=extension,
        excluded=excluded,
        source=LimitSource(title="某办法", article="待核"),
        verification="M",
    )
    return LimitLaw(
        LimitBook([*law.limits, limit]),
        law.calendar,
        law.events,
        law.matters,
        law.rollover,
        law.transitions,
    )


@pytest.mark.parametrize(
    ("extension", "due", "reason"),
    [
        (Extension(number=20, unit=Unit.DAY, mode="另加"), "2026-06-05", "10 + 20 days"),
        (Extension(number=20, unit=Unit.DAY, mode="延至"), "2026-05-26", "20 days in all"),
        (Extension(number=1, unit=Unit.MONTH, mode="另加"), "2026-06-16", "10 days, then a month"),
        (Extension(number=1, unit=Unit.MONTH, mode="延至"), "2026-06-06", "a month in all"),
        (Extension(number=5, mode="另加"), "2026-05-21", "the unit of the limit"),
        (Extension(number=5, unit=Unit.WORKDAY, mode="另加"), "2026-05-22", "then working days"),
    ],
)
def test_adding_to_and_extending_to(
    law: LimitLaw, extension: Extension, due: str, reason: str
) -> None:
    more = made(law, extension)
    found = ask(more, {"received": "2026-05-06"}, extensions=["made_up"])["made_up"]
    assert found.unrolled == day(due), reason
    assert found.extended


@pytest.mark.parametrize(
    ("extension", "unrolled", "paused", "reason"),
    [
        (Extension(number=4, unit=Unit.DAY, mode="另加"), "2026-05-24", 4, "14 + 4 days"),
        (Extension(number=14, unit=Unit.DAY, mode="延至"), "2026-05-24", 4, "the same in all"),
        (Extension(number=4, unit=Unit.WORKDAY, mode="另加"), "2026-05-26", 4, "18th, then 4"),
    ],
)
def test_pauses_count_in_an_extension_too(
    law: LimitLaw, extension: Extension, unrolled: str, paused: int, reason: str
) -> None:
    """Two days left out in the first ten, two after them."""
    more = made(law, extension, excluded=("鉴定",))
    pauses = [
        Pause(day("2026-05-08"), day("2026-05-09")),
        Pause(day("2026-05-19"), day("2026-05-20")),
    ]
    found = ask(more, {"received": "2026-05-06"}, pauses=pauses, extensions=["made_up"])
    assert (found["made_up"].unrolled, found["made_up"].paused) == (day(unrolled), paused), reason


@pytest.mark.parametrize(("received", "years"), [("2026-12-25", (2027,)), ("2026-12-18", ())])
def test_an_extension_in_another_unit_keeps_doubts(
    law: LimitLaw, received: str, years: tuple[int, ...]
) -> None:
    extension = Extension(number=2, unit=Unit.DAY, mode="另加")
    more = made(law, extension, 5, Unit.WORKDAY)
    due = ask(more, {"received": received}, extensions=["made_up"])["made_up"]
    assert due.unpublished == years
    days = made(law, Extension(number=2, unit=Unit.WORKDAY, mode="另加"), 5, Unit.HOUR)
    due = ask(days, {"received": "2026-12-30"}, extensions=["made_up"])["made_up"]
    assert (due.due, due.paused, due.unpublished) == (day("2027-01-01"), 0, (2027,))


# --- misuse -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "more", "words"),
    [
        ({}, {}, ["缺少收到日", "received", "收到投诉"]),
        ({"accepted": "2026-05-07"}, {}, ["缺少收到日"]),
        ({"received": "2026-05-06"}, {"kind": "咨询"}, ["没有“咨询”这一种类", "投诉、举报、案件"]),
        (
            {"received": "2026-05-06"},
            {"line": "烟草"},
            ["没有“烟草”这一条线", "工商", "食药", "质监", "价格"],
        ),
        (
            {"received": "2026-05-06"},
            {"roll": "weekend"},
            ["没有“weekend”这一顺延方式", "holiday_block", "strict"],
        ),
        (
            {"received": "2026-05-06", "acceptd": "2026-05-07"},
            {},
            ["没有“acceptd”这一事件", "accepted"],
        ),
        (
            {"received": "2026-05-06", "accepted": "2026-05-05"},
            {},
            ["受理决定作出之日", "2026-05-05", "早于", "收到投诉", "2026-05-06"],
        ),
        (
            {"received": "2026-05-06", "mediation_closed": "2026-05-08", "accepted": "2026-05-09"},
            {},
            ["调解终结", "早于", "受理决定"],
        ),
        ({"received": "2026-05-06", "mediation_closed": "2026-05-05"}, {}, ["早于", "收到投诉"]),
        (
            {"report_received": "2026-05-06", "seized": "2026-05-08", "seizure_end": "2026-05-07"},
            {"kind": "案件"},
            ["查封、扣押期满", "早于", "实施查封、扣押"],
        ),
        ({"received": "2026-05-06", "knew_or_should_know": "2026-05-07"}, {}, ["早于"]),
        ({"received": "1990-05-06"}, {}, ["1990-05-06", "没有收录", "1998-03-12"]),
        ({"received": "2300-05-06"}, {}, ["超出", "2055"]),
        ({"received": "1900-05-06"}, {}, ["超出", "1989"]),
        (
            {"received": "2026-05-06"},
            {"pauses": [Pause(date(2026, 5, 9), date(2026, 5, 8))]},
            ["前后颠倒", "2026-05-09..2026-05-08"],
        ),
        (
            {"received": "2026-05-06"},
            {"pauses": [Pause(date(2026, 5, 9), date(2026, 5, 9), "出差")]},
            ["没有“出差”这一扣除事由", "鉴定检测", "听证"],
        ),
        (
            {"received": "2026-05-06"},
            {"pauses": [Pause(date(2026, 5, 9), date(9999, 5, 9))]},
            ["超出"],
        ),
        (
            {"received": "2026-05-06"},
            {"pauses": [Pause(date(1, 5, 9), date(2026, 5, 9))]},
            ["超出"],
        ),
        (
            {"received": "2026-05-06"},
            {"pauses": [Pause(date(2026, 5, 9), date(2026, 5, 9))] * 201},
            ["200"],
        ),
        (
            {"received": "2026-05-06"},
            {"extensions": ["case_verify"]},
            ["这一时限", "case_verify_15wd"],
        ),
        (
            {"received": "2026-05-06"},
            {"extensions": ["cpl_accept_7wd_2026"]},
            ["投诉受理决定", "没有延长的规定"],
        ),
        (
            {"received": "2026-05-06"},
            {"extensions": ["cpl_limit_3y_2026"]},
            ["投诉期限", "没有延长的数值"],
        ),
        (
            {"received": "2026-05-06"},
            {"extensions": ["cpl_clue_verify_15wd_2026"] * 2},
            ["写了两次"],
        ),
        (
            {"received": "2026-05-06"},
            {"extensions": ["case_aic_verify_7wd_2007"]},
            ["“工商线举报-核查", "不是本件的时限", "cpl_clue_verify_15wd_2026"],
        ),
        (
            {"received": "2018-03-27"},
            {"extensions": ["case_verify_15wd"], "line": "价格"},
            ["线索核查", "不是本件的时限。本件没有可以延长的时限。"],
        ),
    ],
)
def test_misuse_is_refused_in_words(
    law: LimitLaw, events: dict[str, str], more: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(CasebaseError) as refused:
        ask(law, events, **more)
    assert [word for word in words if word not in str(refused.value)] == []


def test_two_hundred_pauses_are_accepted(law: LimitLaw) -> None:
    pauses = [Pause(date(2026, 5, 9), date(2026, 5, 9))] * 200
    assert ask(law, {"received": "2026-05-06"}, pauses=pauses)


def test_events_of_the_same_day_are_in_order(law: LimitLaw) -> None:
    same = dict.fromkeys(("received", "accepted", "mediation_closed"), "2026-05-06")
    assert ask(law, same)["cpl_mediate_60d_2026"].late is False


def test_a_pause_to_the_end_of_the_calendar_ends(law: LimitLaw) -> None:
    events = {"received": "2026-05-06", "accepted": "2026-05-07"}
    pause = Pause(date(2026, 5, 8), date(2050, 1, 1))
    due = ask(law, events, pauses=[pause])["cpl_mediate_60d_2026"]
    assert due.unrolled == date(2050, 3, 2)
