"""What laws are called: full titles, short names, order numbers — all read from the records.

A name may mean several laws (主席令第7号 was given twice): the table keeps them all and lets
the reader of the text decide. Names are kept in their even form (see :mod:`clean`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from casebase.law.clean import even
from casebase.law.numerals import NUMERAL, SIGNS, number
from casebase.model import Statute

#: What a law is, by the last word of its name; longer words first.
KINDS = (
    "司法解释", "实施条例", "实施细则", "实施办法", "暂行办法", "暂行规定", "暂行条例",
    "法典", "条例", "规定", "办法", "规则", "细则", "解释", "法",
)  # fmt: skip
_KIND = re.compile(rf"(?:{'|'.join(KINDS)})(?:\([一二三四五六七八九十]\))?\Z")
_STATE = even("中华人民共和国")
#: Offices that open a title and are left off in running text.
_OFFICES = tuple(
    map(even, ("市场监督管理部门", "市场监督管理", "市场监管领域", "工商行政管理部门", "苏州市"))
)
_COURT = re.compile(r"最高人民法院关于(?:审理)?(.+?)案件适用法律若干问题的(解释|规定)(\(.\))?\Z")

#: 20号令, 总局令第20号, 国务院令第778号, 省政府令第142号, 发改委令2014年第6号.
ORDER = re.compile(
    r"(?P<issuer>(?:国家|全国|江苏省?|苏州市?)?(?:市场监督管理|市场监管|市监|工商行政管理|工商|质检|"
    r"质量监督检验检疫|质监|食品药品监督管理|食药监管?|食药)?(?:总局|局)|国务院|中华人民共和国主席|主席|"
    r"省人民政府|省政府|市政府|国家发展改革委|国家发改委|发改委|计委)?"
    rf"(?P<early>令)?(?:[0-9]{{4}}年)?(?:第(?P<a>{NUMERAL})号(?P<late>令)?|(?P<b>{NUMERAL})号(?P<last>令)?)"
)
#: 法释〔2025〕4号, 国市监稽规〔2021〕4号, 相市管〔2018〕37号: any document number.
PAPER = re.compile(
    r"(?P<who>[一-龥]{1,12})[〔(](?P<year>[0-9]{4})[〕)]第?(?P<no>[0-9]{1,5})号(?!令)"
)
_ORDER_IN_RECORD = re.compile(r"令[0-9年]*第(\d+)号|第(\d+)号令")
_NUMBERED = re.compile(r"([一-龥]+)〔(\d{4})〕(\d+)号")
_YEAR = re.compile(r"\((?:(?:19|20)[0-9]{2})[^()]*\)\Z")


@dataclass(frozen=True)
class Named:
    """The laws that a name can mean, and how it was read."""

    ids: tuple[str, ...]
    how: str


class NameTable:
    """All names of all statutes."""

    def __init__(self, statutes: Iterable[Statute]) -> None:
        self._statutes = {statute.id: statute for statute in statutes}
        names: dict[str, dict[str, str]] = defaultdict(dict)  # name → id → how
        orders: dict[int, list[Statute]] = defaultdict(list)
        for statute in self._statutes.values():
            for name, how in _names_of(statute):
                names[even(name)].setdefault(statute.id, how)
            for found in _ORDER_IN_RECORD.finditer(statute.number):
                orders[int(next(group for group in found.groups() if group))].append(statute)
        for name, statute_id in _implementing(self._statutes.values()):
            names[even(name)].setdefault(statute_id, "简称")
        self._names = {name: _best(found, self._statutes) for name, found in names.items() if name}
        self._orders = {n: tuple(found) for n, found in orders.items()}
        self._tree = _tree(self._names)
        self._titles = {s.id: even(s.title) for s in self._statutes.values()}
        self._contents = {statute_id: _content(title) for statute_id, title in self._titles.items()}
        ends = "".join(sorted({name[-1] for name in self._names}))
        self.ends = re.compile(f"[{re.escape(ends)}]")
        #: Without one of these no article is cited: a first look that costs little.
        self.maybe = re.compile(
            rf"[第§]|[同前本该上此][一二两]?[条款项]|[{SIGNS}]{{2}}"
            rf"|[法例定则释令》〉>)）”\"』」\]】{re.escape(ends)}]\s*[\d①-⓿{SIGNS}]"
        )

    def __len__(self) -> int:
        return len(self._names)

    def exact(self, name: str) -> Named | None:
        """The laws that bear exactly this (even) name."""
        plain = name.removeprefix(_STATE)
        return (
            self._names.get(name) or self._names.get(plain) or self._names.get(_YEAR.sub("", plain))
        )

    def ending_at(self, text: str, end: int) -> int | None:
        """Where the longest name that ends at ``end`` begins; ``None`` if none ends there."""
        node, best, at = self._tree, None, end
        while at > 0:
            at -= 1
            child = node.get(text[at])
            if child is None:
                break
            node = child
            if "" in node:
                best = at
        return best

    def by_order(self, match: re.Match[str]) -> Named | None:
        """The laws issued under the order (令) that :data:`ORDER` found."""
        return self._by_order(match.group("issuer") or "", match.group("a") or match.group("b"))

    @lru_cache(maxsize=512)  # noqa: B019 (one table a program)
    def _by_order(self, issuer: str, numeral: str) -> Named | None:
        value = number(numeral)
        if value is None:
            return None
        issuer = re.sub(r"国家|全国|总局|局|中华人民共和国", "", issuer)
        issuer = issuer.replace("质检", "质").replace("质监", "质")
        found = [
            statute
            for statute in self._orders.get(value, ())
            if _within(issuer, even(statute.issuer + statute.number))
        ]
        known = self._names.get(f"{value}号令")
        ids = tuple(statute.id for statute in found)
        if not issuer and known:
            ids = tuple(dict.fromkeys((*known.ids, *ids)))
        return Named(ids, "令号") if ids else None

    @lru_cache(maxsize=512)  # noqa: B019 (one table a program)
    def short_form(self, name: str) -> Named | None:
        """Laws of which ``name`` is an abbreviation: 食安法 for 食品安全法.

        Its signs stand in the title in this order, it begins as the title does and ends with
        the same kind of law. A guess, and shown as one.
        """
        kind = kind_of(name)
        body = _content(name)
        if kind is None or not 2 <= len(body) <= 40:
            return None
        ids = tuple(
            statute_id
            for statute_id, content in self._contents.items()
            if content[:1] == body[:1]
            and ends_with(self._titles[statute_id], kind)
            and ("实施" in name or "实施" not in self._titles[statute_id])
            and _within(body, content)
        )
        return Named(ids, "简写") if ids else None

    def near(self, name: str, most: int = 5) -> tuple[str, ...]:
        """Ids of the laws whose names look most like ``name``, best first."""
        return _near(self, name, most)

    @lru_cache(maxsize=64)  # noqa: B019 (one table a program)
    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Ids of the laws whose title ends with ``kind`` (a bare 条例 can be any of them)."""
        return tuple(
            statute.id
            for statute in self._statutes.values()
            if ends_with(self.title(statute.id), kind)
        )

    def title(self, statute_id: str) -> str:
        """The even title of a law, for comparing what it ends with."""
        return self._titles[statute_id]

    @property
    def names(self) -> tuple[str, ...]:
        """All names in their even form."""
        return tuple(self._names)


