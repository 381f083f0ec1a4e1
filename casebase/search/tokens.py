"""Chinese text to index terms, without a dictionary.

Han runs give single characters and overlapping pairs, anything alphanumeric gives whole words.
Measured on complaint-like text this was never worse than a word segmenter, and a wrong cut
(在蠡/口) cannot lose a word. No term spans punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Queries with more Han characters than this are matched by pairs only (Nie et al. 2000 and our
#: own runs: single characters drown a long query in noise).
LONG_QUERY = 120
#: Characters looked at; a complaint is a page, not a book.
MAX_CHARS = 20_000

_RUN = re.compile(r"([㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+)|([a-z0-9]+(?:[.\-][a-z0-9]+)*)")


def normalise(text: str) -> str:
    """NFKC, lower case: full-width letters and digits become ordinary ones."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower()


def terms(text: str, *, unigrams: bool = True) -> list[str]:
    """Index terms of ``text`` in order of appearance; empty for text without letters or digits.

    >>> terms("退一赔三 iPhone15")
    ['退', '一', '赔', '三', '退一', '一赔', '赔三', 'iphone15']
    """
    found: list[str] = []
    for han, word in _runs(text):
        if han:
            if unigrams or len(han) == 1:
                found.extend(han)
            found.extend(han[at : at + 2] for at in range(len(han) - 1))
        else:
            found.append(word)
    return found


def query_terms(text: str) -> list[str]:
    """Terms of a query: as :func:`terms`, without single characters if it is long."""
    return terms(text, unigrams=han_count(text) <= LONG_QUERY)


def han_count(text: str) -> int:
    """Number of Han characters."""
    return sum(len(han) for han, _ in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in _RUN.finditer(normalise(text)):
        yield match.group(1) or "", match.group(2) or ""
