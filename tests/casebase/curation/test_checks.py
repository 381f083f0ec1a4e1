"""Findings: each planted fault gives exactly its finding, on its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebase.curation.checks import check
from casebase.curation.store import Casebase, open_casebase
from casebase.model import Finding, Severity

Edit = Callable[[str, str], int]


def findings(records: Path) -> tuple[Finding, ...]:
    return check(open_casebase(records))


def test_the_bundled_records_have_no_finding(bundled: Casebase) -> None:
    assert [f"{f.file}:{f.line} {f.code} {f.message}" for f in check(bundled)] == []


def test_a_sound_record_has_no_finding(records: Path) -> None:
    assert findings(records) == ()


def test_four_planted_faults_give_exactly_these_four_findings(records: Path, edit: Edit) -> None:
    wrong_article = edit("{法规: L-XF, 条: 24,", "{法规: L-XF, 条: 99,")
    repealed = edit("{法规: R-SAMR-20, 条: 17,", "{法规: R-SAIC-62, 条: 15,")
    phone = edit("消费者陈某于2020年8月", "消费者陈某（电话13812345678）于2020年8月")
    subject = edit("品类: g_furniture", "品类: g_furnitures")
    found = {(f.code, f.line, f.path) for f in findings(records)}
    assert found == {
        ("CB302", wrong_article, "法律依据.1.条"),
        ("CB303", repealed, "法律依据.3.法规"),
        ("CB502", phone, "基本案情"),
        ("CB201", subject, "分类.品类"),
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param(
            "标题: 某家具商", "标頭: 某家具商", "CB102", id="a mistyped key loses no text"
        ),
        pytest.param("地区: 江苏无锡\n", "", "CB101", id="a compulsory field is missing"),
        pytest.param("难度: 基础", "难度: 容易", "CB103", id="a value outside its list"),
        pytest.param("处理时: 2021", "处理时: 2021-13", "CB103", id="no such month"),
        pytest.param("条: 16,", "条: 十六,", "CB103", id="an article in words"),
        pytest.param("地区: 江苏无锡", "地区: 江苏无锡\n地区: 江苏", "CB007", id="a key twice"),
        pytest.param("地区: 江苏无锡", "地区: &a 江苏无锡", "CB006", id="an anchor"),
        pytest.param("法规: L-XF, 条: 16", "法规: L-XX, 条: 16", "CB301", id="unknown statute"),
        pytest.param("渠道: ch_", "渠道: xh_", "CB201", id="unknown channel"),
        pytest.param("时限: cpl_accept_7wd_2020", "时限: cpl_x", "CB311", id="unknown limit"),
        pytest.param(
            "时限: cpl_accept_7wd_2020",
            "时限: cpl_accept_7wd_2026",
            "CB312",
            id="a limit of a later rule",
        ),
        pytest.param("而要求退货？", "而要求退货。", "CB404", id="a dispute that is no question"),
        pytest.param(
            "现行法提示: |-\n", "消费提示二: |-\n", "CB102", id="an old case keeps its hint key"
        ),
        pytest.param(
            "编号: XC-2021-FUR-001", "编号: XC-2021-FUR-002", "CB104", id="file name and number"
        ),
        pytest.param("要求其出示", "要求王女士出示", "CB510", id="a person who can be recognised"),
        pytest.param("要求其出示", "要求职业打假人出示", "CB521", id="a word that brands a person"),
    ],
)
def test_each_fault_has_its_code(records: Path, edit: Edit, old: str, new: str, code: str) -> None:
    edit(old, new)
    assert code in {f.code for f in findings(records)}


def test_a_number_used_twice_names_the_other_file(records: Path, case_file: Path) -> None:
    copy = case_file.with_name("XC-2021-FUR-009.yaml")
    copy.write_text(case_file.read_text(encoding="utf-8"), encoding="utf-8")
    double = [f for f in findings(records) if f.code == "CB105"]
    assert len(double) == 1
    assert case_file.name in double[0].message


def test_a_sentence_shared_by_two_cases_is_found(records: Path, case_file: Path) -> None:
    text = case_file.read_text(encoding="utf-8").replace("XC-2021-FUR-001", "XC-2021-FUR-009")
    case_file.with_name("XC-2021-FUR-009.yaml").write_text(text, encoding="utf-8")
    shared = [f for f in findings(records) if f.code == "CB601"]
    assert shared
    assert all(f.severity is Severity.WARNING for f in shared)


def test_a_mistyped_key_proposes_the_right_one(records: Path, edit: Edit) -> None:
    edit("处办要旨: |-", "处办要指: |-")
    (unknown,) = [f for f in findings(records) if f.code == "CB102"]
    assert "处办要旨" in unknown.fix


def test_every_code_is_explained_in_the_docs() -> None:
    root = Path(__file__).parents[3]
    packages = (root / "casebase", root / "guide_builder")
    sources = (p.read_text(encoding="utf-8") for k in packages for p in k.rglob("*.py"))
    used = {code for text in sources for code in re.findall(r'"(CB\d{3})"', text)}
    page = (root / "docs" / "findings.md").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^\| (CB\d{3}) ", page, re.M))
