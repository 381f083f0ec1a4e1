"""Citations in the running text of a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebase.curation.checks import check
from casebase.curation.store import open_casebase

Edit = Callable[[str, str], int]


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("依消法第九十九条，", "CB321", "the law has 63 articles"),
        ("依《消费者权益保护法》第九十九条，", "CB321", "the same in brackets"),
        ("依121号令第六十条，", "CB321", "in neither text"),
        ("依20号令第四十一条，", "CB321", "the rule of that day has 40 articles"),
        ("依《旅游法》第三十五条，", "CB322", "not in the catalogue"),
        ("依《消费者权益保障法》第五十五条，", "CB322", "a wrong title"),
        ("依121号令第四十六条，", None, "stands in today's text only"),
        ("依20号令第四十条，", None, "stood at the time only"),
        ("62号令第十四条当时已经废止，", None, "history"),
        ("依旅游法第三十五条，", None, "not in brackets: not sure to be a law"),
        ("《购销合同》第一百条约定，", None, "a contract"),
        ("按37号文第九十九条，", None, "no law"),
        ("旧消法第四十九条，", None, "the old text is not on record"),
    ],
)
def test_each_case(records: Path, edit: Edit, words: str, code: str | None, reason: str) -> None:
    line = edit("陈某遂要求退货。", f"{words}陈某遂要求退货。")
    found = [(f.code, f.line) for f in check(open_casebase(records)) if f.code.startswith("CB32")]
    assert found == ([(code, line)] if code else []), reason
