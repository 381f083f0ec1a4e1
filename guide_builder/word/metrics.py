"""How much room text takes on the grid: East Asian characters full, the others half width."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from . import standard as gb

_WIDE = frozenset("WFA")
_AUTO_SPACE = 0.5  # half-characters, w:autoSpaceDE
_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—%‰℃·")  # kinsoku: may hang at line end


def char_width(char: str) -> int:
    """The width of a character in half-characters: 2 full, 1 half, 0 combining."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def text_width(text: str) -> int:
    """The width of a text in half-characters."""
    return sum(map(char_width, text))


def _tokens(text: str) -> Iterator[str]:
    """What a line break may not cut: a run of half-width characters, or one full-width one."""
    word = ""
    for char in text:
        if char_width(char) == 1 and not char.isspace():
            word += char
            continue
        if word:
            yield word
            word = ""
        yield char
    if word:
        yield word


def _spaced(before: str, token: str) -> bool:
    """Whether Word puts a quarter em between two pieces: Han next to Latin or digits."""
    pair = (before[-1:], token[:1])
    return all(map(str.isalnum, pair)) and char_width(pair[0]) != char_width(pair[1])


def longest_word(text: str) -> int:
    """The width of the longest piece without a place to break, in half-characters."""
    return max(map(text_width, _tokens(text)), default=0)


def line_count(text: str, width: int, size: int, *, first: int = 0, grid: bool = False) -> int:
    """The number of lines that ``text`` fills.

    ``width`` and ``first`` (indent of the first line) are twips, ``size`` half-points;
    ``grid`` sets full-width characters on the body's character grid (28 a line).
    """
    half = gb.CHAR_PITCH / 2 if grid else size * gb.TWIPS_PER_POINT / 4
    room = max(2, math.floor(width / half + 1e-6))
    lines = 0
    for part in text.split("\n"):
        lines += 1
        used = first / half
        before = ""
        for token in _tokens(part):
            need = text_width(token) + (_AUTO_SPACE if _spaced(before, token) else 0)
            before = token
            if used + need <= room or (token in _NEVER_FIRST and used + need <= room + 2):
                used += need
            elif need <= room:
                lines += 1
                used = 0 if token.isspace() else need
            else:  # longer than a line: cut
                lines += math.ceil((used + need) / room) - 1
                used = (used + need) % room or room
    return lines
