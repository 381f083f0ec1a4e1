"""BM25 over weighted fields, in sparse matrices.

Robertson & Zaragoza 2009, *The Probabilistic Relevance Framework*, with the simple BM25F: term
frequencies of the fields are added up with their weights, then saturated once. The impact of
every (term, record) pair is stored, so that a query is a sum of columns.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casebase.search.errors import IndexCorruptError

K1, B = 1.2, 0.75

_ARRAYS = ("indptr", "rows", "impact")


@dataclass(frozen=True)
class LexicalIndex:
    """Columns of a (records x terms) matrix of BM25 impacts.

    :param vocabulary: term -> column.
    :param indptr: (terms + 1,) start of each column in ``rows`` and ``impact``.
    :param size: number of records.
    """

    vocabulary: dict[str, int]
    indptr: NDArray[np.int64]
    rows: NDArray[np.int32]
    impact: NDArray[np.float32]
    size: int

    @classmethod
    def build(cls, documents: Iterable[Mapping[str, float]]) -> LexicalIndex:
        """From one ``{term: weighted frequency}`` a record. No records make an empty index."""
        from scipy.sparse import csc_array

        vocabulary: dict[str, int] = {}
        columns, rows, counts = array("i"), array("i"), array("f")
        size = 0
        for row, document in enumerate(documents):
            size = row + 1
            for term, count in document.items():
                columns.append(vocabulary.setdefault(term, len(vocabulary)))
                rows.append(row)
                counts.append(count)
        shape = (size, len(vocabulary))
        where = (np.frombuffer(rows, np.int32), np.frombuffer(columns, np.int32))
        weights = np.frombuffer(counts, np.float32).astype(np.float64)
        matrix = csc_array((weights, where), shape=shape)
        matrix.sort_indices()
        frequency = np.diff(matrix.indptr)
        idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
        length = np.asarray(matrix.sum(axis=1)).ravel()
        mean = float(length.mean()) if size else 0.0
        norm = K1 * (1 - B + B * (length / mean if mean else length))
        tf = matrix.data
        impact = np.repeat(idf, frequency) * tf * (K1 + 1) / (tf + norm[matrix.indices])
        return cls(
            vocabulary,
            matrix.indptr.astype(np.int64),
            matrix.indices.astype(np.int32),
            impact.astype(np.float32),
            size,
        )

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """(size,) BM25 of every record; zero where no term is shared.

        A term said twice counts twice. Empty or wholly unknown queries give zeros, never hits.
        """
        total = np.zeros(self.size, np.float64)
        for term, times in Counter(query).items():
            column = self.vocabulary.get(term)
            if column is not None:
                span = slice(self.indptr[column], self.indptr[column + 1])
                total[self.rows[span]] += times * self.impact[span].astype(np.float64)
        return total.astype(np.float32)

    def top(self, query: Sequence[str], k: int) -> list[tuple[int, float]]:
        """The best ``k`` records with a score above zero, best first, ties by row."""
        return best(self.scores(query), k)

    def matched(self, query: Sequence[str], row: int) -> dict[str, float]:
        """What each term of the query adds to the score of one record."""
        found: dict[str, float] = {}
        for term, times in Counter(query).items():
            column = self.vocabulary.get(term)
            if column is None:
                continue
            start, stop = int(self.indptr[column]), int(self.indptr[column + 1])
            at = start + int(np.searchsorted(self.rows[start:stop], row))
            if at < stop and self.rows[at] == row:
                found[term] = times * float(self.impact[at])
        return found

    def idf(self, term: str) -> float:
        """How rare a term is (0 for unknown ones)."""
        column = self.vocabulary.get(term)
        if column is None:
            return 0.0
        frequency = int(self.indptr[column + 1] - self.indptr[column])
        return math.log1p((self.size - frequency + 0.5) / (frequency + 0.5))

    def save(self, folder: Path) -> None:
        """Write ``lexical.npz`` and ``terms.txt`` (one term a line, in column order)."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        with (folder / "lexical.npz").open("wb") as handle:
            np.savez(handle, allow_pickle=False, size=np.int64(self.size), **arrays)
        text = "\n".join(self.vocabulary)
        (folder / "terms.txt").write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what :meth:`save` wrote.

        :raises IndexCorruptError: the parts do not fit together.
        """
        try:
            with np.load(folder / "lexical.npz", allow_pickle=False) as stored:
                indptr, rows, impact = (stored[name] for name in _ARRAYS)
                size = int(stored["size"])
            text = (folder / "terms.txt").read_text(encoding="utf-8")
        except (OSError, ValueError, KeyError) as error:
            raise IndexCorruptError(f"词项索引读不出：{error}") from error
        names = text.split("\n") if text else []
        if len(indptr) != len(names) + 1 or len(rows) != len(impact) or indptr[-1] != len(rows):
            raise IndexCorruptError("词项索引各部分对不上")
        if len(rows) and not 0 <= int(rows.min()) <= int(rows.max()) < size:
            raise IndexCorruptError("词项索引指向不存在的记录")
        return cls({term: at for at, term in enumerate(names)}, indptr, rows, impact, size)


def best(scores: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    """(row, score) of the ``k`` largest positive scores, best first, ties by row."""
    positive = np.flatnonzero(scores > 0)
    if k <= 0 or not len(positive):
        return []
    if len(positive) > k:
        cut = np.partition(scores[positive], len(positive) - k)[len(positive) - k]
        positive = positive[scores[positive] >= cut]  # keeps ties, in row order
    order = positive[np.lexsort((positive, -scores[positive]))][:k]
    return [(int(row), float(scores[row])) for row in order]
