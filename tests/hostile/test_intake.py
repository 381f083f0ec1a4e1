"""Hostile .docx, .xlsx and .csv for `case new`: a clear answer, quickly, and nothing written."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest

#: The house limits; processor seconds, as the machine of a test may be busy.
#: Processor seconds with room for a slow machine (measured: under 2); a bomb takes minutes.
SECONDS, MEGABYTES = 6.0, 300
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DTD = '<!DOCTYPE x [<!ENTITY a "家具"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_RANDOM = np.random.default_rng(1)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def word(body: str, head: str = "") -> str:
    return f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def noise(size: int) -> str:
    """Text that does not compress, so that it is no bomb."""
    signs = _RANDOM.integers(0x4E00, 0x7E00, size, dtype=np.uint32)
    return signs.astype("<u4").tobytes().decode("utf-32-le")


def real(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """A sound .docx with something added."""
    document = docx.Document()
    document.add_paragraph("案情：消费者购买家具后要求退货。")
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data, "a") as package:
        change(package)
    return data.getvalue()


def workbook(rows: int, text: Callable[[int], str]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["接收日期", "投诉内容", "处理情况"])
    for number in range(rows):
        sheet.append(["2026-05-06", text(number), "调解"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def far_row() -> bytes:
    """Headings, and a cell in the last row there can be."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>接收日期</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>投诉内容</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>远</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    data = io.BytesIO(workbook(1, str))
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


def csv_of(*lines: str) -> bytes:
    return "\n".join(("接收日期,投诉内容", *lines)).encode()


