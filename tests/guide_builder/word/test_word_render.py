"""What the renderer makes of the blocks."""

from __future__ import annotations

import dataclasses
import difflib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from guide_builder.blocks import (
    Block,
    Document,
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)
from guide_builder.word import check_docx, render

GOLDEN = Path(__file__).parent / "golden" / "small.xml"
Members = Callable[[bytes], dict[str, bytes]]
Pretty = Callable[[bytes], str]


def document(*body: Block, watermark: str = "") -> Document:
    return Document("题名", "某局", "主题", (), body, watermark)


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_the_tree_of_a_small_document_is_the_golden_one(
    small: Document, members: Members, pretty: Pretty
) -> None:
    made = pretty(members(render(small, measure=False).docx)["word/document.xml"])
    if os.environ.get("CASEGUIDE_GOLDEN"):
        GOLDEN.write_text(made, encoding="utf-8")
    wanted = GOLDEN.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        wanted.splitlines(), made.splitlines(), "golden", "made", "", "", 2
    )
    assert made == wanted, "\n".join(changes) + "\nCASEGUIDE_GOLDEN=1 accepts the change"


def test_its_own_check_finds_nothing(small: Document) -> None:
    assert check_docx(render(small, measure=False).docx) == []


def test_the_contents_are_filled_in_and_nothing_asks_for_an_update(
    small: Document, members: Members
) -> None:
    made = render(small, measure=False)
    parts = members(made.docx)
    assert b"updateFields" not in parts["word/settings.xml"]
    assert b"dirty" not in parts["word/document.xml"]
    lines = [p.text for p in opened(made.docx).paragraphs if p.style.name.startswith("toc ")]
    assert lines == [
        f"{name}\t{made.pages[anchor]}"
        for name, anchor in (
            ("第一编　总则", "part-1"),
            ("一、目的", "aim"),
            ("二、时限", "limits"),
            ("（一）对照", "turned"),
        )
    ]


def test_a_page_reference_shows_the_page(small: Document) -> None:
    made = render(small, measure=False)
    shown = [p.text for p in opened(made.docx).paragraphs]
    assert made.pages["limits"] == 2
    assert "依据《办法》待核，见第2页时限表。" in shown


def test_front_headings_stay_out_of_the_navigation(small: Document) -> None:
    headings = [p.style.name for p in opened(render(small, measure=False).docx).paragraphs]
    assert "前置标题 2" in headings
    assert headings.count("Heading 2") == 2


def test_body_restarts_at_one_and_front_has_no_footer(small: Document) -> None:
    front, body, turned, last = opened(render(small, measure=False).docx).sections
    assert front._sectPr.findall(qn("w:footerReference")) == []
    assert body._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert turned._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) is None
    assert "— " in last.footer.paragraphs[0].text
    assert (turned.page_width, turned.page_height) == (last.page_height, last.page_width)


def test_every_header_carries_the_watermark(small: Document, members: Members) -> None:
    parts = members(render(small, measure=False).docx)
    headers = [data.decode() for name, data in parts.items() if "/header" in name]
    assert len(headers) == 2
    assert all('string="征求意见稿"' in header for header in headers)
    plain = dataclasses.replace(small, watermark="")
    assert not any("/header" in name for name in members(render(plain, measure=False).docx))


def test_breaks_leave_no_empty_page() -> None:
    pages = render(
        document(
            PageBreak(),
            Paragraph(text("一")),
            PageBreak(),
            PageBreak(),
            Heading(1, "二", "two", new_page=True),
            PageBreak(),
            Orientation(landscape=True),
            PageBreak(),
            Heading(1, "三", "three"),
            PageBreak(),
        ),
        measure=False,
    )
    assert pages.pages == {"two": 2, "three": 3}
    assert pages.page_count == 3


def test_a_break_before_a_table_is_kept() -> None:
    table = Table("", ("甲",), (Row((text("乙"),)),), (1,))
    made = opened(render(document(Paragraph(text("一")), PageBreak(), table), measure=False).docx)
    assert made.paragraphs[1].paragraph_format.page_break_before


