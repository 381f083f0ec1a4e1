"""Records by nearness of meaning, from the nearness of their passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from casebase.search.fuse import DEPTH
from casebase.search.index import SearchIndex
from casebase.search.text import Field

#: Weights of the parts of a case; a part in several windows counts with its best one.
FIELD_WEIGHTS = {Field.HEAD: 0.4, Field.FACTS: 0.4, Field.DISPUTE: 0.2}
#: How many passages are fetched from a large index, and up to which number of records all are
#: scored exactly.
_PASSAGES, _EXACT = 4 * DEPTH, 4 * DEPTH


def dense_ranking(
    index: SearchIndex,
    spans: NDArray[np.int64],
    vector: NDArray[np.float32],
    also: Sequence[int],
    allowed: NDArray[np.bool_],
) -> tuple[list[tuple[int, float]], dict[int, Field]]:
    """The best records by dense score, best first, ties by row, and the nearest part of each.

    Candidates are the owners of the nearest passages and the records ``also`` found by words; with
    a filter, or in a small index, all allowed records. Each gets the weighted mean over its parts.

    :param spans: (records + 1,) first passage of each record.
    """
    if allowed.all() and len(index) > _EXACT:
        near = index.dense.search(vector[None], _PASSAGES)[0]
        rows = {int(index.owners[row]) for row, _ in near} | set(also)
        candidates = np.array(sorted(rows), np.int64)
    else:
        candidates = np.flatnonzero(allowed)
    sizes = spans[candidates + 1] - spans[candidates]
    total = int(sizes.sum())
    owners = np.repeat(np.arange(len(candidates)), sizes)
    starts = np.repeat(spans[candidates] - (np.cumsum(sizes) - sizes), sizes)
    passages = starts + np.arange(total)
    table = np.full((len(candidates), len(Field)), -1.0, np.float32)
    np.maximum.at(table, (owners, index.fields[passages]), index.dense.scores(vector, passages))
    weights = np.array([FIELD_WEIGHTS[part] for part in Field], np.float32)
    present = (table > -1) * weights
    scores = (table * present).sum(axis=1) / np.maximum(present.sum(axis=1), 1e-9)
    order = np.lexsort((candidates, -scores))[:DEPTH]
    ranked = [(int(candidates[at]), float(scores[at])) for at in order]
    nearest = {int(candidates[at]): Field(int(table[at].argmax())) for at in order}
    return ranked, nearest
