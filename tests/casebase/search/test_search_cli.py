"""``caseguide search`` and ``index``: the JSON contract, misuse, hostile input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from casebase.commands.index import app as index_app
from casebase.commands.search import search
from casebase.curation import layout
from casebase.curation.store import open_casebase
from casebase.search import engine


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled records parsed once: reading YAML is the slowest part of these tests."""
    folder = tmp_path_factory.mktemp("parsed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEGUIDE_CACHE", str(folder))
        open_casebase(layout.BUNDLED)
    return folder


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, records: Path, tmp_path: Path, encoder: Any, parsed: Path
) -> Any:
    """The commands on one bundled case with the fake encoder."""
    shutil.copytree(parsed, tmp_path / "cache")
    monkeypatch.setenv("CASEGUIDE_RECORDS", str(records))
    monkeypatch.setenv("CASEGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(engine, "open_encoder", lambda model=None, progress=None: encoder)
    monkeypatch.setattr(engine, "encoder_id", lambda model=None: encoder.id)
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command("search")(search)
    app.add_typer(index_app, name="index")
    runner = CliRunner()
    return lambda *words, stdin=None: runner.invoke(app, list(words), input=stdin)


def test_json_has_the_agreed_form(run: Any) -> None:
    result = run("search", "定制的衣柜和效果图不一样", "--json", "--on", "2026-01-01")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert set(answer) == {"query", "on", "hits", "notes"}
    assert answer["query"] == "定制的衣柜和效果图不一样"
    assert answer["on"] == "2026-01-01"
    hit = answer["hits"][0]
    assert {"id", "title", "score", "subject", "issues", "disposition", "citations", "why"} <= set(
        hit
    )
    assert hit["id"] == "XC-2021-FUR-001"
    assert hit["subject"] == "g_furniture"
    assert 0 <= hit["score"] <= 1
    assert {"statute": "L-XF", "article": 24} in hit["citations"]
    assert result.stderr == "" or "\r" not in result.stdout


def test_a_draft_is_not_shown_to_others(run: Any, case_file: Path) -> None:
    """It may still hold names, and says 待填 where something is open."""
    text = case_file.read_text(encoding="utf-8")
    case_file.write_text(text.replace("状态: 送审", "状态: 草稿"), encoding="utf-8")
    answer = json.loads(run("search", "定制的衣柜和效果图不一样", "--json").stdout)
    assert answer["hits"] == []


def test_without_a_day_it_is_today(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEGUIDE_TODAY", "2026-11-23")
    assert json.loads(run("search", "衣柜", "--json").stdout)["on"] == "2026-11-23"


def test_people_see_names_not_ids_and_no_percentage(run: Any) -> None:
    result = run("search", "定制的衣柜货不对板，约定的交货期过了")
    assert result.exit_code == 0
    assert "家具" in result.stdout
    assert "《消费者权益保护法》第24条" in result.stdout
    assert "%" not in result.stdout
    assert "相近程度 高" in result.stdout


def test_a_dash_reads_standard_input_even_gb18030(run: Any) -> None:
    for encoding in ("utf-8", "gb18030"):
        result = run("search", "-", "--json", stdin="定制衣柜退货".encode(encoding))
        assert json.loads(result.stdout)["query"] == "定制衣柜退货"


def test_a_megabyte_of_standard_input_is_answered(run: Any) -> None:
    result = run("search", "-", "--json", stdin=("定制衣柜退货。" * 50_000).encode())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["hits"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "二者选一"),
        (("退货", "--batch", "-"), "二者选一"),
        ((" ",), "没有写投诉内容"),
        (("退货", "-k", "0"), "-k 至少为 1"),
        (("退货", "--on", "去年"), "2024-06-30"),
        (("退货", "--subject", "家俱"), "相近的有"),
        (("退货", "--channel", "没有"), "渠道"),
        (("--batch", "没有.jsonl"), "找不到批量文件"),
        (("退货", "--records", "没有"), "没有"),
    ],
)
def test_misuse_is_told_in_chinese_with_code_2(run: Any, words: Any, message: str) -> None:
    result = run("search", *words)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["😀😀", "……！！", "\u200b"])
