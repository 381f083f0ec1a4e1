"""Hostile workbooks: one clear finding, in two seconds and 300 MB, and nothing else touched."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

MEMORY_MB, SECONDS = 300, 2.0
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML = b'<?xml version="1.0" encoding="UTF-8"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(change: dict[str, bytes] | None = None, add: dict[str, bytes] | None = None) -> bytes:
    """A small workbook with some of its parts replaced or added."""
    plain = io.BytesIO()
    Workbook().save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (change or {}).get(name, old.read(name)))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return made.getvalue()


def sheet(rows: bytes) -> bytes:
    return XML + b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def million_rows() -> bytes:
    return sheet(b"".join(b'<row r="%d"/>' % i for i in range(1, 1_048_577)))


def one_cell(value: bytes) -> bytes:
    return sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + value + b"</t></is></c></row>")


def encrypted_member() -> bytes:
    raw = bytearray(workbook())
    at = raw.index(b"PK\x01\x02")
    while at >= 0:  # every entry of the directory says: locked
        struct.pack_into("<H", raw, at + 8, 1)
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


def overstated() -> bytes:
    """Says it is small and is not."""
    raw = bytearray(workbook({SHEET: one_cell(b"x" * 70_000_000)}))
    at = raw.index(SHEET.encode(), raw.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", raw, at + 24, 1000)
    return bytes(raw)


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
UTF16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'.encode("utf-16")

HOSTILE: list[object] = [
    pytest.param(lambda: workbook({SHEET: one_cell(b"0" * 70_000_000)}), "CB702", id="zip bomb"),
    pytest.param(overstated, "CB70", id="a zip bomb that lies about its size"),
    pytest.param(lambda: workbook({SHEET: ENTITY}), "CB702", id="an entity bomb"),
    pytest.param(lambda: workbook({SHEET: EXTERNAL}), "CB702", id="an external entity"),
    pytest.param(lambda: workbook({SHEET: UTF16}), "CB702", id="a declaration hidden in UTF-16"),
    pytest.param(
        lambda: workbook({SHEET: b'<?xml version="1.0" encoding="UTF-7"?><x/>'}),
        "CB702",
        id="UTF-7",
    ),
    pytest.param(lambda: workbook({SHEET: million_rows()}), "CB702", id="1,048,576 rows"),
    pytest.param(
        lambda: workbook({SHEET: million_rows().replace(b"<row", b"<x:row")}),
        "CB702",
        id="1,048,576 rows with a prefix",
    ),
    pytest.param(
        lambda: workbook({SHEET: sheet(b'<row r="1">' + b"<c/>" * 2_000_000 + b"</row>")}),
        "CB702",
        id="two million cells in a row",
    ),
    pytest.param(
        lambda: workbook(add={"xl/sharedStrings.xml": XML + b"<sst>" + b"<si/>" * 900_000}),
        "CB702",
        id="nearly a million texts",
    ),
    pytest.param(lambda: workbook({SHEET: one_cell(b"x" * 5_000_000)}), "CB703", id="a 5 MB cell"),
    pytest.param(
        lambda: workbook(add={f"xl/media/{i}.png": b"" for i in range(600)}),
        "CB702",
        id="hundreds of parts",
    ),
    pytest.param(
        lambda: workbook(add={"xl/vbaProject.bin": b"x"}), "CB701", id="macros under another name"
    ),
    pytest.param(
        lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "CB701",
        id="a password",
    ),
    pytest.param(lambda: OLE + b"\0" * 4096, "CB701", id=".xls renamed"),
    pytest.param(encrypted_member, "CB701", id="a zip with a password"),
    pytest.param(lambda: "编号,标题\nXC,某案".encode("gbk"), "CB701", id="a GBK csv renamed"),
    pytest.param(lambda: b"", "CB701", id="an empty file"),
    pytest.param(lambda: workbook()[:2000], "CB701", id="cut off"),
    pytest.param(lambda: workbook({"xl/workbook.xml": b"<x>"}), "CB701", id="broken XML"),
    pytest.param(lambda: workbook({"xl/styles.xml": b"<styleSheet/>"}), "CB70", id="odd styles"),
    pytest.param(lambda: workbook({"[Content_Types].xml": b"<Types/>"}), "CB701", id="no types"),
    pytest.param(workbook, "CB703", id="a workbook of somebody else"),
    pytest.param(lambda: b"PK\x05\x06" + b"\0" * 18, "CB701", id="an empty zip"),
    pytest.param(lambda: b"PK" + b"\xff" * 5000, "CB701", id="garbage"),
]

CHILD = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from pathlib import Path
from casebase.curation.exchange import guard, read
from casebase.curation.exchange.columns import Layout, model_columns
from casebase.curation.exchange.findings import RefusedError
start, found = time.perf_counter(), []
try:
    guard.admit(Path(sys.argv[1]))
    book = read.read_book(Path(sys.argv[1]), Layout(model_columns()))
    found = [f.as_json("x") for f in book.findings]
except RefusedError as refused:
    found = [refused.finding.as_json("x")]
took = time.perf_counter() - start
status = Path("/proc/self/status").read_text(encoding="ascii")
peak = int(status.split("VmHWM:")[1].split()[0]) // 1024  # ru_maxrss would count the parent
print(json.dumps({"found": found, "seconds": took, "mb": peak}))
"""


@pytest.mark.parametrize(("make", "code"), HOSTILE)
def test_a_hostile_workbook_gives_a_finding(
    tmp_path: Path, make: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(make())
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    result = json.loads(done.stdout)
    assert any(f["code"].startswith(code) for f in result["found"]), result
    assert all(f["message"] and f["fix"] for f in result["found"])
    assert result["mb"] < MEMORY_MB, result
    assert result["seconds"] < 5 * SECONDS, result  # five times the promise: the machine is shared
    assert [p.name for p in tmp_path.iterdir()] == ["x.xlsx"] and path.read_bytes() == before


@pytest.mark.parametrize("name", ["x.xlsm", "x.csv", "x.xlsx"])
def test_the_command_says_it_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" if name == "x.xlsm" else "编号,标题".encode("gbk"))
    done = subprocess.run(
        [sys.executable, "-m", "guide_builder.cli", "exchange", "import", str(path)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert "改法" in done.stdout.decode() and "CB701" in done.stdout.decode()
    assert [p.name for p in tmp_path.iterdir()] == [name]
