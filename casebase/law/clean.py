"""Text made even before it is read: full-width to half-width, no white space, offsets kept.

Copies from PDF, WeChat and scanned decisions break citations by line ends, spaces and
full-width signs. The cleaned text has none of them; every sign remembers where it stood, so
that what is found can be shown in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
#: Signs that are written for one another: brackets, dashes, quotation marks.
_SAME = {
    "《": "〈巜<",
    "》": "〉>",
    "〔": "﹝［【[〖",
    "〕": "﹞］】]〗",
    "~": "～",
    "-": "—–－―─‐‑",
    '"': "“”「」『』",
    "'": "‘’",
    "、": "﹑､",
}
_ALIKE = {sign: even for even, signs in _SAME.items() for sign in signs}


@dataclass(frozen=True)
class Clean:
    """Cleaned text, and for each of its signs the place in the original."""

    text: str
    offsets: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of ``text[start:end]`` (not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class _Evens(dict[int, str]):
    """The even form of every sign met so far; ``odd`` are those that do not become one sign."""

    def __init__(self) -> None:
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = even = _even(sign)
        if len(even) != 1:
            self.odd.add(sign)
        return even


_EVENS = _Evens()


def clean(text: str) -> Clean:
    """The even form of ``text``.

    A blank line stays as one line end, as nothing is cited across paragraphs; white space
    between two ASCII letters or digits stays as one space, so that no number grows.
    """
    plain = text.translate(_EVENS)
    if _EVENS.odd.isdisjoint(text):  # sign for sign, as in most sentences
        return Clean(plain, range(len(text)))
    ends = {m.start() for m in _BLANK_LINE.finditer(text.replace("\r", "\n"))}
    signs: list[str] = []
    offsets: list[int] = []
    gap = -1
    for at, sign in enumerate(text):
        even = _EVENS[ord(sign)]
        if not even:
            if at in ends:
                signs.append("\n")
                offsets.append(at)
            elif gap < 0 and sign.isspace():
                gap = at
            continue
        if gap >= 0:
            if signs and _word(signs[-1]) and _word(even[0]):
                signs.append(" ")
                offsets.append(gap)
            gap = -1
        for part in even:
            signs.append(part)
            offsets.append(at)
    return Clean("".join(signs), offsets)


def even(text: str) -> str:
    """The even form alone, for names that are compared with cleaned text."""
    return clean(text).text


def _even(sign: str) -> str:
    if sign in _ALIKE:
        return _ALIKE[sign]
    if sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc"):
        return ""
    folded = unicodedata.normalize("NFKC", sign)
    folded = "".join(_ALIKE.get(part, part) for part in folded if not part.isspace())
    return folded.lower() if folded.isascii() else folded


def _word(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
