"""``caseguide statute``: what it answers, its JSON, its exit codes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebase import clock
from casebase.errors import CasebaseError
from guide_builder.cli import app

RUN = CliRunner()
KEYS = {"statute", "article", "paragraph", "item", "start", "end", "exists", "in_force"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CASEGUIDE_TODAY", "2026-11-23")
    monkeypatch.setenv("CASEGUIDE_LAW_TEXTS", str(tmp_path / "law_texts"))


def run(*args: str, stdin: str | None = None) -> tuple[int, str]:
    result = RUN.invoke(app, ["statute", *args], input=stdin)
    return result.exit_code, result.output


def test_an_article_on_a_day() -> None:
    code, shown = run("消法55", "--on", "2018-03-27")
    assert code == 0
    for words in ("《消费者权益保护法》第五十五条", "2014-03-15", "要旨", "救济"):
        assert words in shown


def test_the_json_contract() -> None:
    code, shown = run("食品安全法第一百四十八条第二款", "--on", "2024-01-01", "--json")
    answer = json.loads(shown)
    (citation,) = answer["citations"]
    assert code == 0
    assert {"text", "on", "citations"} <= answer.keys()
    assert KEYS | {"candidates"} <= citation.keys()
    assert (citation["statute"], citation["article"], citation["paragraph"]) == ("L-SPAQ", 148, 2)
    assert citation["exists"] is citation["in_force"] is True
    assert answer["text"][citation["start"] : citation["end"]] == citation["cited"]


def test_what_replaced_it_is_named_with_its_article() -> None:
    code, shown = run("20号令21", "--json")
    (citation,) = json.loads(shown)["citations"]
    assert code == 1
    assert citation["in_force"] is False
    assert citation["replaced_by"]["statute"] == "R-SAMR-121"
    assert citation["replaced_by"]["articles"] == [23]


def test_a_sentence_and_standard_input() -> None:
    code, shown = run(
        "-", "--json", "--on", "2020-01-01", stdin="按消法24条和同条第二款\n\n旅游法第3条\n"
    )
    first, second = (json.loads(line) for line in shown.splitlines())
    assert code == 1
    assert [c["paragraph"] for c in first["citations"]] == [None, 2]
    assert first["findings"] == []
    assert second["citations"][0]["statute"] is None
    assert second["findings"][0]["code"] == "CB341"


@pytest.mark.parametrize(
    ("text", "finding", "words"),
    [
        ("主席令第7号第5条", "CB342", "L-DS"),
        ("消费者权益保障法55", "CB341", "L-XF"),
        ("消法99", "CB343", "63"),
        ("20号令15", "CB344", "市场监督管理投诉举报处理办法"),
        ("没有法条的话", "CB341", "法规名称"),
    ],
)
def test_what_is_wrong_is_a_finding_with_a_way_out(text: str, finding: str, words: str) -> None:
    code, shown = run(text)
    assert code == 1
    assert finding in shown
    assert words in shown


def test_a_name_alone_answers_for_the_law() -> None:
    code, shown = run("消法")
    assert code == 0
    assert "2014-03-15" in shown


def test_a_wrong_day_is_misuse() -> None:
    assert run("消法55", "--on", "昨天")[0] == 2


def test_two_laws_side_by_side() -> None:
    code, shown = run("compare", "20号令", "121号令", "--json")
    rows = json.loads(shown)["rows"]
    assert code == 0
    by_old = {(row["old"], row["old_paragraph"]): row for row in rows if row["old"]}
    assert by_old[21, None]["new"] == 23
    assert by_old[31, 2]["change"] == "删除"
    assert {row["new"] for row in rows if row["change"] == "新增"} == {7, 17, 25, 26, 42, 45}


def test_two_versions_of_one_law() -> None:
    code, shown = run("compare", "反法", "--from", "2024-01-01", "--to", "2026-01-01", "--json")
    rows = json.loads(shown)["rows"]
    assert code == 0
    assert any(row["old"] == 18 and row["new"] == 23 for row in rows)
    assert run("compare", "反法")[0] == 2
    assert run("compare", "没有的法", "消法")[0] == 2


def test_help_ends_with_an_example() -> None:
    for args in ((), ("show",), ("import",), ("compare",)):
        code, shown = run(*args, "--help")
        assert code == 0
        assert "例：caseguide statute" in shown


def test_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.today() == date(2026, 11, 23)
    monkeypatch.setenv("CASEGUIDE_TODAY", "明天")
    with pytest.raises(CasebaseError, match="CASEGUIDE_TODAY"):
        clock.today()
    monkeypatch.delenv("CASEGUIDE_TODAY")
    assert clock.today().year >= 2026