def test_columns_fill_the_text_area_and_none_vanishes() -> None:
    table = Table(
        "表", ("序", "甲", "乙"), (Row((text("1"), text("2"), text("3"))),), (0.001, 5, 9)
    )
    made = opened(render(document(table), measure=False).docx)
    widths = [column.width.twips for column in made.tables[0].columns]
    assert sum(widths) == 8845
    assert min(widths) > 700


def test_a_header_row_repeats_and_a_long_row_may_break() -> None:
    rows = (Row((text("短"),)), Row((text("长" * 2000),)))
    made = opened(render(document(Table("表", ("头",), rows, (1,))), measure=False).docx)
    marks = [row._tr.trPr for row in made.tables[0].rows]
    assert marks[0].find(qn("w:tblHeader")) is not None
    assert [mark.find(qn("w:cantSplit")) is not None for mark in marks] == [True, True, False]


def test_an_empty_document_is_still_a_document() -> None:
    made = render(document(), measure=False)
    assert check_docx(made.docx) == []
    assert made.page_count == 1


def test_awkward_anchors_become_bookmarks_word_accepts() -> None:
    anchors = (
        "2026-a",
        "A" * 90,
        "a" * 90,
        "A",
        "a",
        "a_b",
        "x_y",
        "guide_body",
        "case-1",
        "case_1",
    )
    body = [Paragraph((Span("甲", target=name),), anchor=name) for name in anchors]
    assert check_docx(render(document(*body), measure=False).docx) == []


def test_quotation_marks_are_set_in_the_chinese_font(members: Members) -> None:
    main = members(render(document(Paragraph(text("“引”"))), measure=False).docx)[
        "word/document.xml"
    ]
    assert re.search(rb'<w:rFonts w:hint="eastAsia"/></w:rPr><w:t[^>]*>\xe2\x80\x9c', main)


def test_nothing_of_the_machine_or_the_day_is_in_the_file(
    small: Document, members: Members
) -> None:
    parts = members(render(small, measure=False).docx)
    core = parts["docProps/core.xml"].decode()
    assert "<dc:creator>相城区市场监督管理局</dc:creator>" in core
    assert "2000-01-01T00:00:00Z" in core
    assert "python-docx" not in core
    assert not any("thumbnail" in name or "theme" in name for name in parts)
    dated = members(render(small, measure=False, stamp=datetime(2026, 11, 1)).docx)
    assert b"2026-11-01T00:00:00Z" in dated["docProps/core.xml"]


SCRIPT = """
import hashlib, sys
sys.path[:0] = {path!r}
from guide_builder.blocks import *
from guide_builder.word import render
body = (Heading(1, "甲", "a-1"), Paragraph((Span("见", target="b-1"),)),
        Table("表", ("一",), (Row((text("二"),), "b-1"),), (1,)))
made = render(Document("题", "局", "", (Contents(),), body, "草稿"), measure=False)
print(hashlib.sha256(made.docx).hexdigest())
"""


def test_same_input_gives_the_same_bytes_anywhere() -> None:
    sums = set()
    for seed, zone, language in (("0", "UTC", "C"), ("7", "Asia/Shanghai", "C.UTF-8")):
        code = SCRIPT.format(path=[str(Path(__file__).parents[3])])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language,
                       "PYTHONUTF8": "1"}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        sums.add(done.stdout.strip())
    assert len(sums) == 1


@pytest.mark.parametrize("kind", ["body", "flush", "note", "center", "warning"])
def test_a_word_too_long_for_the_line_may_be_cut(kind: str) -> None:
    long = Paragraph(text("https://" + "a" * 300), kind)  # type: ignore[arg-type]
    properties = opened(render(document(long), measure=False).docx).paragraphs[0]._p.pPr
    assert properties.find(qn("w:wordWrap")).get(qn("w:val")) == "0"
