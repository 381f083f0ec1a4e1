"""``caseguide limits``: the JSON contract, the printed table, misuse in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from rich.cells import cell_len
from typer.testing import CliRunner

from casebase.commands.limits import limits
from guide_builder.cli import app as whole

CONTRACT = {
    *("id", "label", "from", "to", "start", "due", "due_unrolled"),
    *("unit", "value", "source", "verification", "status"),
}
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("CASEGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CASEGUIDE_RECORDS", raising=False)
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command("limits")(limits)
    app.command("other")(lambda: None)
    return lambda *words: CliRunner().invoke(app, ["limits", *words])


def items(run: Run, *words: str) -> dict[str, dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return {item["id"]: item for item in json.loads(result.stdout)["items"]}


def test_json_has_the_agreed_form(run: Run) -> None:
    found = items(run, "--received", "2026-04-15", "--kind", "投诉")
    for item in found.values():
        assert set(item) >= CONTRACT
        assert item["status"] in ("确定", "暂定")
    accept = found["cpl_accept_7wd_2026"]
    assert {key: accept[key] for key in sorted(CONTRACT)} == {
        "id": "cpl_accept_7wd_2026",
        "label": "投诉受理决定",
        "from": "received",
        "to": "decided",
        "start": "2026-04-15",
        "due": "2026-04-24",
        "due_unrolled": "2026-04-24",
        "unit": "工作日",
        "value": 7,
        "source": "《市场监督管理投诉举报处理办法》（总局令第121号）第15条",
        "verification": "V1",
        "status": "确定",
    }
    waiting = found["cpl_mediate_60d_2026"]
    assert (waiting["start"], waiting["due"], waiting["value"]) == (None, None, 60)
    assert waiting["notes"] == ["等待：受理决定作出之日"]


def test_json_tells_what_moved_the_day(run: Run) -> None:
    words = ("--received", "2026-04-03", "--event", "accepted=2026-04-10")
    found = items(run, *words, "--pause", "2026-04-20..2026-04-24")
    item = found["cpl_mediate_60d_2024"]
    assert item["due_unrolled"] == "2026-06-14"
    assert item["due"] == "2026-06-15"
    assert item["warn"] == "2026-06-14"
    assert item["paused_days"] == 5
    assert item["excluded"] == ["鉴定检测时间"]
    assert item["transition"]["id"] == "t2026_mediate"
    assert item["transition"]["verification"] == "M"
    assert item["roll"]["mode"] == "holiday_block"
    assert item["counted_from"] == "2026-04-11"
    assert found["cpl_accept_7wd_2020"]["roll"] is None
    assert found["cpl_accept_7wd_2020"]["done"] == "2026-04-10"
    assert found["cpl_accept_7wd_2020"]["late"] is False


def test_receipt_goes_to_the_event_of_the_kind(run: Run) -> None:
    found = items(run, "--received", "2018-03-27", "--kind", "举报", "--line", "工商")
    assert found["case_aic_verify_7wd_2007"]["start"] == "2018-03-27"
    assert found["case_aic_verify_7wd_2007"]["extension"] == "可延长至共15个工作日（特殊情况）"
    longer = items(
        run,
        *("--received", "2018-03-27", "--kind", "举报", "--line", "工商"),
        *("--extend", "case_aic_verify_7wd_2007"),
    )
    assert longer["case_aic_verify_7wd_2007"]["due"] == "2018-04-18"
    assert longer["case_aic_verify_7wd_2007"]["extended"] is True


def test_a_year_without_notice_says_why(run: Run) -> None:
    found = items(run, "--received", "2026-12-01", "--event", "accepted=2026-12-20")
    item = found["cpl_mediate_60d_2026"]
    assert item["status"] == "暂定" and "2027年" in item["reason"]
    assert found["cpl_accept_7wd_2026"]["reason"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("--received", "2018-03-27"),
        ("--received", "2026-04-11", "--event", "accepted=2026-04-13"),
        ("--received", "2026-12-01", "--kind", "案件", "--event", "filed=2026-12-10"),
        ("--received", "2026-05-09", "--kind", "混合", "--pause", "2026-06-01..2026-06-09"),
    ],
)
def test_the_page_fits_a_hundred_columns(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["事项", "起算日", "末日", "未顺延末日", "期限", "核验", "状态"]
    assert max(cell_len(line) for line in lines) <= 100


def test_the_page_tells_rule_source_and_reasons(run: Run) -> None:
    words = ("--received", "2026-04-03", "--event", "accepted=2026-04-10")
    text = run(*words, "--pause", "2026-04-20..2026-04-24").stdout.replace("\n", "")
    for part in (
        "第46条第3款",
        "2026年4月15日交替",
        "已扣除 5 日",
        "预警日 2026-06-14",
        "2026-04-10 已办",
    ):
        assert part in text.replace("    ", ""), part
    text = run("--received", "2018-03-31").stdout
    assert "用 --line 指明" in text
    assert "起算日为非工作日，自 2018-04-02 数起" in text
    text = run("--received", "2026-05-06", "--pause", "2026-05-07..2026-05-08").stdout
    assert "没有扣除" in text
    text = run("--received", "2018-03-27", "--kind", "举报", "--line", "质监").stdout
    assert "没有这一天、这一条线的时限" in text
    late = run("--received", "2026-05-06", "--event", "accepted=2026-06-10").stdout
    assert "2026-06-10 已办，超期" in late
    many = run(
        "--received",
        "2026-05-06",
        "--extend",
        "cpl_clue_verify_15wd_2026",
        "--event",
        "clue_found=2026-05-08",
    ).stdout
    assert "已延长：" in many


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "缺少收到日"),
        (("--received", "2026-4-15"), "请写成 2026-04-15"),
        (("--received", "20260415"), "请写成 2026-04-15"),
        (("--received", "2026-02-30"), "不是日期"),
        (("--received", "２０２６-04-15"), "不是日期"),
        (("--received", "2026-04-15", "--kind", "咨询"), "投诉、举报、案件"),
        (("--received", "2026-04-15", "--line", "烟草"), "工商"),
        (("--received", "2026-04-15", "--roll", "x"), "holiday_block"),
        (("--received", "2026-04-15", "--event", "accepted"), "事件=日期"),
        (("--received", "2026-04-15", "--event", "acepted=2026-04-16"), "accepted"),
        (("--received", "2026-04-15", "--event", "accepted=x"), "--event accepted"),
        (
            ("--received", "2026-04-15", *("--event", "accepted=2026-04-16") * 2),
            "写了两次",
        ),
        (("--received", "2026-04-15", "--event", "received=2026-04-15"), "只写一个"),
        (("--received", "2026-04-15", "--pause", "2026-05-01"), "起日..止日"),
        (("--received", "2026-04-15", "--pause", "2026-05-01..x"), "--pause"),
        (("--received", "2026-04-15", "--pause", "2026-05-02..2026-05-01"), "前后颠倒"),
        (("--received", "2026-04-15", "--pause", "2026-05-02..2026-05-03=出差"), "鉴定检测"),
        (("--received", "2026-04-15", "--extend", "nonsense"), "没有“nonsense”"),
        (("--received", "2026-04-15", "--records", "/nowhere"), "找不到案例库文件夹"),
    ],
)
def test_misuse_is_one_chinese_line(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", "")
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_it_is_a_verb_of_caseguide_with_an_example() -> None:
    result = CliRunner().invoke(whole, ["limits", "--help"])
    assert result.exit_code == 0
    assert "caseguide limits --received 2026-04-15" in result.stdout


def test_adding_a_limit_is_adding_one_file(run: Run, records: Path) -> None:
    text = (records / "law" / "time_limits" / "cpl_accept_7wd_2026.yaml").read_text("utf-8")
    text = text.replace("cpl_accept_7wd_2026", "cpl_new_9d").replace(
        "数: [7], 单位: 工作日", "数: [9], 单位: 日"
    )
    (records / "law" / "time_limits" / "cpl_new_9d.yaml").write_text(text, encoding="utf-8")
    found = items(run, "--received", "2026-05-06", "--records", str(records))
    assert found["cpl_new_9d"]["due_unrolled"] == "2026-05-15"


def test_changing_the_roll_over_is_editing_one_file(run: Run, records: Path) -> None:
    file = records / "law" / "rollover.yaml"
    text = file.read_text("utf-8")
    words = (
        "--received",
        "2026-03-02",
        "--event",
        "accepted=2026-03-03",
        "--records",
        str(records),
    )
    assert items(run, *words)["cpl_mediate_60d_2024"]["due"] == "2026-05-06"
    file.write_text(text.replace("默认: holiday_block", "默认: none"), encoding="utf-8")
    assert items(run, *words)["cpl_mediate_60d_2024"]["due"] == "2026-05-02"
    file.write_text(text.replace("默认: holiday_block", "默认: never"), encoding="utf-8")
    refused = run(*words)
    assert refused.exit_code == 2 and "never" in refused.stderr
