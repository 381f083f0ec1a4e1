"""Look-up over a small casebase with a fake encoder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebase.model import Case, Taxonomy
from casebase.search import Filters, IndexStore, QueryError, Searcher
from casebase.search.text import OVERLAP, WINDOW, windows


@pytest.fixture
def searcher(
    tmp_path: Path, cases: list[Case], taxonomies: dict[str, Taxonomy], encoder: Any
) -> Searcher:
    store = IndexStore("fake/1", cache=tmp_path)
    return Searcher(store.update(cases, taxonomies, encoder), encoder)


@pytest.mark.parametrize(
    ("text", "subject", "issue"),
    [
        ("健身房关门了，会员卡里还有钱", "s_fitness", "prepaid"),
        ("买到过期的牛奶，喝了拉肚子", "g_food", "food_safety"),
        ("沙发坏了，扶手开裂", "g_furniture", "quality"),
    ],
)
def test_the_first_hit_shares_goods_and_issue(
    searcher: Searcher, text: str, subject: str, issue: str
) -> None:
    hit = searcher.search(text, 1)[0]
    assert (hit.subject, hit.issues) == (subject, (issue,))
    assert hit.why["level"] == "高"
    assert hit.why["shared_issues"] == [issue]
    assert hit.why["terms"]
    assert hit.why["field"]
    assert hit.citations == (("L-XF", 53),)


def test_the_same_question_has_the_same_answer(searcher: Searcher, encoder: Any) -> None:
    first = searcher.search("会员卡退钱", 5)
    assert first == searcher.search("会员卡退钱", 5)
    assert first == Searcher(searcher.index, encoder).search("会员卡退钱", 5)
    scores = [hit.score for hit in first]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_equal_cases_come_in_order_of_id(
    tmp_path: Path, taxonomies: dict[str, Taxonomy], encoder: Any, new_case: Callable[..., Case]
) -> None:
    twins = [new_case(n, 基本案情="完全相同的案情。", 处理时="2020") for n in (9, 1, 17)]
    store = IndexStore("fake/1", cache=tmp_path)
    found = Searcher(store.update(twins, taxonomies, encoder), encoder).search("健身房", 3)
    assert [hit.id for hit in found] == sorted(case.id for case in twins)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(subject="g_food"), {3, 4}),
        (Filters(subject="食品"), {3, 4}),
        (Filters(issue="质量"), {5}),
        (Filters(year=2019), {1}),
        (Filters(on=date(2020, 6, 1)), {1, 2}),
        (Filters(subject="g_food", issue="quality"), set()),
    ],
)
def test_filters_keep_only_what_fits(
    searcher: Searcher, filters: Filters, expected: set[int]
) -> None:
    hits = searcher.search("健身房关门牛奶过期沙发", 10, filters)
    assert {int(hit.id[-3:]) for hit in hits} == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(subject="健生"), "没有这一项.*健身"),  # a slip of the pen: near names are listed
        (Filters(issue="不存在的"), "没有这一项"),
        (Filters(channel=""), "渠道"),
    ],
)
def test_unknown_filters_are_refused_with_advice(
    searcher: Searcher, filters: Filters, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        searcher.search("健身", 1, filters)


@pytest.mark.parametrize("text", ["", "  \n ", "\t"])
def test_an_empty_question_is_misuse(searcher: Searcher, text: str) -> None:
    with pytest.raises(QueryError, match="没有写投诉内容"):
        searcher.search(text)


def test_symbols_alone_find_nothing_and_say_so(searcher: Searcher) -> None:
    answer = searcher.answer("😀😀😡！！？")
    assert answer.hits == ()
    assert "没有可供检索的文字" in answer.notes[0]


def test_foreign_text_is_answered_with_a_caution(searcher: Searcher) -> None:
    answer = searcher.answer("the gym closed and kept my money")
    assert answer.hits
    assert "没有与来文相同的词语" in answer.notes[0]


def test_a_megabyte_is_cut_not_choked_on(searcher: Searcher) -> None:
    answer = searcher.answer("健身房关门了" * 200_000)
    assert answer.hits[0].subject == "s_fitness"
    assert any("只用了前" in note for note in answer.notes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=200), st.integers(1, 200))
def test_no_text_breaks_it(searcher: Searcher, text: str, k: int) -> None:
    try:
        answer = searcher.answer(text, k)
    except QueryError:
        return
    assert len(answer.hits) <= min(k, len(searcher.index))


def test_similar_cases_leave_out_the_case_itself(searcher: Searcher) -> None:
    item = searcher.index.entries[0]
    hits = searcher.similar_to(item.id, 4)
    assert item.id not in {hit.id for hit in hits}
    assert hits[0].subject == item.subject
    with pytest.raises(QueryError, match="没有案例"):
        searcher.similar_to("XC-1999-FIT-001")


def test_an_index_of_another_encoder_is_refused(searcher: Searcher, encoder: Any) -> None:
    other = type(encoder)()
    other.id = "other/1"
    with pytest.raises(QueryError, match="重建索引"):
        Searcher(searcher.index, other)


@given(st.text(alphabet="退一赔三", max_size=3000))
def test_windows_cover_everything(text: str) -> None:
    parts = windows(text)
    assert all(0 < len(part) <= WINDOW for part in parts)
    joined = "".join(part if at == 0 else part[OVERLAP:] for at, part in enumerate(parts))
    assert joined == text.strip()