@lru_cache(maxsize=512)
def _near(table: NameTable, name: str, most: int) -> tuple[str, ...]:
    close = process.extract(name, table.names, scorer=fuzz.ratio, limit=20, score_cutoff=45)
    ids = (statute for found, *_ in close for statute in table._names[found].ids)
    return tuple(dict.fromkeys(ids))[:most]


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str | None:
    """The word for a kind of law that ``name`` ends with."""
    match = _KIND.search(name)
    return match.group() if match else None


def ends_with(title: str, kind: str) -> bool:
    """Whether a law of this title is a ``kind``: 办法 is no 法."""
    plain = re.sub(r"\(.\)\Z", "", title)
    if kind == "法":
        return plain.endswith(("法", "法典")) and not plain.endswith("办法")
    if kind == "司法解释":
        return plain.startswith("最高人民法院") or "司法解释" in plain
    return plain.endswith(kind)


@lru_cache(maxsize=1024)
def is_weak(name: str) -> bool:
    """Whether a name such as 程序规定 also ends longer ones (浙江省消保条例, 违反法律)."""
    match = _KIND.search(name)
    if match is None:
        return False
    if name.startswith("省"):
        return True
    body = name[: match.start()]
    return len(body) <= 2 if match.group() != "法" else len(name) == 2 and name[0] == "反"


