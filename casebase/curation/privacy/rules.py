"""How a rule on numbers and codes is made: a pattern, and what its matches must fulfil.

Every pattern is without nested repetition, so that time grows with the length of the text only. A
label («身份证号：») makes up for a check digit that does not hold, since people mistype.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebase.curation.privacy.checksums import compact
from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import alternatives, section

Span = tuple[int, int]
Accept = Callable[["re.Match[str]"], bool]

NOT_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9]\.)"
AFTER = r"(?![0-9A-Za-z])"
SEP = r"[ \-]?"
IS = r"(?:[(（]?(?:号码|编号|单号|号|码)?[)）]?(?:尾号)?[ :：为是即叫系“\"'‘「【\[(（#№=]{0,4})"
#: What may stand after a bare number that makes it a quantity.
_QUANTITY = re.compile(
    r" ?(?:元|万|亿|人次|人|次|吨|公斤|千克|克|斤|件|个|台|只|米|毫|升|股|美元|余|多|%|℃|年(?!.{0,3}号))"
)


@dataclass(frozen=True)
class Rule:
    """A pattern that finds one kind; group ``v``, if there is one, is the span, else all."""

    kind: str
    pattern: re.Pattern[str]
    accept: Accept | None = None
    spelled: bool = False  # look at the text with Han numerals as digits

    def spans(self, view: View) -> Iterator[Span]:
        """The places in ``view`` that this rule finds."""
        text = view.digits if self.spelled else view.plain
        for match in self.pattern.finditer(text):
            if self.accept is None or self.accept(match):
                yield match.span("v" if "v" in self.pattern.groupindex else 0)


def rule(
    kind: str, pattern: str, accept: Accept | None = None, *, spelled: bool = False, flags: int = 0
) -> Rule:
    return Rule(kind, re.compile(pattern, re.ASCII | flags), accept, spelled)


def labels(name: str) -> str:
    return rf"(?:{alternatives(section('numbers', name))})"


def checked(valid: Callable[[str], bool]) -> Accept:
    return lambda match: valid(compact(match.group()))


def no_quantity(match: re.Match[str]) -> bool:
    return not _QUANTITY.match(match.string, match.end())


def no_sum(match: re.Match[str]) -> bool:
    return not match.string.startswith(("元", "万", "亿", "美元"), match.end())


MASKED = r"[*＊xX×●○·]"
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
