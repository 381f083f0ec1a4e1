"""What to write instead: proposals by the writing group's masking conventions.

Names keep the family name (王某; several with one family name 王某甲、王某乙), the same person the
same words throughout one text; firms keep trade and form (某家具有限公司; several A、B); numbers go
with the words that announced them. Nothing is changed here: a person confirms each proposal.
Code names never carry over from one text to another, so nobody can be followed across cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebase.curation.privacy.kinds import PrivateSpan
from casebase.curation.privacy.organisations import platform_words
from casebase.curation.privacy.words import alternatives, section, surnames

_ORDER = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: What is written for the numbers, whatever stood before them.
_WORDS = {
    "PHONE": "（略）",
    "ID": "（略）",
    "USCC": "（略）",
    "BANK": "（略）",
    "EMAIL": "（略）",
    "ACCOUNT": "（略）",
    "ORDER": "（略）",
    "LICENSE": "（略）",
    "VIN": "（略）",
    "BATCH": "（略）",
    "URL": "（链接略）",
    "PATH": "（文件路径略）",
    "CASE_NO": "（文号略）",
    "PLATE": "某车辆",
    "ADDR": "某处",
}
_ANNOUNCED = {
    "PHONE": "联系电话",
    "ID": "证件号码",
    "USCC": "信用代码",
    "BANK": "银行账号",
    "EMAIL": "邮箱",
    "ACCOUNT": "网络账号",
    "ORDER": "单号",
    "LICENSE": "许可证号",
    "VIN": "车架号",
    "BATCH": "批号",
}
_LABEL_END = re.compile(
    r"(?:[:：为是即叫]|号码?|电话|[机话卡单证打拨]|ID|方式|热线|传真|编号|代码|账户|微信|QQ|邮箱|尾号|昵称|[“\"]) ?$",
    re.I,
)
_DATE = re.compile(
    r"(?P<month>(?:19|20)[0-9]{2} ?年 ?[0-9]{1,2} ?月) ?[0-9]{1,2} ?[日号]"
    r"|(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
)


@dataclass(frozen=True)
class Proposal:
    """One stretch of text and what to write instead of it."""

    span: PrivateSpan
    replacement: str


def propose(text: str, spans: Iterable[PrivateSpan]) -> tuple[Proposal, ...]:
    """A replacement for every span, consistent within ``text``."""
    spans = tuple(spans)
    people = _people(text, spans)
    firms = _firms(spans)
    return tuple(Proposal(span, _written(text, span, people, firms)) for span in spans)


def masked(text: str, proposals: Iterable[Proposal]) -> str:
    """``text`` with the proposals carried out."""
    parts, at = [], 0
    for proposal in sorted(proposals, key=lambda p: p.span):
        parts += [text[at : proposal.span.start], proposal.replacement]
        at = proposal.span.end
    return "".join((*parts, text[at:]))


def dates(text: str) -> Iterator[PrivateSpan]:
    """Full dates, which a published case may give to the month; never a finding by themselves."""
    for match in _DATE.finditer(text):
        yield PrivateSpan(*match.span(), "DATE", match.group())


def _written(text: str, span: PrivateSpan, people: dict[str, str], firms: dict[str, str]) -> str:
    if span.kind == "PERSON":
        return people[span.text]
    if span.kind in ("ORG_BIZ", "ORG_INDIV"):
        return firms[span.text]
    if span.kind == "PLATFORM":
        return platform_words().get(_ascii(span.text), "某网络平台")
    if span.kind == "DATE":
        return _month(span.text)
    words = _WORDS[span.kind]
    if words.startswith("（") and text[max(0, span.start - 1) : span.start] in ("(", "（"):
        return _ANNOUNCED.get(span.kind, "") + words.strip("（）")
    if words == "（略）" and not _LABEL_END.search(text[max(0, span.start - 8) : span.start]):
        return _ANNOUNCED[span.kind] + words
    if span.kind == "PLATE" and re.search(
        r"(?:车牌|车号|牌照|号牌|号码|号)[:：为是]?$", text[max(0, span.start - 6) : span.start]
    ):
        return "（略）"
    return words


def _ascii(text: str) -> str:
    return text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


def _month(text: str) -> str:
    match = _DATE.match(text)
    if match is None:
        return text
    return match["month"] or f"{match['y']}年{int(match['m'])}月"


def _people(text: str, spans: Iterable[PrivateSpan]) -> dict[str, str]:
    """王某 for each person; 王某甲, 王某乙 where a family name is borne by several."""
    cores: dict[str, str] = {}
    for span in spans:
        if span.kind == "PERSON":
            cores.setdefault(span.text, _core(span.text))
    known = dict.fromkeys(cores.values())
    families: dict[str, list[str]] = {}
    for core in known:
        families.setdefault(_initial(core), [])
    for core in known:
        group = families[_initial(core)]
        if len(core) > len(_initial(core)) or not _one_full(known, core):
            group.append(core)
    names = {}
    for span_text, core in cores.items():
        initial = _initial(core)
        group = families[initial]
        free = [mark for mark in _ORDER if f"{initial}某{mark}" not in text]
        place = group.index(core) if core in group else 0
        mark = free[place % len(free)] if len(group) > 1 and free else ""
        names[span_text] = f"{initial}某{mark}"
    return names


def _one_full(known: Iterable[str], core: str) -> bool:
    """«王女士» beside a single «王小明» is taken for the same person."""
    full = [other for other in known if _initial(other) == core and len(other) > len(core)]
    return len(full) == 1 and len(core) == len(_initial(core))


def _core(name: str) -> str:
    """The name without title or nickname mark."""
    titles = alternatives((*section("people", "称谓"), *section("people", "短称谓")))
    family = surnames().length(name)
    match = re.match(rf"(?P<core>.+?)(?:{titles})?$", name) if family else None
    core = match["core"] if match else name
    if core[0] in "老小阿" and len(core) == 2:
        return core[1]
    return core


def _initial(core: str) -> str:
    """The family name; of a name in foreign form the first character."""
    if not core[:1] or core[0].isascii():
        return core[:1].upper()
    if "·" in core or "•" in core or "・" in core:
        return core[0]
    family = surnames().length(core)
    return core[: family or 1]


def _firms(spans: Iterable[PrivateSpan]) -> dict[str, str]:
    """某家具有限公司 for one, A家具有限公司, B家具有限公司 for several."""
    kinds: dict[str, str] = {}
    for span in spans:
        if span.kind in ("ORG_BIZ", "ORG_INDIV"):
            kinds.setdefault(span.text, span.kind)
    several = len(kinds) > 1
    written = {}
    for at, (name, kind) in enumerate(kinds.items()):
        mark = _LETTERS[at % len(_LETTERS)] if several else "某"
        note = "（个体工商户）" if kind == "ORG_INDIV" and not name.endswith("公司") else ""
        written[name] = f"{mark}{_trade_and_form(name)}{note}"
    return written


def _trade_and_form(name: str) -> str:
    """«苏州市相城区鑫源家具有限公司» → «家具有限公司»."""
    body = re.sub(r"[(（].*$", "", name)
    forms = (*section("organisations", "强后缀"), *section("organisations", "弱后缀"))
    form = next((f for f in sorted(forms, key=len, reverse=True) if body.endswith(f)), "")
    rest = body[: len(body) - len(form)]
    trades = [t for t in section("organisations", "行业词") if rest.endswith(t)]
    trade = trades[0] if trades else ""
    return (trade + form) or "店铺"
