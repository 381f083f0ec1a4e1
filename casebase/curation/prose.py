"""The running text of a case: every field that people write in sentences, with its keys.

What the source itself says (来源原引, 来源) is left out: it is quoted, not written.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebase.curation.io import Keys
from casebase.model import Case


def prose(case: Case) -> Iterator[tuple[Keys, str]]:
    """(keys, text) in the order of the record."""
    yield ("处办要旨",), case.rule
    yield ("基本案情",), case.facts
    yield from _lines("争议焦点", case.disputes)
    for i, step in enumerate(case.steps):
        yield ("处办过程", i, "内容"), step.text
    yield ("处理结果", "投诉"), case.outcome.complaint
    yield ("处理结果", "举报"), case.outcome.report
    for i, citation in enumerate(case.citations):
        if citation.note:
            yield ("法律依据", i, "说明"), citation.note
    yield ("评析",), case.comment
    yield from _lines("处办要点", case.points)
    yield from _lines("风险提示", case.risks)
    for key, text in (
        ("消费提示", case.advice_consumer),
        ("经营者提示", case.advice_business),
        ("现行法提示", case.current_law),
    ):
        if text:
            yield (key,), text


def _lines(key: str, lines: tuple[str, ...]) -> Iterator[tuple[Keys, str]]:
    for i, line in enumerate(lines):
        yield (key, i), line
