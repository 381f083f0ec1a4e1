"""A written document taken apart: its cases, and the sections of each."""

from __future__ import annotations

from pathlib import Path

from casebase.curation import docx_text
from casebase.curation.docx_text import Line
from casebase.curation.intake import words
from casebase.curation.intake.headings import HeadingReader
from casebase.curation.intake.splitter import Splitter, WordCase
from casebase.curation.intake.text import MOST_DOCUMENT, MOST_TEXT, ensure_bearable
from casebase.curation.io import UnreadableFileError

MAX_BYTES = 20 << 20
MAX_LINES = 20_000
MAX_CASES = 200
_CODE = "CB361"


def read_cases(path: Path, root: Path) -> list[WordCase]:
    """The cases of a .docx, in order.

    Raises:
        UnreadableFileError: it is no harmless .docx, or nothing is written in it.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size >> 20
        raise docx_text.WRITTEN.bad(f"文件有 {size} MB，超过上限 {MAX_BYTES >> 20} MB")
    return split(docx_text.read_docx(path.read_bytes()), HeadingReader(words.headings(root)))


def split(lines: list[Line], reader: HeadingReader) -> list[WordCase]:
    """The cases of a document; what stands before the first goes to that one's ``unplaced``."""
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MOST_DOCUMENT:
        raise docx_text.WRITTEN.bad("文字过多，不像典型案例")
    splitter = Splitter(reader)
    for number, line in enumerate(lines, start=1):
        ensure_bearable(line.text, f"第 {number} 段", _CODE)
        splitter.take(line)
    cases = splitter.finished()
    if not cases:
        raise docx_text.WRITTEN.bad("里面没有文字")
    if len(cases) > MAX_CASES:
        raise docx_text.WRITTEN.bad(f"有 {len(cases)} 件案例，一次最多 {MAX_CASES} 件")
    for case in cases:
        if len(case.text) > MOST_TEXT:
            raise UnreadableFileError(_CODE, 0, "一件案例超过 20 万字", "核对文件是否放错")
    return cases
