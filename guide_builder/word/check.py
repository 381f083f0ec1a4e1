"""Check a .docx by program against GB/T 9704-2012 and against what Word accepts."""

from __future__ import annotations

from pathlib import Path

from .check_format import check_format
from .check_structure import check_structure
from .errors import WordError
from .reading import read_parts


def check_docx(source: Path | str | bytes) -> list[str]:
    """All findings on a .docx, each a Chinese sentence; an empty list means it conforms.

    Looked at: page, margins, grid of 22 × 28, fonts, sizes and levels of the styles, form and
    place of page numbers (GB/T 9704-2012), and order of elements, styles, bookmarks, links,
    fields, tables (ECMA-376). A file that is no .docx, or is dangerous to open, gives one finding.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        parts = read_parts(source)
    except WordError as error:
        return [str(error)]
    return check_structure(parts) + check_format(parts)
