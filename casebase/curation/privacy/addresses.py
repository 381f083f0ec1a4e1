"""Addresses down to the door: a road, estate, village or market with a number behind it.

A name alone («采莲路», «阳澄湖镇») is no finding: districts, streets and towns may be named. What
identifies a person or a shop is the number. So the search starts at the numbers (号, 幢, 单元, 室,
组, 摊位) and reads leftwards for the name they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import section

#: Furthest a place name reaches to the left of its number.
_REACH = 26
_ONE = r"(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z]{1,2}[0-9]{0,5}|[一二三四五六七八九十百零〇两]{1,5}|[甲乙丙丁])"
_NUM = rf"{_ONE}(?: ?[\-之#/·] ?{_ONE}){{0,3}}"
_HOUSE = "号楼|号院|号门面|号门店|号商铺|号店面|号店铺|号铺|号车库|号厂房|号仓库|号门"
_STALL = "号摊位|号摊|号铺位|号档口|号展位|号展厅|号柜台|摊位|铺位|档口|展位|商铺"
_UNIT = (
    rf"(?:{_HOUSE}|{_STALL}|号|幢|栋|棟|座|单元|室|层楼?|楼|房间|房|弄|组|队|门面|区|期|排|户|#|F)"
)
_TOKEN = rf"{_NUM} ?{_UNIT}"
_LABELLED = (
    rf"(?:摊位|铺位|商铺|展位|档口|店铺|门牌|房间|房)(?:号|编号)?[ :：为是]{{0,2}}{_NUM}(?:号|室)?"
)
_LINK = r" ?(?:附|内|[东南西北]{1,2}(?:单元|楼|侧|面|门|边)?)?"
_CHAIN = re.compile(
    rf"(?<![0-9A-Za-z.])(?P<first>{_TOKEN}|[A-Z]区(?={_LINK}{_ONE})|{_LABELLED})"
    rf"(?P<rest>(?:{_LINK}(?:{_TOKEN}|{_LABELLED}|[东南西北中]{{1,2}}(?:单元|室|户)|地下室|阁楼)){{0,7}})"
    rf"(?P<tail>(?<=[号幢栋座楼元层区]) ?-? ?[A-Za-z]?[0-9]{{1,4}}(?:-[0-9]{{1,4}}){{0,2}}(?![0-9A-Za-z.%]| ?[元万年月日时点分件个只套平天余多人㎡]))?"
)
_DASHED = re.compile(
    r"(?<![0-9A-Za-z.\-])[0-9]{1,3}[A-Z]?-[0-9]{1,4}(?:-[0-9]{1,4})?(?:室|号)?(?![0-9A-Za-z.\-]|[元万年月日时点])"
)
_BUILDING = re.compile(r"幢|栋|棟|号楼|单元|[0-9]室|弄")
_STALLS = re.compile(_STALL.replace("|商铺", "|号商铺"))
_LAYOUT = re.compile(r" ?[0-9一二两三四] ?(?:厅|卫|厨|阳)")
_AWAY = frozenset(
    ("是", "在", "住", "系", "将", "替", "为", "离", "有", "到", "目前", "距离", "现有")
)
_DISTRICT = re.compile(rf"(?<![社小街三二一四五园])(?:{'|'.join(section('addresses', '区划'))})")
_SHARP = re.compile(r"[，。；！？、：:,;!?\n“”‘’\"'《》()（）【】\[\]]")


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Endings of place names that make a bare 号 a door, and those that only lengthen a find."""
    sure = sum((section("addresses", name) for name in ("道路", "住宅", "场所", "村")), ())
    return tuple(sorted(sure, key=len, reverse=True)), section("addresses", "弱")


def find(view: View) -> Iterator[tuple[str, int, int]]:
    """Addresses to the door in ``view``, as ``("ADDR", start, end)``."""
    text = view.plain
    last = 0
    for match in _CHAIN.finditer(text):
        if _LAYOUT.match(text, match.end()) and match.group().endswith("室"):
            continue
        start = _name_start(view, match.start(), last)
        if last and _goes_on(text[last : match.start()]):
            yield "ADDR", last, match.end()
            last = match.end()
        elif _is_door(text, start, match):
            last = match.end()
            yield "ADDR", start if start is not None else match.start(), match.end()
    for match in _DASHED.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()].rstrip()
        start = _name_start(view, match.start())
        if start is not None and before.endswith(section("addresses", "住宅")):
            yield "ADDR", start, match.end()


