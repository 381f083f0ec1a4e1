"""Citations as people write them: a table with a reason a row, false positives, hostile text."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebase.curation.prose import prose
from casebase.curation.store import Casebase
from casebase.law.citations import Resolved, names_of, read_citations, whole_law
from casebase.law.finder import find
from casebase.law.numerals import number

HERE = Path(__file__).parent
DAY = date(2026, 4, 1)


def table() -> list[dict[str, str]]:
    with (HERE / "citations_table.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(item: Resolved) -> str:
    """``L-XF:55.1.6-8``; ``?`` several laws or none named, ``!`` a law not in the catalogue."""
    unit, found = item.found.unit, item.found
    law = found.statute or ("!" if found.how == "未收录" else "?")
    numbers = [unit.paragraph, unit.item, unit.subitem]
    while numbers and numbers[-1] is None:
        numbers.pop()
    tail = "".join(f".{'' if n is None else n}" for n in numbers)
    suffix = f"+{unit.suffix}" if unit.suffix else ""
    last = f"-{unit.range_end}" if unit.range_end else ""
    return f"{law}:{unit.article}{suffix}{tail}{last}"


ROWS = table()


def test_the_table_is_long_and_every_row_has_a_reason() -> None:
    assert len(ROWS) >= 400
    assert all(row["reason"] for row in ROWS)
    assert len({row["text"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[f"{i}-{r['reason']}" for i, r in enumerate(ROWS, 2)])
def test_as_people_write(row: dict[str, str], bundled: Casebase) -> None:
    text = row["text"].replace("\\n", "\n")
    found = read_citations(text, bundled.statutes, DAY)
    assert " ".join(map(shown, found)) == row["expected"], row["reason"]
    assert all(text[f.found.start : f.found.end] == f.found.text for f in found)


def plain_sentences() -> list[str]:
    lines = (HERE / "no_citations.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_prose_without_citations_gives_none(bundled: Casebase) -> None:
    sentences = plain_sentences()
    assert len(sentences) >= 120
    table = names_of(bundled.statutes)
    wrong = {s: [f.text for f in find(s, table)] for s in sentences}
    assert {s: found for s, found in wrong.items() if found} == {}


def test_bundled_prose_names_no_article_that_is_not_there(bundled: Casebase) -> None:
    """Every rule named in the shipped cases exists; few belong to a law that is not on record."""
    table = names_of(bundled.statutes)
    count, not_on_record, no_such_article = 0, [], []
    for case in bundled.cases:
        context = [(c.statute, c.article) for c in case.citations]
        for _, text in prose(case):
            found = read_citations(text, bundled.statutes, DAY, context)
            count += len(found)
            not_on_record += [r.found.text for r in found if r.found.how == "未收录"]
            no_such_article += [(case.id, r.found.text) for r in found if r.exists is False]
            spans = find(text, table, context)
            assert all(text[f.start : f.end] == f.text for f in spans)
            assert all("第" in f.text or "条" in f.text for f in spans)
    assert count > 300
    assert no_such_article == []
    assert len(not_on_record) <= count // 50, not_on_record


@pytest.mark.parametrize(
    ("text", "day", "exists", "in_force", "reason"),
    [
        ("消法55", "2018-03-27", True, True, "in force since 2014"),
        ("消法55", "2013-01-01", True, False, "before its first recorded text"),
        ("消法99", "2018-03-27", False, False, "the law has 63 articles"),
        ("20号令21", "2026-04-14", True, True, "its last day"),
        ("20号令21", "2026-04-15", True, False, "replaced that day"),
        ("121号令16", "2026-04-14", True, False, "not yet in force"),
        ("反法9", "2024-01-01", True, True, "another rule then, but the number was there"),
        ("旧反法8", "2026-01-01", True, False, "the text says it is the old law"),
        ("旧消法49", "2018-01-01", None, False, "the old text is not on record"),
        ("《食品安全法》（2018修正）第148条", "2026-01-01", True, False, "an edition by year"),
        ("消法第60条至第70条", "2018-01-01", False, False, "a range past the last article"),
        ("消法55条之一", "2018-01-01", None, None, "an inserted article is not on record"),
        ("旅游法第3条", "2018-01-01", None, None, "not in the catalogue"),
    ],
)
def test_standing_on_a_day(
    text: str,
    day: str,
    exists: bool | None,
    in_force: bool | None,
    reason: str,
    bundled: Casebase,
) -> None:
    (item,) = read_citations(text, bundled.statutes, date.fromisoformat(day))
    assert (item.exists, item.in_force) == (exists, in_force), reason


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("《消费者权益保障法》第55条", "L-XF"),
        ("《食品安全条例》第30条", "R-SPAQ-TL"),
        ("主席令第7号第5条", "L-DS"),
        ("可依条例第五十条处罚", "R-XF-TL"),
    ],
)
def test_what_is_not_known_lists_candidates(text: str, near: str, bundled: Casebase) -> None:
    (item,) = read_citations(text, bundled.statutes, DAY)
    assert item.statute is None
    assert near in item.candidates


def test_a_whole_law(bundled: Casebase) -> None:
    for name, statute in (("消法", "L-XF"), ("《广告法》", "L-GG"), ("121号令", "R-SAMR-121")):
        item = whole_law(name, bundled.statutes, DAY)
        assert item is not None
        assert item.found.statute == statute
    assert whole_law("依据消法", bundled.statutes, DAY) is None


def test_an_open_place_goes_to_a_law_that_has_it(bundled: Casebase) -> None:
    text = "食品安全法第三十四条禁止经营；20号令有期限；罚则见第一百二十四条。"
    found = read_citations(text, bundled.statutes, date(2025, 1, 1))
    assert [(f.found.statute, f.found.unit.article) for f in found] == [
        ("L-SPAQ", 34),
        ("L-SPAQ", 124),
    ]


def test_what_the_reader_knows_of_helps_an_open_place(bundled: Casebase) -> None:
    table = names_of(bundled.statutes)
    (found,) = find("就有了第九条的依据", table, [("L-GG", 9), ("L-XF", 20)])
    assert (found.statute, found.how) == ("L-GG", "引用目录")


LEGAL = st.text(
    alphabet="消法食品安全条例办规定第一二十百千零〇条款项目之、，和至同该本前"
    "《》（）〔〕0129号令§.-\n 　的",
    max_size=120,
)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(LEGAL, st.text(max_size=200)))
def test_any_text_is_read_the_same_twice_with_true_spans(text: str, bundled: Casebase) -> None:
    found = read_citations(text, bundled.statutes, DAY)
    assert found == read_citations(text, bundled.statutes, DAY)
    last = 0
    for item in found:
        assert text[item.found.start : item.found.end] == item.found.text
        assert last <= item.found.start < item.found.end
        last = item.found.end


@settings(max_examples=200, deadline=None)
@given(value=st.integers(min_value=1, max_value=2000))
def test_numbers_round_trip(value: int) -> None:
    from casebase.law.wording import chinese_number

    assert number(str(value)) == value
    assert number(chinese_number(value)) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("廿三", 23), ("卅", 30), ("一百十", 110), ("百零五", 105), ("一四八", 148), ("５５", 55),
        ("两百", 200), ("伍拾伍", 55), ("〇", None), ("0", None), ("十十", None), ("9999", None),
        ("", None), ("一" * 40, None), ("点五", None), ("-5", None), ("５.５", None),
    ],
)  # fmt: skip
def test_numerals(words: str, value: int | None) -> None:
    assert number(words) == value


HOSTILE = {
    "one sign": "法" * 340_000,
    "numerals without end": "第" + "十" * 340_000,
    "digits without end": "1" * 1_000_000,
    "open brackets": "《" * 340_000,
    "open brackets with text": "《消法（" * 85_000,
    "beginnings": "第一" * 170_000,
    "names only": "消法" * 170_000,
    "blank lines": "\n" * 1_000_000,
    "aliases": "《食品安全法》（以下简称" * 28_000,
    "unknown laws": "依据某某管理条例第五条" * 30_000,
    "a long report": "依据《消费者权益保护法》第五十五条第一款、食品安全法第148条，罚款3000元。"
    * 8_500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_is_read_in_linear_time(name: str, bundled: Casebase) -> None:
    text = HOSTILE[name]
    read_citations("消法55", bundled.statutes, DAY)
    start = time.process_time()
    read_citations(text, bundled.statutes, DAY)
    whole = time.process_time() - start
    start = time.process_time()
    read_citations(text[: len(text) // 4], bundled.statutes, DAY)
    quarter = time.process_time() - start
    assert whole < 6
    assert whole < 12 * quarter + 0.5