def test_symbols_give_no_hits_and_a_note(run: Any, text: str) -> None:
    result = run("search", text, "--json")
    if result.exit_code == 0:
        answer = json.loads(result.stdout)
        assert answer["hits"] == []
        assert answer["notes"]
    else:
        assert result.exit_code == 2


def test_a_lone_surrogate_does_not_break_the_output(run: Any) -> None:
    result = run("search", "定制衣柜\udcff退货", "--json")
    assert result.exit_code == 0
    json.loads(result.stdout)


def test_batch_answers_good_lines_and_names_bad_ones(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "件.jsonl"
    good = [{"id": "a", "text": "定制衣柜退货"}, {"id": 7, "text": "床垫有味道"}]
    lines = [json.dumps(item, ensure_ascii=False).encode() for item in good]
    bad = [b"{", b"[1]", b'{"id": "x"}', b'{"text": ""}', b"\xff\xfe", b'{"text": 5}']
    path.write_bytes(b"\n".join([lines[0], *bad, b"", lines[1]]))
    result = run("search", "--batch", str(path), "-k", "1")
    answers = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [answer["id"] for answer in answers] == ["a", 7]
    assert all({"id", "query", "on", "hits"} <= set(answer) for answer in answers)
    assert result.exit_code == 1
    for number in range(2, 8):
        assert f"件.jsonl:{number} " in result.stderr


def test_batch_reads_standard_input(run: Any) -> None:
    result = run("search", "--batch", "-", stdin='{"id":"1","text":"衣柜退货"}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["id"] == "1"


def test_an_overlong_line_is_refused_and_the_next_one_read(run: Any) -> None:
    long = json.dumps({"id": "1", "text": "退" * 500_000}, ensure_ascii=False)
    result = run("search", "--batch", "-", stdin=f'{long}\n{{"id":"2","text":"衣柜"}}\n')
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["2"]
    assert "标准输入:1 " in result.stderr


def test_status_tells_missing_fresh_stale_and_damaged(
    run: Any, case_file: Path, tmp_path: Path
) -> None:
    def state() -> tuple[str, int]:
        result = run("index", "status", "--json")
        return json.loads(result.stdout)["state"], result.exit_code

    assert state() == ("没有", 1)
    assert run("index", "build").exit_code == 0
    assert state() == ("最新", 0)
    case_file.write_text(
        case_file.read_text(encoding="utf-8").replace("拐角衣柜书柜", "转角衣柜"), encoding="utf-8"
    )
    assert state() == ("过期", 1)
    assert run("search", "转角衣柜").exit_code == 0  # brings it up to date on the way
    assert state() == ("最新", 0)
    for path in (tmp_path / "cache" / "index").rglob("vectors.npy"):
        path.write_bytes(path.read_bytes()[:-1])
    assert state() == ("损坏", 1)
    result = run("search", "转角衣柜")
    assert "重新建立" in result.stderr
    assert state() == ("最新", 0)


def test_an_unchanged_casebase_is_not_read_again(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("search", "衣柜").exit_code == 0

    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("read the casebase")

    monkeypatch.setattr("casebase.curation.store.open_casebase", forbidden)
    assert run("search", "衣柜").exit_code == 0


def test_an_unreadable_record_is_mentioned_each_time(run: Any, case_file: Path) -> None:
    (case_file.parent / "XC-2021-FUR-002.yaml").write_text("编号: [", encoding="utf-8")
    for _ in range(2):
        assert "caseguide check" in run("search", "衣柜").stderr


@pytest.mark.parametrize("words", [("search", "--help"), ("index", "build", "--help")])
def test_help_is_chinese_and_ends_with_an_example(run: Any, words: Any) -> None:
    assert "例：caseguide" in run(*words).output
