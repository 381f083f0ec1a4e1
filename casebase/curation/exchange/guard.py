"""Looking at a mailed file before any library opens it: is it a plain, modest .xlsx?

Nothing is unpacked to disk and nothing parsed: the members are streamed once, their true sizes
summed and their rows, cells and texts counted, so that what openpyxl is given afterwards is
bounded in time (seconds) and memory (under 300 MB).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from casebase.curation.exchange.findings import RefusedError

_MB = 1024 * 1024
MAX_FILE = 30 * _MB
MAX_UNPACKED = 64 * _MB
MAX_MEMBERS = 500
MAX_SHEET_ROWS = 20_000
MAX_CELLS = 250_000
MAX_STRINGS = 250_000
_CHUNK = _MB

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”"
_TAG = re.compile(rb"<(?:[A-Za-z0-9_]{1,20}:)?(row|c|si)[\s/>]")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_UTF8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin")


def admit(path: Path) -> None:
    """Do nothing where ``path`` may be opened.

    Raises:
        RefusedError: it is of another kind, locked, damaged, too big or hostile.
        OSError: it cannot be read.
    """
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlam"):
        raise RefusedError("CB701", "这是带宏的工作簿（.xlsm），不能导入", _SAVE_AS)
    size = path.stat().st_size
    if size > MAX_FILE:
        message = f"文件有 {size // _MB} MB，超过上限 {MAX_FILE // _MB} MB"
        raise RefusedError("CB702", message, "删去图片和无关的工作表，或者分几次导出")
    with path.open("rb") as stream:
        start = stream.read(8)
        if start == _OLE:
            raise _ole(stream.read())
    if not start.startswith(b"PK"):
        kind = "是空的" if not start else "不是 Excel 工作簿，像是文本或 CSV"
        raise RefusedError("CB701", f"文件{kind}（扩展名改了，内容不会变）", _SAVE_AS)
    try:
        with zipfile.ZipFile(path) as archive:
            _members(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, ValueError):
        raise _damaged() from None
    except (RuntimeError, NotImplementedError):
        raise RefusedError(
            "CB701", "文件加了密码或用了特殊的压缩方法，读不出来", _SAVE_AS
        ) from None


def _ole(rest: bytes) -> RefusedError:
    if _ENCRYPTED in rest:
        return RefusedError(
            "CB701", "文件加了打开密码，读不出来", "在 Excel 里打开，取消密码后另存一份再导入"
        )
    return RefusedError("CB701", "这是旧格式的工作簿（.xls），不能导入", _SAVE_AS)


def _damaged() -> RefusedError:
    return RefusedError("CB701", "文件已经损坏，读不出来", "重新传送一份，或者" + _SAVE_AS)


def _members(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    if len(infos) > MAX_MEMBERS or len(names) < len(infos):
        raise RefusedError("CB702", "文件内部的部件过多或者重名，不像正常的工作簿", _SAVE_AS)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("CB701", "文件里有宏，不能导入", _SAVE_AS)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise RefusedError("CB701", f"{_kind(names)}，不是 Excel 工作簿（.xlsx）", _SAVE_AS)
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _bomb()
    total = cells = 0
    for info in infos:
        counts, size = _scan(archive, info, MAX_UNPACKED - total)
        total += size
        cells += counts[b"c"]
        _within(counts[b"row"], MAX_SHEET_ROWS, "一张工作表有 {} 多行", "删去表格下方的空行")
        _within(cells, MAX_CELLS, "工作簿有 {} 多个单元格", "删去空行空列，或者分几次导出")
        _within(counts[b"si"], MAX_STRINGS, "工作簿有 {} 多段文字", "分几次导出")


def _within(count: int, most: int, message: str, fix: str) -> None:
    if count > most:
        raise RefusedError("CB702", message.format(most) + "，超过上限", fix)


def _bomb() -> RefusedError:
    return RefusedError(
        "CB702",
        f"文件解开后超过 {MAX_UNPACKED // _MB} MB，没有打开",
        "删去图片、空行和无关的工作表；来历不明的文件不要打开",
    )


def _scan(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int
) -> tuple[dict[bytes, int], int]:
    """The number of rows, cells and texts of a part, and its true size in bytes."""
    counts = {b"row": 0, b"c": 0, b"si": 0}
    size, tail = 0, b""
    may_be_binary = info.filename.lower().endswith(_BINARY)
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            if not may_be_binary and not size:
                _plain_utf8(chunk)
            size += len(chunk)
            if size > room:
                raise _bomb()
            if b"\0" in chunk and not may_be_binary:
                raise _odd_xml("含有空字符")
            window = tail + chunk
            if _DOCTYPE.search(window):
                raise _odd_xml("含有文档类型或实体声明")
            kept = max(0, len(window) - 40)  # a tag cut in two is counted with the next chunk
            for match in _TAG.finditer(window):
                if match.start() < kept:
                    counts[match[1]] += 1
            if counts[b"row"] > MAX_SHEET_ROWS or counts[b"c"] > MAX_CELLS:
                break
            tail = window[kept:]
    for match in _TAG.finditer(tail):
        counts[match[1]] += 1
    return counts, size


def _plain_utf8(start: bytes) -> None:
    """Refuse encodings in which the scan would not see a declaration."""
    declared = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()[:400])
    if declared and declared[1].lower() not in _UTF8:
        raise _odd_xml("不是 UTF-8 编码")
    if not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise _odd_xml("不是 UTF-8 编码")


def _odd_xml(what: str) -> RefusedError:
    return RefusedError("CB702", f"文件内部{what}，没有打开", "来历不明的文件不要打开；" + _SAVE_AS)


def _kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "这是 Word 文件"
    if "mimetype" in names:
        return "这是 OpenDocument 文件（.ods、.odt）"
    return "这是二进制工作簿（.xlsb）" if "xl/workbook.bin" in names else "这是压缩包"
