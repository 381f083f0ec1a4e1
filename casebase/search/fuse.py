"""Join ranked lists: min-max over the top of each list, absent counts zero, weighted sum.

Fox & Shaw 1994 (CombSUM) with min-max normalisation; on six Chinese development sets it was never
significantly worse than either part, and better than reciprocal rank fusion
(``/work/shared/facts/search.md``; figures reproduced in ``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Key = TypeVar("Key", int, str)

#: How many of each list take part.
DEPTH = 200


def min_max(ranked: Sequence[tuple[Key, float]], depth: int = DEPTH) -> dict[Key, float]:
    """The first ``depth`` entries with their scores stretched to 0..1.

    A list whose scores are all equal says only "these, not others": all get 1.
    """
    top = list(ranked[:depth])
    if not top:
        return {}
    low, high = min(score for _, score in top), max(score for _, score in top)
    if high <= low:
        return {key: 1.0 for key, _ in top}
    return {key: (score - low) / (high - low) for key, score in top}


def fuse(
    lists: Sequence[Sequence[tuple[Key, float]]],
    weights: Sequence[float],
    depth: int = DEPTH,
) -> list[tuple[Key, float]]:
    """One list out of several, best first, ties by key; scores 0..1 if the weights sum to 1.

    :raises ValueError: not one weight a list.
    """
    total: dict[Key, float] = {}
    for ranked, weight in zip(lists, weights, strict=True):
        for key, value in min_max(ranked, depth).items():
            total[key] = total.get(key, 0.0) + weight * value
    return sorted(total.items(), key=lambda entry: (-entry[1], entry[0]))
