"""What the casebase covers: counts that add up, and gaps that are really gaps."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from casebase.curation.coverage import coverage
from casebase.curation.store import Casebase
from guide_builder.cli import app


def test_every_case_is_counted_once(bundled: Casebase) -> None:
    table = coverage(bundled)
    assert sum(row.total for row in table.subjects) == len(bundled.cases)
    assert len(table.subjects) == len(bundled.taxonomies["subject"].terms)
    for row in table.subjects:
        chosen = [c for c in bundled.cases if c.classification.subject == row.term.id]
        assert row.brief == sum(c.is_brief for c in chosen)
        for tag, number in row.counts["issue"].items():
            assert number == sum(tag in c.classification.issues for c in chosen)


def test_gaps_are_what_no_case_has(bundled: Casebase) -> None:
    table = coverage(bundled)
    used = {i for c in bundled.cases for i in c.classification.issues}
    assert {t.id for t in table.unused["issue"]}.isdisjoint(used)
    assert {t.id for t in table.unused["issue"]} | used == {
        t.id for t in bundled.taxonomies["issue"].terms
    }
    assert {row.term.id for row in table.local_gaps} >= {"g_furniture", "g_jewelry_pearl"}


def test_the_command_shows_table_and_gaps(records: Path) -> None:
    run = CliRunner().invoke
    shown = run(app, ["case", "coverage", "--records", str(records)])
    assert shown.exit_code == 0 and "家具（蠡口家具）" in shown.output
    assert "供稿空缺：渭塘珍珠" in shown.output and "没有案例的问题类型：" in shown.output
    one = run(app, ["case", "coverage", "--records", str(records), "--subject", "g_furniture"])
    assert "还没有：" in one.output and "举报处置" in one.output
    data = json.loads(run(app, ["case", "coverage", "--records", str(records), "--json"]).output)
    assert sum(row["cases"] for row in data["subjects"]) == 1
    assert "g_furniture" in data["gaps"]["local"]
    wrong = run(app, ["case", "coverage", "--records", str(records), "--subject", "家俱"])
    assert wrong.exit_code == 2 and "没有“家俱”这个品类" in wrong.output
