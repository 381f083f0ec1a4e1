"""Why a hit is a hit, in words that people recognise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def matched_words(
    query: Sequence[str], matched: Mapping[str, float], limit: int = 6
) -> list[dict[str, Any]]:
    """The strongest shared words as ``{"term", "weight"}``, best first.

    Overlapping pairs that follow each other in the question are joined (健身 + 身房 → 健身房);
    single characters are named only if nothing longer was shared.
    """
    pairs = [term for term in query if len(term) > 1]
    found: dict[str, float] = {}
    word, weight = "", 0.0
    for term in [*pairs, ""]:
        if word and term in matched and term[0] == word[-1] and len(term) == 2:
            word, weight = word + term[1], weight + matched[term]
            continue
        if word:
            found[word] = max(found.get(word, 0.0), weight)
        word, weight = (term, matched[term]) if term in matched else ("", 0.0)
    if not found:
        found = {term: value for term, value in matched.items() if len(term) == 1}
    order = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:limit]
    return [{"term": term, "weight": round(value, 3)} for term, value in order]
