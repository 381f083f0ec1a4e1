"""Citations against the statute book on a day."""

from __future__ import annotations

from datetime import date

import pytest

from casebase.curation.store import Casebase
from casebase.law.book import Standing
from casebase.law.wording import article_words, chinese_number, value_words
from casebase.model import Citation, DateRange


def cite(statute: str, article: int | None) -> Citation:
    return Citation.model_construct(statute=statute, article=article)


@pytest.mark.parametrize(
    ("statute", "article", "day", "standing", "reason"),
    [
        ("L-XF", 55, "2018-03-27", Standing.GOOD, "in force since 2014"),
        ("L-XF", 99, "2018-03-27", Standing.NO_SUCH_ARTICLE, "the law has 63 articles"),
        ("L-XF", 55, "2013-01-01", Standing.NOT_IN_FORCE, "that text came in 2014"),
        ("R-SAMR-20", 15, "2026-04-14", Standing.GOOD, "its last day"),
        ("R-SAMR-20", 15, "2026-04-15", Standing.NOT_IN_FORCE, "replaced on that day"),
        ("R-SAMR-121", 16, "2026-04-15", Standing.GOOD, "its first day"),
        ("R-SAMR-121", 47, "2026-04-15", Standing.NO_SUCH_ARTICLE, "it has 46 articles"),
        ("L-FBZD", 8, "2024-01-01", Standing.GOOD, "false publicity before 2025"),
        ("L-FBZD", 9, "2026-01-01", Standing.GOOD, "false publicity since 2025"),
        ("L-SB", 57, "2027-02-01", Standing.OTHER_VERSION, "the new law renumbers all"),
        ("X-YZ", 1, "2020-01-01", Standing.UNKNOWN_STATUTE, "no such id"),
        ("L-XF", None, "2020-01-01", Standing.GOOD, "the law as a whole"),
    ],
)
def test_standing(
    bundled: Casebase, statute: str, article: int | None, day: str, standing: Standing, reason: str
) -> None:
    on = date.fromisoformat(day)
    assert bundled.statutes.judge(cite(statute, article), DateRange(on, on)).standing is standing


def test_a_year_is_given_the_benefit_of_the_doubt(bundled: Casebase) -> None:
    year = DateRange(date(2026, 1, 1), date(2026, 12, 31))
    for statute, article in (("R-SAMR-20", 15), ("R-SAMR-121", 16)):
        assert bundled.statutes.judge(cite(statute, article), year).standing is Standing.GOOD


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (15, "十五"), (55, "五十五"), (101, "一百零一"), (148, "一百四十八")],
)
def test_numbers_as_statutes_write_them(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_articles_in_words() -> None:
    assert article_words(23, 1, 5) == "第二十三条第一款第（五）项"
    assert article_words(None) == ""


@pytest.mark.parametrize(
    ("limit", "day", "words"),
    [
        ("cpl_accept_7wd_2026", "2026-11-23", "7个工作日"),
        ("cpl_mediate_60d_2026", "2026-11-23", "60日"),
        ("cpl_mediate_45wd_2020", "2026-04-14", "45个工作日"),
        ("cpl_mediate_45wd_2020", "2026-04-15", "已废止"),
    ],
)
def test_limits_in_words(bundled: Casebase, limit: str, day: str, words: str) -> None:
    record = bundled.limits.get(limit)
    assert record is not None
    assert value_words(record.on(date.fromisoformat(day))) == words


def test_every_limit_names_known_events_and_statutes(bundled: Casebase) -> None:
    for limit in bundled.limits:
        for event in (limit.start, limit.end):
            assert event is None or event in bundled.events.by_id, limit.id
        assert limit.source.statute is None or bundled.statutes.get(limit.source.statute), limit.id
