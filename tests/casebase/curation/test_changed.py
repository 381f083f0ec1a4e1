"""After an amendment: exactly the cases and the parts of the guide that rest on it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebase.curation import layout
from casebase.curation.checks import check
from casebase.curation.checks.law import days_of
from casebase.curation.dependents import dependents
from casebase.curation.store import Casebase, open_casebase
from guide_builder.cli import app
from guide_builder.dependents import guide_dependents


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """All bundled records, to be changed."""
    root = tmp_path / "records"
    shutil.copytree(layout.BUNDLED, root)
    return root


def end(copy: Path, statute: str, article: int, day: str) -> None:
    """Let one article end on ``day``."""
    file = copy / "law" / "statutes" / f"{statute}.yaml"
    lines = file.read_text(encoding="utf-8").split("\n")
    at = lines.index(f"  - 条: {article}")
    lines.insert(at + 1, f"    止: '{day}'")
    file.write_text("\n".join(lines), encoding="utf-8")


def test_an_article_that_ended_is_found_in_exactly_the_cases_that_rest_on_it(
    copy: Path, bundled: Casebase
) -> None:
    end(copy, "L-XF", 55, "2017-12-31")
    found = check(open_casebase(copy))
    over = date(2017, 12, 31)
    expected = {
        place.file
        for place in dependents(bundled, "L-XF", 55)
        if place.path == "现行法提示" or days_of(bundled.by_id[place.id]).start > over
    }
    assert expected
    assert {f.file for f in found} == expected
    assert {f.code for f in found} <= {"CB304", "CB323"}


def test_an_article_named_only_in_prose_is_found_too(copy: Path, bundled: Casebase) -> None:
    end(copy, "R-SAMR-121", 27, "2026-05-01")
    found = check(open_casebase(copy))
    expected = {
        item.file
        for item in dependents(bundled, "R-SAMR-121", 27)
        if item.path == "现行法提示" and "号令" in item.cited
    }
    assert len(expected) > 10
    assert (
        expected
        <= {f.file for f in found}
        <= {item.file for item in dependents(bundled, "R-SAMR-121", 27)}
    )
    assert {f.code for f in found} == {"CB323"}


def test_dependents_are_the_citations_and_the_prose(bundled: Casebase) -> None:
    for statute, article in (("L-XF", 55), ("L-SPAQ", 148), ("R-SAMR-121", 16)):
        places = dependents(bundled, statute, article)
        cited = {
            case.id
            for case in bundled.cases
            for c in case.citations
            if (c.statute, c.article) == (statute, article)
        }
        assert cited == {p.id for p in places if p.path.startswith("法律依据") and "条" in p.path}
        assert all(place.line > 0 for place in places)


def test_every_line_named_holds_what_is_cited(bundled: Casebase) -> None:
    for place in dependents(bundled, "R-SAMR-121"):
        text = (bundled.root / place.file).read_text(encoding="utf-8").split("\n")
        if not place.path.startswith("法律依据"):
            assert place.cited[:3] in text[place.line - 1], place


def test_a_range_covers_its_articles(bundled: Casebase) -> None:
    cited = {place.cited for place in dependents(bundled, "L-MFD", 586)}
    assert "民法典第五百八十五条至第五百八十七条" in cited


def test_parts_of_the_guide(bundled: Casebase) -> None:
    places = guide_dependents(bundled, "L-XF", 55)
    titles = [place.headings[-1] for place in places]
    rest = {p.title for p in dependents(bundled, "L-XF", 55)}
    assert rest <= {
        title.partition("　")[2].removesuffix("（简案）")
        for title in titles
        if title.startswith("案例")
    }
    assert "附录三　法律责任速查表" in titles
    assert all(place.page for place in places)


def test_the_guide_is_read_though_the_law_no_longer_bears_it_out(copy: Path) -> None:
    before = guide_dependents(open_casebase(copy), "R-SAMR-121", 16)
    end(copy, "R-SAMR-121", 16, "2026-05-01")
    after = guide_dependents(open_casebase(copy), "R-SAMR-121", 16)
    assert {p.anchor for p in before} - {p.anchor for p in after} <= {"goods", "services"}
    assert {"complaint", "app-7"} <= {p.anchor for p in before} | {p.anchor for p in after}


def test_the_command() -> None:
    done = CliRunner().invoke(app, ["check", "--changed", "消法55", "--json"])
    answer = json.loads(done.output)
    assert done.exit_code == 0
    assert (answer["statute"], answer["article"]) == ("L-XF", 55)
    assert answer["cases"]
    assert answer["guide"]
    shown = CliRunner().invoke(app, ["check", "--changed", "R-SAMR-121"]).output
    assert "须复查的案例" in shown
    assert CliRunner().invoke(app, ["check", "--changed", "没有的法"]).exit_code == 2
