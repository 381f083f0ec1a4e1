"""What a complaint is about: goods or service, and issue, guessed from two signs.

Words of the vocabularies found in the text, and nearness of meaning to the vocabulary entries.
The guess only raises records that share it; it never hides any. (What the nearest cases are about
was tried as a third sign and lost: it repeats the mistakes of the first ranking.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebase.model import Taxonomy, Term
from casebase.search.encoder import Vectors
from casebase.search.tokens import normalise

#: Weights of words and meaning; chosen on the tuning half of ``benchmarks/dev_queries.jsonl``.
WORDS, MEANING = 0.65, 0.35
#: What one matched word is worth by its length.
_WORTH = {1: 0.4, 2: 1.0}
_LONG = 1.5
_SPLIT = re.compile(r"[/、（）()\s]+")


@dataclass(frozen=True)
class Guess:
    """One vocabulary entry with 0..1 how well it fits, and the words that spoke for it."""

    id: str
    label: str
    score: float
    words: tuple[str, ...] = ()


class Detector:
    """Guesses entries of one vocabulary.

    :param vectors: (entries, dim), one a term of ``taxonomy``, in its order.
    """

    def __init__(self, taxonomy: Taxonomy, vectors: Vectors) -> None:
        self._terms = taxonomy.terms
        self._row = {term.id: row for row, term in enumerate(self._terms)}
        self._vectors = vectors
        self._owners: dict[str, list[int]] = {}
        for row, term in enumerate(self._terms):
            for word in _words(term):
                self._owners.setdefault(word, []).append(row)
        longest_first = sorted(self._owners, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def guess(self, text: str, vector: NDArray[np.float32]) -> list[Guess]:
        """All entries with a score above zero, best first, ties in vocabulary order."""
        found = dict.fromkeys(self._pattern.findall(normalise(text)))
        owners = {word: self._owners[word] for word in found}
        total = WORDS * self._by_words(owners) + MEANING * _stretched(self._vectors @ vector)
        order = np.lexsort((np.arange(len(total)), -total))
        return [
            Guess(
                self._terms[row].id,
                self._terms[row].label,
                float(total[row]),
                tuple(word for word, rows in owners.items() if row in rows),
            )
            for row in order
            if total[row] > 0
        ]

    def _by_words(self, owners: Mapping[str, list[int]]) -> NDArray[np.float64]:
        """0..1 an entry: worth of the words found, shared ones divided; the best entry gets 1
        unless all it has is less than one whole word."""
        worth = np.zeros(len(self._terms), np.float64)
        for word, rows in owners.items():
            worth[rows] += _WORTH.get(len(word), _LONG) / len(rows)
        return np.asarray(worth / max(1.0, float(worth.max(initial=0.0))), np.float64)


def _words(term: Term) -> list[str]:
    parts = [part for part in _SPLIT.split(term.label) if len(part) > 1]
    return list(dict.fromkeys(normalise(word) for word in (*term.keywords, *parts)))


def _stretched(values: Vectors) -> NDArray[np.float64]:
    """Cosines of e5 lie close together: spread them from the median up to the best."""
    middle, top = float(np.median(values)), float(values.max())
    if top <= middle:
        return np.zeros(len(values))
    return np.asarray(np.clip((values - middle) / (top - middle), 0.0, 1.0), np.float64)
