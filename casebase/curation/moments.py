"""When a step of a case took place, as far as its words tell: 2024年9月中旬, 2025年3月见报前.

The words are free text; what is not understood is simply unknown.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from casebase.model import DateRange

_DAY = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])(?:(?:年|-|/)(?:(?P<month>1[0-2]|0?[1-9])(?![0-9])(?:月|-|/)?"
    r"(?:(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])日?|(?P<third>[上中下])旬)?)?)?"
)
_BEFORE = re.compile(r"以?前|之前")
_AFTER = re.compile(r"以?后|之后|起")
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def moment(words: str) -> DateRange | None:
    """The days that ``words`` leave open; ``None`` where they name no year.

    «前» leaves the past open, «后» the future, «至» everything between two dates.
    """
    plain = _BRACKETS.sub("", words)
    found = [span for m in _DAY.finditer(plain) if (span := _span(m))]
    if not found:
        return None
    first = found[0]
    if len(found) > 1 and re.search("[至到—-]", plain):
        return DateRange(first.start, found[-1].end)
    if re.search(r"[至到]", plain) or _AFTER.search(plain):
        return DateRange(first.start, None)
    if _BEFORE.search(plain):
        return DateRange(date.min, first.end)
    return first


def _span(match: re.Match[str]) -> DateRange | None:
    year = int(match["year"])
    if not match["month"]:
        return DateRange(date(year, 1, 1), date(year, 12, 31))
    month = int(match["month"])
    last = calendar.monthrange(year, month)[1]
    if match["day"]:
        day = int(match["day"])
        return DateRange(date(year, month, day), date(year, month, day)) if day <= last else None
    begin, end = _THIRDS.get(match["third"], (1, last))
    return DateRange(date(year, month, begin), date(year, month, min(end, last)))