HOSTILE = [
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": b"\0" * (120 << 20)}),
        "炸弹",
        id="a zip bomb",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(paragraph("&b;"), DTD)}),
        "类型声明",
        id="an entity bomb",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(paragraph("&a;"), OUTSIDE)}),
        "类型声明",
        id="an outside entity",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped(
            {"word/document.xml": f"<!--{'家' * 5000}-->" + word(paragraph("&b;"), DTD)}
        ),
        "类型声明",
        id="a declaration behind a long comment",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(paragraph("家具"), DTD).encode("utf-16")}),
        "UTF-8",
        id="a declaration in UTF-16",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped(
            {"word/document.xml": word(paragraph("案情：家具"))}
            | {f"x/{i}.xml": "<x/>" for i in range(3000)}
        ),
        "部件",
        id="3 000 parts",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped(
            {"word/document.xml": word("".join(paragraph(noise(500)) for _ in range(9000)))}
        ),
        "超过上限",
        id="13 MB of XML",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped(
            {"word/document.xml": word("".join(paragraph(noise(300)) for _ in range(6000)))}
        ),
        "过多",
        id="1.8 million characters",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(paragraph(noise(1_700_000)))}),
        "字",
        id="a paragraph of 5 MB",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word("<w:tbl><w:tr><w:tc>" * 300)}),
        "XML 有误",
        id="tables nested without end",
    ),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(paragraph("a\x00b"))}),
        "XML 有误",
        id="a NUL byte",
    ),
    pytest.param(
        "x.docx", lambda: zipped({"word/document.xml": b"<x/>"}), "没有正文", id="no body"
    ),
    pytest.param("x.docx", lambda: zipped({"nothing.txt": b"x"}), "没有正文", id="no document.xml"),
    pytest.param(
        "x.docx",
        lambda: zipped({"word/document.xml": word(""), "../../x.xml": "<x/>"}),
        "越出",
        id="a part outside",
    ),
    pytest.param(
        "x.docm", lambda: real(lambda p: p.writestr("word/vbaProject.bin", b"x")), "宏", id="macros"
    ),
    pytest.param(
        "x.docx",
        lambda: real(lambda p: p.writestr("word/vbaProject.bin", b"x")),
        "宏",
        id="macros, renamed",
    ),
    pytest.param(
        "x.docx",
        lambda: OLE + b"\0" * 5000 + "WordDocument".encode("utf-16-le"),
        "老格式",
        id="a .doc renamed",
    ),
    pytest.param("x.doc", lambda: OLE + b"\0" * 5000, "老格式", id="a .doc"),
    pytest.param(
        "x.docx",
        lambda: OLE + b"\0" * 5000 + "EncryptedPackage".encode("utf-16-le"),
        "密码",
        id="a password",
    ),
    pytest.param("x.docx", lambda: b"PK\x03\x04 broken", "损坏", id="a broken zip"),
    pytest.param("x.docx", lambda: b"", "损坏", id="empty"),
    pytest.param(
        "x.docx", lambda: zipped({"word/document.xml": word("")}), "没有文字", id="no text"
    ),
    pytest.param(
        "x.xlsx",
        lambda: zipped({"xl/workbook.xml": b"\0" * (120 << 20)}),
        "炸弹",
        id="xlsx: a zip bomb",
    ),
    pytest.param(
        "x.xlsx",
        lambda: zipped({"xl/workbook.xml": DTD + "<x/>"}),
        "类型声明",
        id="xlsx: an entity bomb",
    ),
    pytest.param(
        "x.xlsx",
        lambda: zipped({"xl/workbook.xml": "<x/>"}),
        "Excel",
        id="xlsx: hardly anything in it",
    ),
    pytest.param(
        "x.xlsx",
        lambda: zipped({"word/document.xml": "<x/>"}),
        "工作簿",
        id="xlsx: a .docx renamed",
    ),
    pytest.param(
        "x.xlsm",
        lambda: zipped({"xl/workbook.xml": "<x/>", "xl/vbaProject.bin": b"x"}),
        "宏",
        id="xlsm",
    ),
    pytest.param("x.xls", lambda: OLE + b"\0" * 5000, "老格式", id="xls"),
    pytest.param("x.xlsx", lambda: csv_of("2026-5-6,家具"), "损坏", id="xlsx: a .csv renamed"),
    pytest.param(
        "x.xlsx",
        lambda: zipped({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": noise(6 << 20)}),
        "超过上限",
        id="xlsx: 18 MB of XML",
    ),
    pytest.param(
        "x.xlsx", lambda: workbook(1, lambda _: noise(30_000)), "字", id="xlsx: a long cell"
    ),
    pytest.param("x.xlsx", far_row, "没有内容", id="xlsx: a cell in row 1 048 576"),
    pytest.param(
        "x.csv", lambda: csv_of("2026-5-6," + "家" * 1_700_000), "过长", id="csv: a cell of 5 MB"
    ),
    pytest.param("x.csv", lambda: b"a,b\0\n" * 99, "文本", id="csv: NUL bytes"),
    pytest.param("x.csv", lambda: bytes(range(128, 256)) * 999, "文本", id="csv: garbage"),
    pytest.param("x.csv", lambda: b"," * 5_000_000, "", id="csv: five million columns"),
    pytest.param("x.csv", lambda: b" " * (21 << 20), "超过上限", id="csv: 21 MB"),
]

RUN = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, timeout=120)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "code": done.returncode, "out": done.stdout.decode(), "err": done.stderr.decode(),
    "seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024,
}))
"""


def measured(*args: str) -> dict[str, object]:
    command = [sys.executable, "-c", RUN, sys.executable, "-m", "guide_builder.cli", *args]
    done = subprocess.run(command, capture_output=True, check=True)
    result: dict[str, object] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize(("name", "make", "words"), HOSTILE)
def test_a_hostile_file_is_refused(
    records: Path, tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    before = sorted(records.rglob("*"))
    done = measured("case", "new", "--from", str(path), "--records", str(records))
    assert "Traceback" not in str(done["err"])
    assert done["code"] == 2, done
    assert words in str(done["err"])
    assert done["seconds"] < SECONDS, done
    assert done["megabytes"] < MEGABYTES, done
    assert sorted(records.rglob("*")) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted({name, "records"})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("x.csv", lambda: csv_of(*["2026-5-6,购买家具要求退货"] * 400_000)),
        ("x.xlsx", lambda: workbook(8_000, lambda n: f"购买家具要求退货{n}")),
    ],
)
def test_of_a_long_table_the_first_rows_are_listed_and_any_can_be_taken(
    records: Path, tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    for more, code in (((), 2), (("--row", "5000"), 0)):
        done = measured("case", "new", "--from", str(path), "--records", str(records), *more)
        assert (done["code"], done["err"]) == (code, "")
        assert done["seconds"] < SECONDS, done
        assert done["megabytes"] < MEGABYTES, done


def test_control_characters_and_odd_spaces_are_tidied(records: Path, tmp_path: Path) -> None:
    """What YAML cannot hold, or an editor would change, does not reach the record."""
    odd = "购买\u200b家具\ufeff后\u0085发现\u2028质量\x07问题\ue000，\u3000要求\u00a0退货"
    path = tmp_path / "x.csv"
    path.write_bytes(csv_of(f'2026-5-6,"{odd}"'))
    done = measured("case", "new", "--from", str(path), "--records", str(records), "--json")
    (draft,) = json.loads(str(done["out"]))["drafts"]
    assert "购买家具后\n  发现\n  质量问题， 要求 退货" in draft["text"]
    assert {f["code"] for f in draft["findings"]} <= {"CB401", "CB402"}


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "- 状态: 定稿",
        "# 审核",
        "'; --",
        "{a: &b [*b]}",
        "!!python/x",
        "编号: X",
    ],
)
def test_text_cannot_become_structure(records: Path, tmp_path: Path, text: str) -> None:
    """Formulas, YAML and comments in a cell stay text, in fields and among the remarks."""
    path = tmp_path / "x.json"
    row = {
        "接收日期": "2026-05-06",
        "标题": text,
        "内容": f"家具\n{text}",
        "不认识的列": f"a\n{text}",
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    done = measured("case", "new", "--from", str(path), "--records", str(records), "--json")
    (draft,) = json.loads(str(done["out"]))["drafts"]
    assert draft["title"] == text
    assert {f["code"] for f in draft["findings"]} <= {"CB401", "CB402"}


def test_a_link_to_a_secret_is_no_case(records: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.symlink_to("/etc/passwd")
    done = measured("case", "new", "--from", str(path), "--records", str(records))
    assert done["code"] == 2
    assert "root" not in str(done["err"])
