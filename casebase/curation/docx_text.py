"""The paragraphs of a .docx from outside, read with suspicion.

A .docx is a zip: it is measured before it is opened, as 300 KB can hold 300 MB, and parts with
a document type declaration are refused.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from casebase.curation.io import UnreadableFileError

MAX_UNPACKED = 100 << 20
MAX_RATIO = 200
MAX_MEMBERS = 2000
MAX_LINES = 60_000


def docx_lines(data: bytes) -> list[str]:
    """The text of a .docx, a line a paragraph (tables row by row, in the order of the page).

    Raises:
        UnreadableFileError: not a .docx, or one that unpacks to more than a law can have.
    """
    refuse_bombs(data)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise _bad(f"不是完好的 Word 文件（{type(error).__name__}）") from None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                lines.append("　".join(cell.text for cell in row.cells))
        else:
            lines.extend(block.text.split("\n"))
        if len(lines) > MAX_LINES:
            raise _bad(f"超过 {MAX_LINES} 段")
    return lines


def refuse_bombs(data: bytes) -> None:
    """Raise :class:`UnreadableFileError` for what is no .docx, or unpacks to far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MAX_MEMBERS:
                raise _bad(f"内含 {len(members)} 个部件")
            size = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members) or 1
            if size > MAX_UNPACKED or size / packed > MAX_RATIO:
                raise _bad(f"解开后有 {size >> 20} MB，像是压缩炸弹")
            for member in members:
                path = PurePosixPath(member.filename.replace("\\", "/"))
                if path.is_absolute() or ".." in path.parts:
                    raise _bad("部件的路径越出文件")
                if path.suffix in (".xml", ".rels"):
                    with package.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise _bad("含有文档类型声明")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise _bad("不是 Word 文件，或者已经损坏") from None


def _bad(message: str) -> UnreadableFileError:
    fix = "从国家法律法规数据库重新下载，或者另存为纯文本再导入"
    return UnreadableFileError("CB331", 0, message, fix)
