"""The part of a citation after the name: 条, 之一, 款, 项, 目, lists and ranges.

:func:`read` works on cleaned text at one place and never looks back: every step takes signs
away, every numeral and list is bounded, so reading is linear whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from casebase.law.numerals import NUMERAL, number

_LEVELS = "条款项目"
_AND = r"(?:、|,|和|与|及|以及|或者?|至|到|-|~)"
_RANGE = ("至", "到", "-", "~")
_ONE = rf"第?[(〔]?({NUMERAL})[)〕]?"
_GROUP = {level: re.compile(rf"({_ONE}(?:{_AND}{_ONE}){{0,20}}){level}") for level in _LEVELS}
_STEP = re.compile(rf"({_AND})?{_ONE}")
_SUFFIX = re.compile(r"之([一二三四五六七八九十])(?![款项])")
_JOIN = re.compile(_AND)
_SIGN = re.compile(rf"§§?({NUMERAL})条?")
#: Words that a 条 begins without being an article: 条例, 条款, 条线索 …
_NOT_A_PLACE = re.compile(r"例|款(?!第?[0-9一二三四五六七八九十]+项)")
_NOT_ARTICLE = re.compile(
    r"[例件目线街路船狗鱼裤裙河腿毛烟信消评微短留命弹视跑标道]|生产|建议|广告|"
    r"款(?!第?[0-9一二三四五六七八九十]+项)"
)
#: After a bare number: a measure word makes it something else than an article.
_MEASURE = re.compile(
    r"[0-9年月日号元倍万亿千百%‰./:*×·•・岁届版章节部家人名户种类个件次分周天小米克公斤页期题场折余多例成]"
    r"|(?:kg|g|ml|cm|mm|km|元)"
)
_BARE_END = re.compile(
    r"[^一-龥]|$|[的之规要第及和与或也中和提是为给并,款项]|明确|主张|索|赔|处|来|行|可|对|就|吗|呢|怎|啥|讲|说|写"
)
_DOTTED = re.compile(r"([0-9]{1,4})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?(?![0-9.])", re.ASCII)
_BARE = re.compile(rf"第?({NUMERAL})")


@dataclass(frozen=True)
class Unit:
    """One place in a law. ``start``/``end`` are offsets in the cleaned text.

    ``range_end`` is the last number of a range on the lowest level that is given;
    ``suffix`` the number of an inserted article (第五十五条之一).
    """

    start: int
    end: int
    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    range_end: int | None = None


_FIELDS = {"条": "article", "款": "paragraph", "项": "item", "目": "subitem"}


def read(text: str, at: int, base: Unit | None = None, *, named: bool = False) -> list[Unit]:
    """All places written from ``at`` on, joined by 、 和 至 and the like; empty if none.

    ``base`` gives what stands before: 同条 with its article, so that «第二款» can follow.
    ``named``: the name of a law stands right before, so 条 begins no other word.
    """
    found: list[Unit] = []
    here = base or Unit(at, at)
    first = 0 if base is None else _level_of(base) + 1
    start = at
    while len(found) < 60:
        units = _chain(text, at, here, first, named=named)
        if not units:
            break
        found.extend(units)
        here, at = units[-1], units[-1].end
        join = _JOIN.match(text, at)
        if join is None:
            break
        if join.group() in _RANGE:
            last = _chain(text, join.end(), here, first)
            level = _level_of(here)
            if len(last) == 1 and _level_of(last[0]) == level:
                end = getattr(last[0], _FIELDS[_LEVELS[level]])
                if end > getattr(here, _FIELDS[_LEVELS[level]]):
                    found[-1] = replace(here, end=last[0].end, range_end=end)
                    here, at = found[-1], last[0].end
                    join = _JOIN.match(text, at)
                    if join is None:
                        break
        at, first = join.end(), 0
    if found and found[0].start != start:
        found[0] = replace(found[0], start=start)
    return found


def read_bare(text: str, at: int) -> list[Unit]:
    """A number without 条 right after a name: 消法55, 20号令21, 消法§55.1, 消法第55."""
    dotted = _DOTTED.match(text, at)
    if dotted:
        parts = [int(part) if part else None for part in dotted.groups()]
        if not parts[0]:
            return []
        if not _MEASURE.match(text, dotted.end()):
            return [Unit(at, dotted.end(), parts[0], None, parts[1], parts[2])]
    match = _BARE.match(text, at)
    value = number(match.group(1)) if match else None
    if match is None or value is None:
        return []
    words, end = match.group(1), match.end()
    if not words.isascii() and len(words) == 1 and not match.group().startswith("第"):
        return []
    if text[end : end + 2] == "条款":
        return [Unit(at, end + 2, value)]
    if _MEASURE.match(text, end) or not _BARE_END.match(text, end):
        return []
    if text[end : end + 1] == "条":
        return []
    return _bare_tail(text, at, end, value)


def _bare_tail(text: str, start: int, end: int, value: int) -> list[Unit]:
    unit = Unit(start, end, value)
    lower = _chain(text, end, unit, 1)
    if lower:
        return [replace(lower[0], start=start), *lower[1:]]
    found = [unit]
    while len(found) < 20 and text[end : end + 1] in ("、", "和", "与", "及", "-", "~", "至", "到"):
        joint = text[end]
        step = _SIGN.match(text, end + 1) or _BARE.match(text, end + 1)
        next_value = number(step.group(1)) if step else None
        if step is None or next_value is None or _MEASURE.match(text, step.end()):
            break
        if not _BARE_END.match(text, step.end()):
            break
        before = found[-1].article or 0
        if joint in _RANGE:
            if next_value > before:
                found[-1] = replace(found[-1], end=step.end(), range_end=next_value)
            elif joint == "-" and next_value <= 10:
                found[-1] = replace(found[-1], end=step.end(), paragraph=next_value)
            else:
                break
        else:
            found.append(Unit(step.start(), step.end(), next_value))
        end = step.end()
    return found


def _level_of(unit: Unit) -> int:
    given = (unit.article, unit.paragraph, unit.item, unit.subitem)
    return max((i for i, value in enumerate(given) if value is not None), default=-1)


def _chain(text: str, at: int, here: Unit, first: int, *, named: bool = False) -> list[Unit]:
    """Levels in a row from ``at``: 第五条 第一款 第（二）、（三）项; lists at any level."""
    for level in range(first, len(_LEVELS)):
        group = _GROUP[_LEVELS[level]].match(text, at)
        if group is None:
            if level == 0 and text[at : at + 1] == "§":
                return _signed(text, at)
            continue
        other = _NOT_A_PLACE if named else _NOT_ARTICLE
        if level == 0 and other.match(text, group.end()):
            return []
        if level and here.article is None:
            return []
        units = _members(group, level, here)
        if units and level == 0 and (suffix := _SUFFIX.match(text, group.end())):
            last = replace(units[-1], suffix=number(suffix.group(1)), end=suffix.end())
            units[-1] = last
        return _deeper(text, units, level + 1)
    return []


def _signed(text: str, at: int) -> list[Unit]:
    """§55, §55.1, §55第一款."""
    sign = _SIGN.match(text, at)
    value = number(sign.group(1)) if sign else None
    if sign is None or value is None:
        return []
    if dotted := _DOTTED.match(text, sign.start(1)):
        parts = [int(part) if part else None for part in dotted.groups()]
        return [Unit(at, dotted.end(), parts[0], None, parts[1], parts[2])]
    return _deeper(text, [Unit(at, sign.end(), value)], 1)


def _deeper(text: str, units: list[Unit], level: int) -> list[Unit]:
    """The lower levels written behind the last of ``units``."""
    if not units or level >= len(_LEVELS):
        return units
    last = units[-1]
    lower = _chain(text, last.end, last, level) if last.range_end is None else []
    if not lower:
        return units
    return [*units[:-1], replace(lower[0], start=last.start), *lower[1:]]


def _members(group: re.Match[str], level: int, here: Unit) -> list[Unit]:
    """The members of one list such as 第十六、十七 or （一）至（三）."""
    words, at = group.group(1), group.start()
    kept = {
        name: getattr(here, name) for higher, name in enumerate(_FIELDS.values()) if higher < level
    }
    if level:
        kept["suffix"] = here.suffix
    units: list[Unit] = []
    place = 0
    while step := _STEP.match(words, place):
        value = number(step.group(2))
        if value is None:
            return []
        end = at + step.end()
        if units and step.group(1) in _RANGE and value > (_lowest(units[-1], level) or 0):
            units[-1] = replace(units[-1], end=end, range_end=value)
        else:
            begin = at + (step.end(1) if step.group(1) else step.start())
            units.append(Unit(begin, end, **{**kept, _FIELDS[_LEVELS[level]]: value}))
        place = step.end()
    if units:
        units[-1] = replace(units[-1], end=group.end())
    return units


def _lowest(unit: Unit, level: int) -> int | None:
    value: int | None = getattr(unit, _FIELDS[_LEVELS[level]])
    return value