def _goes_on(between: str) -> bool:
    """«…路1号|珍珠城|2楼B12»: a building's name between two numbers of one address."""
    return len(between) <= 10 and between.endswith((*_endings()[0], *_endings()[1]))


def _is_door(text: str, start: int | None, match: re.Match[str]) -> bool:
    chain = match.group()
    units = len(re.findall(_UNIT, chain))
    after = text[match.end() : match.end() + 3]
    if _STALLS.search(chain) and re.search(r"[0-9一二三四五六七八九十]", chain):
        return units >= 2 or start is not None or "号" in chain
    if _BUILDING.search(chain) and units >= 2 and len(set(re.findall(_UNIT, chain))) >= 2:
        return True
    if start is None or after.startswith(section("addresses", "非门牌")):
        return False
    name = text[start : match.start()].rstrip()
    if not _has_own_name(name):
        return False
    if units >= 3 and chain.rstrip()[-1] in "号室" and name.endswith(_endings()[1]):
        return True
    at_name = name.endswith(_endings()[0]) or _road_with_side(name)
    if _BUILDING.search(chain) or match["first"].startswith(
        ("摊位", "铺位", "档口", "展位", "门牌")
    ):
        return True
    if name.endswith(section("addresses", "村")):
        return bool(re.search(r"[组队号]", chain))
    return (at_name and bool(re.search(r"[号弄室层楼F幢栋座区#]", chain))) or (
        "号" in chain and _holds_road(name)
    )


def _has_own_name(name: str) -> bool:
    """Not «购物中心», «某路», «该小区»: there is a name before the ending."""
    ending = next((e for e in _endings()[0] if name.endswith(e)), "")
    own = name.removesuffix(ending)
    return bool(own) and not re.search(r"[某×*＊]$|^[某该本此这那我你他各每同]|^[某×]", own)


def _road_with_side(name: str) -> bool:
    return any(
        name.endswith(side) and name.removesuffix(side).endswith(section("addresses", "道路"))
        for side in section("addresses", "路段")
    )


def _holds_road(name: str) -> bool:
    """«采莲路苏宁广场旁88号»: the road stands before something else, not far from the number."""
    return any(road in name[-12:] for road in section("addresses", "道路"))


def _name_start(view: View, door: int, least: int = 0) -> int | None:
    """Where the place name that ends at ``door`` starts; ``None`` where there is none."""
    text = view.plain
    low = max(0, least, door - _REACH)
    window = text[low:door]
    cuts = [m.end() for m in _SHARP.finditer(window)]
    low += cuts[-1] if cuts else 0
    if not (name := text[low:door].strip()):
        return None
    sure, weak = _endings()
    if not any(ending in name for ending in (*sure, *weak)):
        return None
    start = _after_words(view, low, door)
    start = _after_districts(text, start, door)
    while start < door and text[start] in " 的在于住至到":
        start += 1
    return start if door - start >= 2 else None


def _after_words(view: View, low: int, door: int) -> int:
    """``low``, or the place after the last verb, preposition or pronoun before ``door``."""
    stops, start = frozenset(section("addresses", "住在")), low
    for word in view.words_between(low, door):
        function = word.text in _AWAY or word.flag in (
            "p",
            "c",
            "r",
            "uj",
            "ul",
            "uv",
            "ud",
            "y",
            "e",
            "x",
        )
        verb = word.flag == "v" and len(word.text) >= 2 and word.end < door - 3
        if function or ((verb or word.text in stops) and word.end < door):
            start = word.end
    return start


def _after_districts(text: str, start: int, door: int) -> int:
    """The place after the last district, town or street that may stay in print."""
    found = start
    for match in _DISTRICT.finditer(text[start:door]):
        end = start + match.end()
        rest = text[end:door]
        if len(rest.strip()) >= 2 and not rest.startswith(("场", "民", "域", "城", "里")):
            found = end
    return found
