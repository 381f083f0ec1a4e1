"""What the makers of blocks need to know of the document around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guide_builder.blocks import Heading

from . import standard as gb
from .bookmarks import Bookmark

UNKNOWN_PAGE = "1"


@dataclass(frozen=True, slots=True)
class Context:
    """The state a block is set in.

    ``labels`` are page numbers by anchor, as printed (roman in the front matter, which shows
    none); ``fresh`` asks for a new page before the block; ``landscape`` tells a turned page.
    """

    bookmarks: Mapping[str, Bookmark]
    labels: Mapping[str, str]
    headings: tuple[Heading, ...] = ()
    front: bool = False
    landscape: bool = False
    fresh: bool = False

    def label(self, anchor: str) -> str:
        """The page number of an anchor."""
        return self.labels.get(anchor, UNKNOWN_PAGE)

    @property
    def width(self) -> int:
        """The width of the text area, twips."""
        return gb.LANDSCAPE_TEXT_WIDTH if self.landscape else gb.TEXT_WIDTH

    def bookmark(self, anchor: str | None) -> Bookmark | None:
        """The bookmark of an anchor, if there is one."""
        return None if anchor is None else self.bookmarks[anchor]
