"""What stands around a name: brackets and links after it, and names that no table holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from casebase.law.mentions import Mention, boundary
from casebase.law.names import NameTable, kind_of
from casebase.law.numerals import NUMERAL, SIGNS
from casebase.law.units import Unit, read, read_bare

#: Longest unknown name that is looked at.
LONGEST = 36

_PARENS = re.compile(r"\(([^()\n]{1,80}(?:\([^()\n]{0,20}\)[^()\n]{0,40})?)\)")
_ALIAS = re.compile(r"[简统下]称[:为]?[\"'《]*([^\"'《》,;、()]{1,40})")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?.{0,4}?(?:版|修|文本|施行|公布|订|正)")
_CLOSERS = re.compile(r"[\"'*》〕]*")
_LINK = re.compile(
    rf"(?:(?:第(?:{NUMERAL})(?:编|分编|章|节))+|(?:当中|之中|中|里面?|规定)?[的之]?[:,]?(?=第|§))"
)
_GOES_ON = frozenset(f"第§(〔的之中里当规定: ,0123456789{SIGNS}")
_HAN = re.compile(rf"[一-龥]{{1,{LONGEST}}}\Z")
_LEADS = re.compile(
    r"依据|根据|依照|按照|参照|对照|适用|违反了?|触犯了?|符合|引用|援引|改引|属于|我国|[依按据照引见看查了]"
)
_AND = re.compile(r"(?<=[法例定则])(?:和|与|及|或|以及)(?=.)")


def after_name(text: str, mention: Mention) -> tuple[int, Mention, str]:
    """Where a place could follow, past （2018年修正） or （以下简称…）; the name so defined."""
    closers = _CLOSERS.match(text, mention.end)
    at, alias = closers.end() if closers else mention.end, ""
    parens = _PARENS.match(text, at)
    if parens and not read(text, at):
        inner = parens.group(1)
        if defined := _ALIAS.search(inner):
            alias = defined.group(1).strip()
        if year := _YEAR.search(inner):
            mention = replace(mention, edition=year.group(1))
        at = parens.end()
    return at, mention, alias


def units_after(text: str, mention: Mention, at: int) -> list[Unit]:
    """The places that follow a name at ``at``, with 条 or as a bare number."""
    if text[at : at + 1] not in _GOES_ON:
        return []
    link = _LINK.match(text, at)
    place = link.end() if link else at
    units = read(text, place, named=True)
    if units or mention.kind == "paper":
        return units
    if not mention.ids or mention.name.startswith("gb") or (place != at and text[at] != ":"):
        return []
    if text[place : place + 1] == " ":
        place += 1
    return read_bare(text, place)


def run_before(text: str, end: int, since: int) -> tuple[int, str]:
    """(start, name) of the unknown name that ends at ``end``.

    It reaches back to a word such as 依据, to a sign that is no Chinese character, or to
    ``since``, where the citation before it ends.
    """
    match = _HAN.search(text, max(0, end - LONGEST), end)
    start = match.start() if match else end
    name = text[start:end]
    body = name.removesuffix(kind_of(name) or "")
    for lead in _LEADS.finditer(body):
        if lead.end() < len(body):
            start = end - len(name) + lead.end()
    start = max(start, since)
    while start < end and text[start] in "和与及或以":
        start += 1
    name = _AND.split(text[start:end])[-1]
    return end - len(name), name


def name_in_run(
    text: str, end: int, name: str, table: NameTable, aliases: Mapping[str, Mention]
) -> Mention | None:
    """The law that the end of ``name`` means: a name the text defined, or an abbreviation."""
    start = end - len(name)
    for cut in range(max(0, len(name) - 1)):
        tail = name[cut:]
        if alias := aliases.get(tail):
            return Mention(start + cut, end, tail, alias.ids, alias.how)
    for cut in (0, 1, 2):
        tail = name[cut:]
        if cut and not boundary(text, start + cut):
            continue
        named = table.exact(tail) or table.short_form(tail)
        if named:
            return Mention(start + cut, end, tail, named.ids, named.how)
    return None
