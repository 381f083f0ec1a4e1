"""Page numbers: measured with LibreOffice, kept in a cache, or estimated from the grid."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from guide_builder.blocks import Document, Heading, Paragraph, text
from guide_builder.word import metrics, pages, render
from guide_builder.word import standard as gb
from guide_builder.word.render import roman

HAN = "依据法律法规规定办理"


def long_document() -> Document:
    body = []
    for number in range(1, 7):
        body.append(
            Heading(1 if number % 3 == 1 else 2, f"标题{number}", f"h{number}", number == 4)
        )
        body.append(Paragraph(text(HAN * 60)))
    return Document("题", "局", "", (), tuple(body))


@pytest.mark.skipif(pages.find_soffice() is None, reason="本机没有 LibreOffice（soffice）")
def test_measured_numbers_are_those_of_the_real_pages(
    small: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    real = pages.convert

    def convert(soffice: str, data: bytes) -> bytes | None:
        made = real(soffice, data)
        assert made is not None
        printed.append(made)
        return made

    monkeypatch.setattr(pages, "convert", convert)
    made = render(small, cache=tmp_path)
    assert made.measured
    reader = PdfReader(io.BytesIO(printed[-1]))
    assert len(reader.pages) == made.page_count
    sizes = {tuple(round(float(v) * 25.4 / 72) for v in p.mediabox[2:]) for p in reader.pages}
    assert sizes == {(210, 297), (297, 210)}
    shown = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    contents = next(text for text in shown if text.startswith("目录"))
    for title, anchor in (("一、目的", "aim"), ("二、时限", "limits"), ("（一）对照", "turned")):
        page = made.pages[anchor]
        assert re.search(rf"{title}\.+{page}(\D|$)", contents)
        on = [text for text in shown if title in text and text is not contents]
        assert len(on) == 1
        assert f"—{page}—" in on[0]

    def never(soffice: str, data: bytes) -> bytes | None:
        raise AssertionError("the cache should have answered")

    monkeypatch.setattr(pages, "convert", never)
    again = render(small, cache=tmp_path)
    assert again == made
    for file in tmp_path.iterdir():
        file.write_text("{damaged", encoding="utf-8")
    monkeypatch.setattr(pages, "find_soffice", lambda: None)
    assert not render(small, cache=tmp_path).measured


def test_without_libreoffice_the_pages_are_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "find_soffice", lambda: None)
    made = render(long_document())
    assert not made.measured
    # 600 characters and two of indent are 22 lines: a page; a part's title takes three more.
    assert made.pages == {"h1": 1, "h2": 2, "h3": 3, "h4": 5, "h5": 6, "h6": 7}


def test_a_failing_libreoffice_leaves_the_estimate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(pages, "find_soffice", lambda: str(broken))
    made = render(long_document(), cache=tmp_path / "cache")
    assert not made.measured
    assert not (tmp_path / "cache").exists()


def test_a_hanging_libreoffice_is_ended_with_its_children(tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\n(sleep 2; touch {tmp_path}/alive) &\nwait\n", encoding="utf-8")
    slow.chmod(0o755)
    assert pages.convert(str(slow), b"", timeout=0.2) is None
    time.sleep(2.2)
    assert not (tmp_path / "alive").exists()


def test_a_heading_is_not_left_alone_at_the_foot() -> None:
    body = (Paragraph(text("一\n" * 20 + "末")), Heading(2, "题", "h"), Paragraph(text("文")))
    assert render(Document("", "", "", (), body), measure=False).pages == {"h": 2}


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("", 1),
        ("字" * 28, 1),
        ("字" * 28 + "。", 1),  # a full stop may hang
        ("字" * 29, 2),
        ("a" * 56, 1),
        ("字" * 27 + "word", 2),  # a word is not cut
        ("a" * 113, 3),
        ("一\n二", 2),
    ],
)
def test_lines_hold_twenty_eight_characters(value: str, lines: int) -> None:
    assert metrics.line_count(value, gb.TEXT_WIDTH, gb.SIZE_THREE, grid=True) == lines


def test_the_grid_holds_twenty_two_lines() -> None:
    assert gb.TEXT_HEIGHT // gb.LINE_PITCH == 22
    assert (gb.LINE_PITCH, gb.TWO_CHARS, gb.CHAR_SPACE) == (579, 632, -842)


@pytest.mark.parametrize(("number", "sign"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV")])
def test_front_pages_are_roman(number: int, sign: str) -> None:
    assert roman(number) == sign