def _names_of(statute: Statute) -> Iterator[tuple[str, str]]:
    yield statute.id, "编号"
    titles = [statute.title, *(v.title for v in statute.versions if v.title)]
    for title in titles:
        yield title, "全称"
        plain = title.removeprefix(_STATE)
        yield plain, "全称"
        for office in _OFFICES:
            shorter = even(plain).removeprefix(office)
            if shorter != even(plain) and len(shorter) > 4:
                yield shorter, "简称"
                if shorter.startswith("行政处罚程序"):
                    yield shorter.removeprefix("行政"), "简称"
        if court := _COURT.match(even(title)):
            topic = court.group(1)
            shorter = topic.removesuffix("纠纷").removesuffix("民事")
            for words in {topic, topic.removesuffix("纠纷"), shorter}:
                yield f"{words}司法解释", "简称"
                yield f"{words}{court.group(2)}", "简称"
                if court.group(3):
                    yield f"{words}司法解释{court.group(3)}", "简称"
    for short in statute.short:
        yield short, "简称"
        if even(short).startswith("江苏"):
            yield f"省{even(short).removeprefix('江苏')}", "简称"
        if statute.id.startswith("J-") and short.endswith(("解释", "规定")):
            yield f"{short.removesuffix('解释').removesuffix('规定')}司法解释", "简称"
    if statute.title.startswith("江苏省"):
        yield statute.title.removeprefix("江苏"), "简称"
    for match in _NUMBERED.finditer(statute.number):
        yield "{}〔{}〕{}号".format(*match.groups()), "文号"


def _implementing(statutes: Iterable[Statute]) -> Iterator[tuple[str, str]]:
    """消法实施条例 for 消费者权益保护法实施条例: a law's short names with the rest of the title."""
    everything = list(statutes)
    for law in everything:
        for other in everything:
            rest = other.title.removeprefix(law.title)
            if rest != other.title and rest.startswith("实施"):
                for short in law.short:
                    yield f"{short}{rest}", other.id


def _best(found: dict[str, str], statutes: dict[str, Statute]) -> Named:
    """A full title beats another law's short name."""
    full = tuple(i for i, how in found.items() if how in ("编号", "全称"))
    ids = full or tuple(found)
    return Named(ids, found[ids[0]])


def _tree(names: Iterable[str]) -> dict[str, dict]:  # type: ignore[type-arg]
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for name in names:
        node = root
        for sign in reversed(name):
            node = node.setdefault(sign, {})
        node[""] = {}
    return root


def _content(name: str) -> str:
    """A title without the state's name, the office and the word for its kind."""
    plain = name.removeprefix(_STATE)
    for office in (*_OFFICES, "江苏"):
        plain = plain.removeprefix(office)
    if court := _COURT.match(plain):
        plain = court.group(1) + court.group(2)
    return _KIND.sub("", plain)


def _within(part: str, whole: str) -> bool:
    """Whether the signs of ``part`` stand in ``whole`` in this order."""
    signs = iter(whole)
    return all(sign in signs for sign in part)
