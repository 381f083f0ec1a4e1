"""The renderer's one verb: a document tree → a .docx with page numbers filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guide_builder.blocks import Document

from . import pages
from .bookmarks import Bookmark, make_bookmarks
from .clean import anchors_of, clean_document
from .estimate import PageMap, estimate
from .writer import write

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document.

    ``pages``: anchor → printed page, body only (page 1 is the body's first page).
    ``measured``: from a layout program; otherwise calculated from the grid. ``page_count``:
    all pages, with cover and contents.
    """

    docx: bytes
    pages: dict[str, int]
    measured: bool
    page_count: int


def roman(number: int) -> str:
    """A page of the front matter, as a reference shows it: 3 → III."""
    made = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        made += sign * count
    return made


def labels(found: PageMap) -> dict[str, str]:
    """Anchor → page number as printed."""
    front = {anchor: roman(page) for anchor, page in found.front.items()}
    return front | {anchor: str(page) for anchor, page in found.body.items()}


def render(
    document: Document,
    *,
    cache: Path | None = None,
    shipped: Path | None = None,
    measure: bool = True,
    stamp: datetime | None = None,
) -> Rendered:
    """Set a document tree as .docx in the format of GB/T 9704-2012.

    Args:
        cache: folder for measured page numbers; None keeps nothing.
        shipped: folder of page numbers measured beforehand; read, never written.
        measure: take the page numbers from LibreOffice if it is installed; else estimate them.
        stamp: created and modified date in the file's properties; a fixed day if not given.

    Raises:
        WordError: the blocks cannot be set; the message names the block.
    """
    clean = clean_document(document)
    bookmarks = make_bookmarks(anchors_of(clean))
    guess = estimate(clean)

    def build(found: PageMap) -> bytes:
        return write(clean, labels(found), stamp)

    first = build(guess)
    found = pages.load(shipped, first) if shipped else None
    if found is None and measure:
        found = _measured(build, first, bookmarks, guess, cache)
    if found is None:
        return Rendered(first, guess.body, measured=False, page_count=guess.count)
    return Rendered(build(found), found.body, measured=True, page_count=found.count)


def _measured(
    build: Callable[[PageMap], bytes],
    first: bytes,
    bookmarks: dict[str, Bookmark],
    guess: PageMap,
    cache: Path | None,
) -> PageMap | None:
    if cache is not None and (known := pages.load(cache, first)) is not None:
        return known
    soffice = pages.find_soffice()
    if soffice is None:
        return None
    found = pages.measure(build, bookmarks, guess, soffice)
    if found is not None and cache is not None:
        pages.save(cache, first, found)
    return found
