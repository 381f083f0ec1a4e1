"""What points back within a text: 同条, 该条第二款, 前款, and «第二款规定» alone."""

from __future__ import annotations

import re
from dataclasses import replace

from casebase.law.numerals import NUMERAL
from casebase.law.units import Unit, read

#: The words themselves, for use inside a pattern.
BACK = r"[同该本此前上](?:述)?[条款](?![例件])"

_GOES_ON = re.compile(r"第|$|[规所并未仅只也还另要之明,.;:、)。]|的?(?:规定|要求|行为|情形)")
_OF_A_RULE = re.compile(r"的?(?:规定|所[列称]|情形|之)")
_LOWER = re.compile(rf"第[(]?{NUMERAL}[)]?([款项])(?:的?规定|之规定|所[列称]|情形)")


def back_units(text: str, start: int, words: str, last: Unit) -> list[Unit]:
    """The places meant by ``words`` (同条, 前款 …) at ``start``, after the place ``last``.

    条 in another word (该条线索) is no reference; 款 is a model of a product as often as a
    paragraph, so it counts only before 规定 or 第…项.
    """
    end = start + len(words)
    base = Unit(start, end, last.article, last.suffix)
    previous = words[0] in "前上" and words[1:2] != "述"
    if words[-1] == "款":
        paragraph = last.paragraph
        if previous and paragraph and paragraph > 1:
            paragraph -= 1
        base = replace(base, paragraph=paragraph)
    elif previous and last.article and last.article > 1:
        base = replace(base, article=last.article - 1, suffix=None)
    units = read(text, end, base)
    if not units and _GOES_ON.match(text, end):
        units = [base]
    if words[-1] == "款" and units and units[0].end == end and not _OF_A_RULE.match(text, end):
        return []
    return units


def lower_units(text: str, at: int, last: Unit) -> list[Unit]:
    """«第二款规定», «第三项情形» without an article: of the article cited last."""
    match = _LOWER.match(text, at)
    if match is None:
        return []
    base = Unit(at, at, last.article, last.suffix)
    if match.group(1) == "项":
        base = replace(base, paragraph=last.paragraph)
    return read(text, at, base)
