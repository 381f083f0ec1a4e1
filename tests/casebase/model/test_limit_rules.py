"""Rules about limits refuse what cannot be meant."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from casebase.curation.store import Casebase
from casebase.model.limit_rules import Change

RULE = {
    "编号": "x",
    "名称": "x",
    "文字": "x",
    "依据": "x",
    "核验": "M",
    "变更日": date(2026, 4, 15),
    "起算": "received",
    "截止": "decided",
    "旧": ("C",),
    "新": ("D",),
}


@pytest.mark.parametrize(("effect", "since"), [("并存", None), ("从新", date(2024, 7, 1))])
def test_only_a_time_of_two_laws_has_a_beginning(effect: str, since: date | None) -> None:
    with pytest.raises(ValidationError, match="并存"):
        Change.model_validate({**RULE, "处理": effect, "自": since})


def test_the_rules_name_known_events_regimes_and_clauses(bundled: Casebase) -> None:
    law = bundled.limit_law
    events = set(law.events.by_id)
    matters = {limit.matter for limit in law.limits}
    regimes = {limit.regime for limit in law.limits}
    for kind in law.matters.kinds:
        assert set(kind.receipts) <= events
        for pick in (*kind.listed, *kind.when_given):
            assert pick.matter in matters
            assert {pick.start, pick.end} - {None} <= events
    assert {e for pair in law.matters.implied.items() for e in pair} <= events
    assert {e for chain in law.matters.order for e in chain} <= events
    for change in law.transitions.changes:
        assert {change.start, change.end} <= events
        assert {*change.old, *change.new} <= regimes
    assert regimes == {r for c in law.rollover.clauses for r in c.regimes}
    assert regimes == set(law.transitions.regimes)
