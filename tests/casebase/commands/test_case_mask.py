"""``caseguide case mask``: proposals, contracts, and changes only on confirmation."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from typer.testing import CliRunner

from casebase.curation import docx_privacy
from guide_builder.cli import app

RUN = CliRunner()


def run(*args: str, given: bytes | None = None) -> tuple[int, str]:
    result = RUN.invoke(app, ["case", "mask", *args], input=given)
    return result.exit_code, result.output


def test_the_json_contract() -> None:
    code, shown = run("消费者王小明（13812345678）来电", "--json")
    answer = json.loads(shown)
    assert code == 1
    assert set(answer) == {"text", "masked", "spans"}
    assert [(s["type"], answer["text"][s["start"] : s["end"]]) for s in answer["spans"]] == [
        ("PERSON", "王小明"),
        ("PHONE", "13812345678"),
    ]
    assert answer["masked"] == "消费者王某（联系电话略）来电"


@pytest.mark.parametrize(
    ("args", "given", "code"),
    [
        (("消费者王某投诉",), None, 0),
        (("-",), "电话13812345678".encode(), 1),
        (("-",), "电话13812345678".encode("gb18030"), 1),
        (("-",), b"", 0),
        (("-",), "😀\x07".encode(), 0),
        ((), None, 2),
        (("文字", "--apply"), None, 2),
        (("--file", "/nonexistent.txt"), None, 2),
        (("XC-1999-AAA-999",), None, 2),
    ],
)
def test_exit_codes(args: tuple[str, ...], given: bytes | None, code: int) -> None:
    assert run(*args, given=given)[0] == code


def test_a_text_file_is_changed_only_when_confirmed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeff王小明来电\r\n".encode())
    assert run("--file", str(file))[0] == 1
    assert file.read_bytes() == "\ufeff王小明来电\r\n".encode()
    assert run("--file", str(file), "--apply")[0] == 1
    assert file.read_bytes() == "\ufeff王某来电\r\n".encode()


def test_a_record_keeps_every_other_byte(case_file: Path, edit: Callable[[str, str], int]) -> None:
    clean = case_file.read_bytes()
    edit("基本案情: |-\n  ", "基本案情: |-\n  王小明来电13812345678。")
    before = case_file.read_bytes()
    assert run("--file", str(case_file))[0] == 1
    assert case_file.read_bytes() == before
    assert run("--file", str(case_file), "--apply")[0] == 1
    assert case_file.read_text(encoding="utf-8") == clean.decode().replace(
        "基本案情: |-\n  ", "基本案情: |-\n  王某来电联系电话（略）。"
    )


def word(path: Path) -> Path:
    document = Document()
    document.core_properties.author = "王小明"
    document.core_properties.last_modified_by = "李秀英"
    paragraph = document.add_paragraph("消费者王")
    paragraph.add_run("小明").bold = True
    paragraph.add_run("（138")
    paragraph.add_run("12345678）来电")
    document.save(str(path))
    return path


def test_a_word_file_is_cleaned_in_a_copy(tmp_path: Path) -> None:
    file, copy = word(tmp_path / "a.docx"), tmp_path / "b.docx"
    before = file.read_bytes()
    code, shown = run("--file", str(file), "--apply", "-o", str(copy))
    assert code == 1 and "作者" in shown
    assert file.read_bytes() == before
    document = Document(str(copy))
    assert [p.text for p in document.paragraphs] == ["消费者王某（联系电话略）来电"]
    assert document.core_properties.author == ""
    for name in zipfile.ZipFile(copy).namelist():
        assert "王小明".encode() not in zipfile.ZipFile(copy).read(name)


def test_a_word_file_is_never_overwritten(tmp_path: Path) -> None:
    file = word(tmp_path / "a.docx")
    assert run("--file", str(file), "--apply")[0] == 2
    assert run("--file", str(file), "--apply", "-o", str(file))[0] == 2


def test_hidden_text_and_revisions_have_to_be_settled_first(tmp_path: Path) -> None:
    document = Document()
    run_ = document.add_paragraph("正文").add_run("藏着的话")
    run_.font.hidden = True
    inserted = OxmlElement("w:ins")
    inserted.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}author", "王小明")
    document.paragraphs[0]._p.append(inserted)
    file = tmp_path / "a.docx"
    document.save(str(file))
    labels = {trace.label for trace in docx_privacy.traces(file.read_bytes()) if trace.blocks}
    assert labels == {"隐藏文字", "修订：插入"}
    code, shown = run("--file", str(file), "--apply", "-o", str(tmp_path / "b.docx"))
    assert code == 2 and "没有写出副本" in shown
    assert not (tmp_path / "b.docx").exists()


def test_a_photograph_loses_where_it_was_taken(tmp_path: Path) -> None:
    from PIL import Image

    picture = io.BytesIO()
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[0x8825] = {1: "N", 2: (31.0, 22.0, 0.0)}
    image.save(picture, "JPEG", exif=exif)
    document = Document()
    document.add_picture(io.BytesIO(picture.getvalue()))
    file = tmp_path / "a.docx"
    document.save(str(file))
    traces = docx_privacy.traces(file.read_bytes())
    assert any(t.label == "图片的拍摄信息" and "GPS" in t.detail for t in traces)
    copy = docx_privacy.cleaned(file.read_bytes(), [])
    assert not any(t.label == "图片的拍摄信息" for t in docx_privacy.traces(copy))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (150 << 20))
    assert run("--file", str(file))[0] == 2
