"""Importing official wording: clean and dirty files of an invented law."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from casebase.curation.law_import import Imported, import_law
from casebase.curation.law_text import parse_law
from casebase.curation.store import Casebase, open_casebase
from casebase.law.texts import read_texts
from guide_builder.cli import app

LAW = """编号: R-TEST-1
名称: 松果交换管理办法
简称: [松果办法]
制定机关: 测试机关
文号: 总局令第999号
效力层级: 部门规章
类别: 程序
核验: V1
核验说明: 虚构，仅供测试
版本:
  - 公布: '2019-05-06'
    施行: '2019-06-01'
    止: '2023-12-31'
    条数: 5
  - 公布: '2023-10-10'
    施行: '2024-01-01'
    条数: 6
条文:
  - 条: 2
    要旨: 松果按大小分类
"""
HEAD = ["松果交换管理办法", "（2019年5月6日公布）", "第一章　总则"]
BODY = [
    "第一条　为了规范松果交换，制定本办法。",
    "第二条　松果按大小分为三类：",
    "（一）大松果；",
    "（二）小松果。",
    "第二章　交换",
    "第三条　交换松果应当当面清点。",
    "第四条　不得以石子冒充松果。",
    "第五条　本办法自2019年6月1日起施行。",
]


@pytest.fixture
def law(records: Path) -> Casebase:
    (records / "law" / "statutes" / "R-TEST-1.yaml").write_text(LAW, encoding="utf-8")
    return open_casebase(records)


@pytest.fixture
def bring(law: Casebase, tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(lines: list[str], name: str = "松果.md", statute: str | None = None) -> Imported:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return import_law(path, law.statutes, statute=statute, folder=tmp_path / "texts")

    return run


def codes(result: Imported) -> set[str]:
    return {finding.code for finding in result.findings}


def test_a_clean_text_is_stored_with_its_hash(bring, law: Casebase, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = bring(HEAD + BODY)
    assert codes(result) == set()
    assert (result.statute, result.effective, result.articles) == ("R-TEST-1", "2019-06-01", 5)
    assert result.path is not None
    assert json.loads(result.path.read_text(encoding="utf-8"))["sha256"] == result.sha256
    texts = read_texts(law.statutes, tmp_path / "texts")
    assert texts.get("R-TEST-1", 2, date(2020, 1, 1)) == (
        "松果按大小分为三类：\n（一）大松果；\n（二）小松果。"
    )
    assert texts.get("R-TEST-1", 2, date(2025, 1, 1)) is None, "another version"
    assert texts.get("R-TEST-1", 9, date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("lines", "code", "stored", "reason"),
    [
        pytest.param(HEAD + BODY[:5] + BODY[6:], "CB332", True, "article 3 missing", id="gap"),
        pytest.param([*HEAD, *BODY, BODY[6]], "CB333", True, "the same twice", id="repeat"),
        pytest.param(
            [*HEAD, *BODY[:7], "第四条　别的内容在此。", BODY[7]], "CB333", False,
            "one number with two texts", id="conflict",
        ),
        pytest.param(["橡子交换管理办法", *BODY], "CB334", False, "another law", id="wrong law"),
        pytest.param([*HEAD, "没有条文的文件"], "CB331", False, "no article", id="empty"),
        pytest.param(HEAD + BODY[:7], "CB336", True, "4 of 5 articles", id="too few"),
        pytest.param(
            ["松果交换管理办法", "（2001年1月1日公布）", *BODY], "CB337", True,
            "a date of no version", id="unknown version",
        ),
        pytest.param(
            [*HEAD, *BODY[:2], "第三条　", *BODY[6:]], "CB332", True, "no words", id="blank"
        ),
    ],
)  # fmt: skip
def test_dirty_files_give_findings(
    bring, lines: list[str], code: str, stored: bool, reason: str
) -> None:  # type: ignore[no-untyped-def]
    result = bring(lines)
    assert code in codes(result), reason
    assert (result.path is not None) is stored, reason


def test_page_furniture_is_left_out(bring, law: Casebase, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    dirty = [*HEAD]
    for i, line in enumerate(BODY):
        dirty += [line, f"- {i + 1} -", "松果交换管理办法汇编", f"第 {i + 1} 页 共 8 页"]
    result = bring(dirty)
    assert codes(result) == {"CB335"}
    texts = read_texts(law.statutes, tmp_path / "texts")
    assert texts.get("R-TEST-1", 4, date(2020, 1, 1)) == "不得以石子冒充松果。"


def test_a_wrapped_line_begins_no_article() -> None:
    lines = [
        "第一条 依照本办法",
        "第三条规定的方式清点。",
        "第二条 当面清点。",
        "第三条 另行规定。",
    ]
    parsed = parse_law(lines, "x")
    assert list(parsed.articles) == ["1", "2", "3"]
    assert parsed.articles["1"].endswith("第三条规定的方式清点。")


def test_digits_markdown_and_inserted_articles() -> None:
    lines = ["# 松果办法", "**第1条** 甲。", "## 第二章 乙", "第２条：丙。", "第二条之一 丁。"]
    assert parse_law(lines, "x").articles == {"1": "甲。", "2": "丙。", "2-1": "丁。"}


def test_a_docx(law: Casebase, tmp_path: Path) -> None:
    document = docx.Document()
    for line in HEAD + BODY:
        document.add_paragraph(line)
    document.save(str(tmp_path / "松果.docx"))
    result = import_law(tmp_path / "松果.docx", law.statutes, folder=tmp_path / "texts")
    assert (result.articles, codes(result)) == (5, set())


def test_gbk_text_is_read(law: Casebase, tmp_path: Path) -> None:
    (tmp_path / "松果.txt").write_bytes("\r\n".join(HEAD + BODY).encode("gb18030"))
    assert import_law(tmp_path / "松果.txt", law.statutes, folder=tmp_path).articles == 5


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (120 << 20))
    return data.getvalue()


def packed(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bomb(), id="a zip bomb"),
        pytest.param(packed("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), id="xxe"),
        pytest.param(packed("../../x.xml", b"<x/>"), id="a path outside"),
        pytest.param(packed("nothing.txt", b"x"), id="no document"),
        pytest.param(b"PK\x03\x04 broken", id="a broken zip"),
        pytest.param(bytes(range(256)) * 20, id="no text"),
    ],
)
def test_hostile_files_are_refused(law: Casebase, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    result = import_law(tmp_path / "x.docx", law.statutes, folder=tmp_path / "texts")
    assert result.path is None
    assert codes(result) == {"CB331"} or "CB331" in codes(result)


def test_the_command(records: Path, law: Casebase, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("CASEGUIDE_LAW_TEXTS", str(tmp_path / "texts"))
    (tmp_path / "松果.md").write_text("\n".join(HEAD + BODY), encoding="utf-8")
    args = ["statute", "import", str(tmp_path / "松果.md"), "--records", str(records)]
    done = CliRunner().invoke(app, [*args, "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output)["articles"] == 5
    asked = ["statute", "松果办法4", "--on", "2020-01-01", "--records", str(records)]
    assert "不得以石子冒充松果" in CliRunner().invoke(app, asked).output
    assert CliRunner().invoke(app, [*args, "--statute", "L-XF"]).exit_code == 1
    assert CliRunner().invoke(app, ["statute", "import", "没有.md"]).exit_code == 2
    (tmp_path / "texts" / "broken.json").write_text("{", encoding="utf-8")
    assert len(read_texts(law.statutes)) == 1
