"""Does a case agree with itself, and with the other cases?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casebase.curation.checks import alike, check
from casebase.curation.moments import moment
from casebase.curation.money import sums
from casebase.curation.store import Casebase, open_casebase
from casebase.law.penalties import fine_range
from casebase.model import DateRange

Edit = Callable[[str, str], int]
D = date.fromisoformat


@pytest.mark.parametrize(
    ("words", "start", "end", "reason"),
    [
        ("2024年9月", "2024-09-01", "2024-09-30", "a month"),
        ("2024年2月下旬", "2024-02-21", "2024-02-29", "the last third of a leap February"),
        ("2018年11月26日", "2018-11-26", "2018-11-26", "a day"),
        ("2018-11-26", "2018-11-26", "2018-11-26", "ISO"),
        ("2021年（月份未载）", "2021-01-01", "2021-12-31", "the brackets are a remark"),
        ("2025年3月见报前（日期未载）", "0001-01-01", "2025-03-31", "some day before"),
        ("2025年7月（检查之后）", "2025-07-01", "2025-07-31", "后 stands in brackets"),
        ("2024年5月以后", "2024-05-01", None, "open"),
        ("2022年8月至2023年7月", "2022-08-01", "2023-07-31", "a stretch"),
        ("2024年9月至10月", "2024-09-01", None, "the second month names no year"),
        ("2017-2018", "2017-01-01", "2018-12-31", "two years, not a month 20"),
        ("2021年2月30日", None, None, "no such day"),
        ("接诉后（日期未载）", None, None, "no year"),
        ("投诉次日", None, None, "relative"),
    ],
)
def test_when(words: str, start: str | None, end: str | None, reason: str) -> None:
    wanted = DateRange(D(start), D(end) if end else None) if start else None
    assert moment(words) == wanted, reason


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("退还3000元，另赔1.2万元", {3000.0, 12000.0}),
        ("罚款１，２３４．５元", {1234.5}),
        ("赔偿五百元和二万三千元", {500.0, 23000.0}),
        ("罚没合计196万余元", {1960000.0}),
        ("第55条、3日、5件", set()),
    ],
)
def test_sums(text: str, wanted: set[float]) -> None:
    assert sums(text) == wanted


@pytest.mark.parametrize(
    ("penalty", "least", "most", "open_ended"),
    [
        ("5-50万", 50_000, 500_000, False),
        ("警告；拒改5000-5万", 5_000, 50_000, False),
        ("20-100万；情节严重100-200万，可吊照", 200_000, 2_000_000, False),
        ("10万以下", 0, 100_000, False),
        ("违法所得1-10倍；无所得50万以下", 0, 500_000, True),
        ("货值30%以下", 0, 0, True),
        ("5-10日拘留可并处500元以下", 0, 500, False),
    ],
)
def test_the_range_of_a_fine(penalty: str, least: int, most: int, open_ended: bool) -> None:
    found = fine_range(penalty)
    assert found is not None
    assert (found.least, found.most, found.open_ended) == (least, most, open_ended)
    assert fine_range("77条") is None


def test_every_penalty_on_record_is_a_sensible_range(bundled: Casebase) -> None:
    for statute in bundled.statutes:
        for article in statute.articles:
            found = fine_range(article.penalty) if article.penalty else None
            if found and not found.open_ended:
                assert 0 <= found.least < found.most, (statute.id, article.number)


COMPLAINT = "  投诉: 经区消保委调解达成协议"
REPORT = "  举报: 无举报事项，未见立案。"
STEP = "  - 时间: 调解终结（日期未载）"


@pytest.mark.parametrize(
    ("old", "new", "code", "reason"),
    [
        (COMPLAINT, "  投诉: 罚款5万元，经区消保委调解达成协议", "CB614", "a fine as 投诉 result"),
        (REPORT, "  举报: 商家赔偿消费者3000元。", "CB614", "a settlement as 举报 result"),
        ("d_accept, d_mediated]", "d_accept, d_penalized]", "CB615", "no penalty told"),
        (COMPLAINT, "  投诉: 无投诉事项。经区消保委调解", "CB615", "mediated, yet no complaint"),
        ("处理时: 2021\n", "处理时: 2021\n金额: {退款: 4321}\n", "CB616", "a sum nobody told"),
        (STEP, "  - 时间: 2019年5月", "CB612", "a step before the one before it"),
        ("处理时: 2021\n", "处理时: 2022\n", "CB612", "later than the report of it"),
        ("发布日期: '2021-05-14'", "发布日期: '2020-05-14'", "CB612", "told too early"),
    ],
)  # fmt: skip
def test_a_case_against_itself(
    records: Path, edit: Edit, old: str, new: str, code: str, reason: str
) -> None:
    edit(old, new)
    assert code in {f.code for f in check(open_casebase(records))}, reason


FINE = (
    "处理时: 2021\n",
    "处理时: 2021\n金额: {{罚款: {0}}}\n",
)
GOVERNING = (
    "法律依据:\n",
    "法律依据:\n  - {法规: L-JG, 条: 13, 时点: 行为时, 出处: 编者注, 说明: 明码标价}\n",
)


@pytest.mark.parametrize(
    ("fine", "found", "reason"),
    [(5000, False, "the highest there is"), (5001, True, "above it")],
)
def test_a_fine_against_the_article_cited(
    records: Path, edit: Edit, fine: int, found: bool, reason: str
) -> None:
    edit(FINE[0], FINE[1].format(fine))
    edit(*GOVERNING)
    edit("d_accept, d_mediated", "d_penalized")
    edit(REPORT, f"  举报: 处罚款{fine}元。")
    codes = {f.code for f in check(open_casebase(records))}
    assert ("CB611" in codes) is found, reason


@pytest.mark.parametrize(
    ("received", "decided", "verdict", "found", "reason"),
    [
        ("2021年3月1日", "2021年3月10日", "合规", False, "seven working days"),
        ("2021年3月1日", "2021年3月11日", "合规", True, "eight working days"),
        ("2021年3月1日", "2021年3月11日", "超期", False, "said to be late"),
        ("2021年3月1日", "2021年3月10日", "超期", True, "not late at all"),
        ("2021年3月", "2021年4月", "合规", False, "31 March to 1 April is possible"),
        ("2021年3月", "2021年5月", "合规", True, "no two days of these months fit"),
        ("2021年3月", "2021年5月", "来源未载，无法判定", True, "late, and not accounted for"),
    ],
)
def test_a_limit_against_the_days_told(
    records: Path, case_file: Path, received: str, decided: str, verdict: str, found: bool,
    reason: str,
) -> None:  # fmt: skip
    text = case_file.read_text(encoding="utf-8")
    start, end = text.index("处办过程:"), text.index("处理结果:")
    steps = (
        f"处办过程:\n  - 时间: {received}\n    环节: 接收登记\n    内容: 收到投诉。\n"
        f"  - 时间: {decided}\n    环节: 受理审查\n    内容: 决定受理并告知。\n"
        f"    时限: cpl_accept_7wd_2020\n    期限: {verdict}\n"
    )
    case_file.write_text(text[:start] + steps + text[end:], encoding="utf-8")
    codes = [f.code for f in check(open_casebase(records)) if f.code == "CB613"]
    assert (codes == ["CB613"]) is found, reason


def copied(records: Path, name: str, change: Callable[[str], str]) -> None:
    """A second case, told from the first by ``change``."""
    folder = records / "cases" / "2021"
    target = folder / f"{name}.yaml"
    shutil.copy(folder / "XC-2021-FUR-001.yaml", target)
    text = target.read_text(encoding="utf-8").replace("XC-2021-FUR-001", name)
    target.write_text(change(text), encoding="utf-8")


def test_the_same_event_twice_names_the_other_record(records: Path) -> None:
    copied(records, "XC-2021-FUR-002", lambda t: t.replace("RC-025", "RC-999"))
    found = [f for f in check(open_casebase(records)) if f.code.startswith("CB60")]
    assert {f.code for f in found} == {"CB601", "CB603"}
    assert all("XC-2021-FUR-001" in f.message for f in found)


def test_the_same_material_twice(records: Path) -> None:
    copied(records, "XC-2021-FUR-002", lambda t: t)
    assert "CB602" in {f.code for f in check(open_casebase(records))}


def test_the_same_facts_with_an_opposite_result(records: Path) -> None:
    copied(records, "XC-2021-FUR-002", lambda t: t.replace("d_mediated]", "d_terminate]"))
    found = [f for f in check(open_casebase(records)) if f.code == "CB604"]
    assert len(found) == 1 and "d_terminate 与 d_mediated" in found[0].message


def test_whoever_names_the_other_case_has_judged(records: Path) -> None:
    def name_it(text: str) -> str:
        return text.replace("现行法提示:", "相似案例: [XC-2021-FUR-001]\n现行法提示:", 1)

    copied(records, "XC-2021-FUR-002", name_it)
    codes = {f.code for f in check(open_casebase(records))}
    assert "CB603" not in codes and "CB604" not in codes


def test_different_published_cases_are_far_below_the_threshold(bundled: Casebase) -> None:
    scores = [pair.score for pair in alike._closest(bundled.loaded)]
    assert max(scores) < 0.3
