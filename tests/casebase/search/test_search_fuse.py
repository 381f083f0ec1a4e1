"""Fusion: properties that hold for all lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search.explain import matched_words
from casebase.search.fuse import fuse, min_max

ranked = st.dictionaries(st.integers(0, 50), st.floats(-5, 5, allow_nan=False), max_size=20).map(
    lambda table: sorted(table.items(), key=lambda entry: (-entry[1], entry[0]))
)


@given(ranked, ranked)
def test_scores_lie_between_0_and_1_and_fall(first: list, second: list) -> None:
    joined = fuse([first, second], [0.5, 0.5])
    scores = [score for _, score in joined]
    assert all(0 <= score <= 1 + 1e-9 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert {key for key, _ in joined} == {key for key, _ in first} | {key for key, _ in second}


@given(ranked, ranked)
def test_the_order_of_lists_does_not_matter(first: list, second: list) -> None:
    assert fuse([first, second], [0.5, 0.5]) == fuse([second, first], [0.5, 0.5])


@given(ranked)
def test_an_empty_list_changes_no_order(first: list) -> None:
    alone = sorted(min_max(first).items(), key=lambda entry: (-entry[1], entry[0]))
    assert [key for key, _ in fuse([first, []], [0.5, 0.5])] == [key for key, _ in alone]


@given(ranked, st.floats(0.1, 10), st.floats(-3, 3))
def test_only_distances_matter(first: list, stretch: float, shift: float) -> None:
    moved = [(key, score * stretch + shift) for key, score in first]
    for key, value in min_max(first).items():
        if max(s for _, s in first) - min(s for _, s in first) > 1e-3:
            assert min_max(moved)[key] == pytest.approx(value, abs=1e-6)


def test_beyond_the_depth_nothing_counts() -> None:
    many = [(key, float(-key)) for key in range(300)]
    assert len(fuse([many], [1.0])) == 200


def test_ties_go_by_key_and_weights_must_match() -> None:
    assert [key for key, _ in fuse([[("b", 1.0), ("a", 1.0)]], [1.0])] == ["a", "b"]
    with pytest.raises(ValueError, match="zip"):
        fuse([[("a", 1.0)]], [0.5, 0.5])


def test_shared_pairs_are_shown_as_words() -> None:
    query = ["健", "身", "房", "健身", "身房", "关门"]
    shown = matched_words(query, {"健身": 2.0, "身房": 1.5, "关门": 1.0, "健": 0.2})
    assert shown == [{"term": "健身房", "weight": 3.5}, {"term": "关门", "weight": 1.0}]
    assert matched_words(["健"], {"健": 0.2}) == [{"term": "健", "weight": 0.2}]
    assert matched_words([], {}) == []
