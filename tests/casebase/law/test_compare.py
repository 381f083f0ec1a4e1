"""Side-by-side tables and the wording of articles."""

from __future__ import annotations

from datetime import date

from casebase.curation.comparisons import read_comparisons
from casebase.curation.store import Casebase
from casebase.law.compare import Side, compare, mapping_for
from casebase.law.texts import ArticleTexts, LawText
from casebase.model import DateRange
from guide_builder.blocks import Table, plain
from guide_builder.tables.context import Context
from guide_builder.tables.statutes import statute_table


def side(casebase: Casebase, statute: str, day: str) -> Side:
    on = date.fromisoformat(day)
    law = casebase.statutes.get(statute)
    assert law is not None
    return Side(law, DateRange(on, on))


def test_the_mapping_covers_every_article_of_both_rules_but_the_general_ones(
    bundled: Casebase,
) -> None:
    mapping = mapping_for(read_comparisons(bundled.root), "R-SAMR-20", "R-SAMR-121")
    assert mapping is not None
    assert {row.old for row in mapping.rows if row.old} == {3, *range(7, 41)}
    assert {row.new for row in mapping.rows if row.new} == {3, *range(7, 47)}
    for row in mapping.rows:
        assert (row.old is None) == (row.change == "新增"), row
        assert (row.new is None) == (row.change == "删除"), row


def test_every_mapping_names_laws_on_record(bundled: Casebase) -> None:
    for mapping in read_comparisons(bundled.root):
        assert bundled.statutes.get(mapping.old)
        assert bundled.statutes.get(mapping.new)


def test_rows_carry_both_gists(bundled: Casebase) -> None:
    old = side(bundled, "R-SAMR-20", "2026-04-14")
    new = side(bundled, "R-SAMR-121", "2026-04-15")
    mapping = mapping_for(read_comparisons(bundled.root), "R-SAMR-20", "R-SAMR-121")
    rows = {row.old: row for row in compare(old, new, mapping) if row.old}
    assert rows[21].new == 23
    assert rows[21].old_gist
    assert rows[21].new_gist


def test_without_a_mapping_only_like_articles_are_paired(bundled: Casebase) -> None:
    old = side(bundled, "L-FBZD", "2025-10-14")
    new = side(bundled, "L-FBZD", "2025-10-15")
    rows = compare(old, new)
    assert {row.change for row in rows} <= {"同", "修改", "未对应"}, "no deletion is made up"
    assert len({row.old for row in rows if row.old}) == len([r for r in rows if r.old])
    same = compare(new, new)
    assert all((row.old, row.change) == (row.new, "同") for row in same)


def wording_of(casebase: Casebase, texts: ArticleTexts | None) -> list[Table]:
    numbers = {case.id: i for i, case in enumerate(casebase.cases, start=1)}
    context = Context(casebase, date(2026, 11, 23), casebase.cases, numbers, texts)
    return [block for block in statute_table(context) if isinstance(block, Table)]


def test_the_guide_is_the_same_where_nothing_is_imported(bundled: Casebase) -> None:
    assert wording_of(bundled, None) == wording_of(bundled, ArticleTexts((), bundled.statutes))


def test_the_guide_quotes_what_is_imported_and_says_what_is_not(bundled: Casebase) -> None:
    text = LawText("L-XF", "2014-03-15", "x", "x", "x", {"55": "虚构的条文文字。"})
    table = wording_of(bundled, ArticleTexts([text], bundled.statutes))[-1]
    rows = {plain(row.cells[0]): plain(row.cells[2]) for row in table.rows}
    assert rows.pop("《消费者权益保护法》第五十五条") == "虚构的条文文字。"
    assert all("未导入原文，以要旨代" in shown for shown in rows.values())
