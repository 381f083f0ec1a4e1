"""Anchors of the block tree → bookmarks of Word.

Word takes letters, digits and ``_``, at most 40 characters, a letter or ``_`` first, and does
not tell upper from lower case; an anchor may be longer, hold ``-`` and begin with a digit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_NAME = 40  # Word's limit
_HASH = 8
_PLAIN = re.compile(r"(?!a_)[a-z][a-z0-9_]{0,39}\Z")
BODY_START = "guide_body"
"""The bookmark at the first page of the body; the measured page 1."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its name, and its number, unique in the document."""

    name: str
    number: int


def bookmark_name(anchor: str) -> str:
    """The name for an anchor: the anchor itself if Word can take it, else made safe + hash."""
    if _PLAIN.match(anchor) and anchor != BODY_START:
        return anchor
    digest = hashlib.sha256(anchor.encode()).hexdigest()[:_HASH]
    safe = re.sub(r"[^a-z0-9_]", "_", anchor.lower())
    return f"a_{safe[: MAX_NAME - _HASH - 3]}_{digest}"


def make_bookmarks(anchors: Iterable[str]) -> dict[str, Bookmark]:
    """Bookmarks in document order; number 0 is kept for :data:`BODY_START`."""
    return {
        anchor: Bookmark(bookmark_name(anchor), number)
        for number, anchor in enumerate(anchors, start=1)
    }
