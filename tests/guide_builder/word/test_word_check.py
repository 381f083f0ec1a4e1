"""The check of finished files: each fault is found, nothing dangerous is opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from guide_builder.blocks import Document
from guide_builder.word import check_docx, render


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with the first ``old`` in a part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode("utf-8")
            if name == f"word/{part}.xml":
                assert old in content
                content = content.replace(old, new, 1)
            after.writestr(name, content)
    return made.getvalue()


FAULTS = [
    ("document", 'w:w="11906"', 'w:w="12240"', "纸张应为 A4"),
    ("document", 'w:top="2098"', 'w:top="1440"', "天头应为 37.0 mm，现为 25.4 mm"),
    ("document", 'w:linePitch="579"', 'w:linePitch="600"', "网格每面 21 行，应为 22 行"),
    ("document", 'w:charSpace="-842"', 'w:charSpace="0"', "网格每行 27 字，应为 28 字"),
    ("document", 'w:type="linesAndChars"', 'w:type="lines"', "未设“指定行和字符网格”"),
    ("document", '<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="None"/>', "样式 None 未定义"),
    ("document", 'w:anchor="limits"', 'w:anchor="gone"', "链接指向不存在的书签 gone"),
    ("document", 'PAGEREF limits', "PAGEREF gone", "PAGEREF 域指向不存在的书签 gone"),
    ("document", 'w:fldCharType="end"', 'w:fldCharType="separate"', "域没有结束标记"),
    ("document", 'w:name="aim"', 'w:name="LIMITS"', "书签名 limits 重复"),
    ("document", 'w:name="aim"', 'w:name="2-aim"', "不以数字开头"),
    ("document", '<w:pageBreakBefore/>', '<w:pageBreakBefore/><w:pStyle w:val="Normal"/>',
     "w:pPr 内 w:pStyle 应在 w:pageBreakBefore 之前"),
    ("document", '<w:gridCol ', '<w:gridCol w:w="1"/><w:gridCol ', "表格定义为"),
    ("styles", 'w:eastAsia="黑体"', 'w:eastAsia="宋体"', "应为黑体，现为 宋体"),
    ("styles", '<w:sz w:val="44"/>', '<w:sz w:val="32"/>', "应为 22 磅，现为 16 磅"),
    ("styles", 'w:lineRule="exact"', 'w:lineRule="auto"', "的行距不是固定值"),
    ("styles", 'w:styleId="BodyText"><w:name w:val="Body Text"/>', 'w:styleId="Other">',
     "缺少样式 BodyText"),
    ("styles", 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="微软雅黑"', "用了规定以外的字体：微软雅黑"),
    ("settings", "<w:evenAndOddHeaders/>", "", "未设“奇偶页不同”"),
    ("settings", "<w:zoom", '<w:updateFields w:val="true"/><w:zoom', "设有 w:updateFields"),
    ("footer3", 'w:val="right"', 'w:val="center"', "单页页码：应居右"),
    ("footer3", "— ", "- ", "左右应各有一字线"),
    ("footer4", 'w:left="280"', 'w:left="0"', "双页页码：应空一字"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "finding"), FAULTS)
def test_a_fault_is_found(small: Document, part: str, old: str, new: str, finding: str) -> None:
    found = check_docx(changed(render(small, measure=False).docx, part, old, new))
    assert any(finding in text for text in found), found


def test_a_plain_word_file_is_judged_without_falling_over(tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    docx.Document().save(str(path))
    found = check_docx(path)
    assert any("纸张应为 A4" in text for text in found)
    assert found == check_docx(path.read_bytes()) == check_docx(str(path))


def packed(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"word/{name}.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", "不是完整的 .docx 文件"),
        (b"PK\x03\x04 cut", "不是完整的 .docx 文件"),
        (packed(), "缺少 word/document.xml"),
        (packed(document=b"<a"), "不是完整的 XML"),
        (packed(document=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOCTYPE"),
        (packed(document=b" " * 20_000_000), "压缩比异常"),
        (packed(**{f"m{number}": b"" for number in range(2001)}), "超过 2000 个"),
    ],
)
def test_a_damaged_or_hostile_file_gives_one_finding(data: bytes, finding: str) -> None:
    found = check_docx(data)
    assert len(found) == 1
    assert finding in found[0]
