"""The data files of intake lead to what there is: fields, vocabularies, limits, columns."""

from __future__ import annotations

from collections import Counter

import pytest

from casebase.curation.intake import words
from casebase.curation.keys import field_at
from casebase.curation.layout import BUNDLED
from casebase.curation.store import Casebase

BESIDE = {"供稿", "渠道"}  # read for what they name, not fields of their own


def test_headings_lead_to_fields_and_to_one_only() -> None:
    book = words.headings(BUNDLED)
    assert all(field_at((rule.field,)) or rule.field in BESIDE for rule in book.fields)
    names = [n for rule in (*book.fields, *book.omitted) for n in rule.names]
    assert [n for n, count in Counter(names).items() if count > 1] == []
    assert all(" " not in n and "　" not in n for n in names)


def test_cues_are_entries_of_the_vocabularies(bundled: Casebase) -> None:
    book, kinds = words.cues(BUNDLED), bundled.taxonomies
    for cues, kind in (
        (book.channel, "channel"),
        (book.dispositions, "disposition"),
        (book.claims, "claim"),
    ):
        assert {cue.value for cue in cues} <= set(kinds[kind].by_id)
    assert set(book.unguessed) <= set(kinds["issue"].by_id)


def test_columns_are_told_apart_and_nodes_have_one(bundled: Casebase) -> None:
    book = words.ledger(BUNDLED)
    headings = [h for column in book.columns for h in column.headings]
    assert [h for h, count in Counter(headings).items() if count > 1] == []
    assert {node.use for node in book.nodes} <= {column.use for column in book.columns}
    for node in book.nodes:
        assert set(node.limits) <= set(bundled.limits.ids)
        assert node.event is None or node.event in bundled.events.by_id
        ends = {limit.end for i in node.limits if (limit := bundled.limits.get(i))}
        implied = bundled.limit_law.matters.implied.get(node.event or "")
        assert ends <= {node.event, implied}, "the limit ends with the event of its node"


def test_hints_stand_above_fields(bundled: Casebase) -> None:
    for hint in words.hints(BUNDLED).fields:
        assert field_at(tuple(hint.field.split("."))), hint.field
        assert hint.vocabulary is None or hint.vocabulary in bundled.taxonomies


@pytest.mark.parametrize("name", ["headings", "cues", "ledger", "hints"])
def test_an_older_records_folder_uses_the_bundled_words(tmp_path, name: str) -> None:  # type: ignore[no-untyped-def]
    assert getattr(words, name)(tmp_path) == getattr(words, name)(BUNDLED)
