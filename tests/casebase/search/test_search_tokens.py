"""Terms and BM25: tables, and a naive oracle."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.search.errors import IndexCorruptError
from casebase.search.lexical import K1, B, LexicalIndex, best
from casebase.search.tokens import LONG_QUERY, query_terms, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("退一赔三", ["退", "一", "赔", "三", "退一", "一赔", "赔三"]),
        ("ＩＰＨＯＮＥ１５", ["iphone15"]),  # full width is ordinary width
        ("12.5元", ["12.5", "元"]),  # a number stays whole
        ("退，款", ["退", "款"]),  # no pair over punctuation
        ("😀！……", []),  # nothing to search for
        ("", []),
    ],
)
def test_it_finds_the_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_long_query_drops_single_characters() -> None:
    long = "健身房关门" * (LONG_QUERY // 5 + 1)
    assert all(len(term) == 2 for term in query_terms(long))
    assert "健" in query_terms("健身房")


@given(st.text(max_size=300))
def test_any_text_gives_terms_without_blanks(text: str) -> None:
    assert all(term and not term.isspace() for term in terms(text))


def naive(corpus: Sequence[Sequence[str]], query: Sequence[str]) -> list[float]:
    """BM25 by the book, one document at a time."""
    mean = sum(map(len, corpus)) / len(corpus)
    scores = []
    for document in corpus:
        counts, score = Counter(document), 0.0
        for term in query:
            n = sum(term in other for other in corpus)
            if not n or term not in counts:
                continue
            idf = math.log(1 + (len(corpus) - n + 0.5) / (n + 0.5))
            tf = counts[term]
            score += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(document) / mean))
        scores.append(score)
    return scores


words = st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=12)


@given(st.lists(words, min_size=1, max_size=8), words)
def test_bm25_equals_the_naive_one(corpus: list[list[str]], query: list[str]) -> None:
    index = LexicalIndex.build(Counter(document) for document in corpus)
    np.testing.assert_allclose(index.scores(query), naive(corpus, query), rtol=1e-4, atol=1e-5)
    for row, score in enumerate(index.scores(query)):
        matched = index.matched(query, row)
        assert sum(matched.values()) == pytest.approx(float(score), rel=1e-4, abs=1e-5)


def test_unknown_or_empty_queries_hit_nothing_and_k_may_be_large() -> None:
    index = LexicalIndex.build([Counter(terms("健身房关门")), Counter(terms("牛奶过期"))])
    assert index.top([], 5) == []
    assert index.top(["没有"], 5) == []
    assert [row for row, _ in index.top(terms("牛奶"), 50)] == [1]
    assert LexicalIndex.build([]).top(["健"], 3) == []


def test_a_field_weight_counts_like_repetition() -> None:
    twice = LexicalIndex.build([{"甲": 2.0, "乙": 1.0}, {"乙": 1.0}])
    said = LexicalIndex.build([Counter("甲甲乙"), Counter("乙")])
    np.testing.assert_allclose(twice.scores(["甲"]), said.scores(["甲"]))


def test_ties_go_by_row_and_cuts_keep_the_order() -> None:
    scores = np.array([1, 3, 3, 0, 3, 2], np.float32)
    assert [row for row, _ in best(scores, 2)] == [1, 2]
    assert [row for row, _ in best(scores, 9)] == [1, 2, 4, 5, 0]


def test_save_and_load_are_inverse_and_mismatch_is_refused(tmp_path: Path) -> None:
    index = LexicalIndex.build([Counter(terms("健身房关门")), Counter(terms("牛奶过期"))])
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path)
    query = terms("健身牛奶")
    np.testing.assert_array_equal(again.scores(query), index.scores(query))
    (tmp_path / "terms.txt").write_text("少", encoding="utf-8")
    with pytest.raises(IndexCorruptError):
        LexicalIndex.load(tmp_path)
