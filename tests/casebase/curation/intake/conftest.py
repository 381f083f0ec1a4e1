"""Written cases in the layouts that offices use, made by us; a records folder to add them to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from casebase.curation.store import Casebase, open_casebase

TODAY = "2026-11-24"
FACTS = "2025年3月，消费者陈某在某家具商定制衣柜，付款8600元，安装后板材与合同不符，要求退货。"
HANDLED = "2025年3月12日，分局决定受理，并于2025年4月9日组织双方调解。"
RESULT = "双方达成调解协议，商家退还货款8600元。"
LAW = "《中华人民共和国消费者权益保护法》第二十四条第一款。"
COMMENT = "定制不等于不能退，约定的板材就是判断的依据。"
TITLE = "某家具商定制衣柜板材不符退货调解案"
SECTIONS = {
    "基本案情": FACTS,
    "处办过程": HANDLED,
    "处理结果": RESULT,
    "法律依据": LAW,
    "评析": COMMENT,
}
Heads = tuple[str, str, str, str, str]
SAVE = Callable[[docx.document.Document], Path]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEGUIDE_TODAY", TODAY)


@pytest.fixture
def base(records: Path) -> Casebase:
    return open_casebase(records, cases=())


@pytest.fixture
def save(tmp_path: Path) -> SAVE:
    def run(document: docx.document.Document) -> Path:
        document.core_properties.author = "作者姓名"
        path = tmp_path / "案例.docx"
        document.save(str(path))
        return path

    return run


def styled(heads: Heads) -> docx.document.Document:
    """Headings by Word's own styles."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for head, text in zip(heads, SECTIONS.values(), strict=True):
        document.add_heading(head, 1)
        document.add_paragraph(text)
    return document


def bold(heads: Heads) -> docx.document.Document:
    """Headings by bold type only."""
    document = docx.Document()
    document.add_paragraph().add_run(TITLE).bold = True
    for head, text in zip(heads, SECTIONS.values(), strict=True):
        document.add_paragraph().add_run(head).bold = True
        document.add_paragraph(text)
    return document


def plain(heads: Heads) -> docx.document.Document:
    """Headings that are nothing but a line of their own."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    for head, text in zip(heads, SECTIONS.values(), strict=True):
        document.add_paragraph(head)
        document.add_paragraph("　　" + text)
    return document


def inline(heads: Heads) -> docx.document.Document:
    """Heading and text on one line."""
    document = docx.Document()
    document.add_paragraph(f"案例名称：{TITLE}")
    for head, text in zip(heads, SECTIONS.values(), strict=True):
        document.add_paragraph(f"{head}{text}")
    return document


def table(heads: Heads) -> docx.document.Document:
    """A form with the labels in the left column, one row of it with two pairs."""
    document = docx.Document()
    rows = document.add_table(rows=0, cols=4)
    first = rows.add_row().cells
    for cell, text in zip(first, ("案例名称", TITLE, "供稿单位", "黄埭分局"), strict=True):
        cell.text = text
    for head, text in zip(heads, SECTIONS.values(), strict=True):
        cells = rows.add_row().cells
        cells[0].text = head
        cells[1].merge(cells[3]).text = text
    return document
