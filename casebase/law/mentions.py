"""Where a text speaks of a law (or of another paper), before any article is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebase.law.names import ORDER, PAPER, Named, NameTable, is_weak, kind_of

#: 《…》, with one inner pair: 《关于修改〈消费者权益保护法〉的决定》.
_BOOK = re.compile(r"《((?:[^《》\n]|《[^《》\n]{1,60}》){1,90})》")
#: «37号文» and other papers that are no law.
_NOTE = re.compile(r"[0-9]{1,4}号(?:文件?|通知|公告|函|决定书?|案)")
#: Papers between parties and office forms: their 第…条 are not articles of a law.
_PRIVATE = re.compile(
    r"(?:合同|协议书?|章程|公约|守则|须知|规约|承诺书?|条款|说明书?|手册|约定|标书|"
    r"判决书?|裁定书?|决定书|通知书|告知书|意见书|审批表|范本|服务规则|"
    r"(?:平台|店铺?|公司|学校|小区|物业|单位|企业|活动|用户|会员|内部|商家|商城|社区)(?:规则|规定|办法|细则))\Z"
)
#: Papers of an office; in 《》 they are cited as if they were law and so are reported.
_OFFICE = re.compile(r"(?:纪要|清单|制度|通知|意见|函|附件|文件|号文|方案)\Z")
#: Signs that may stand before a short name without being part of a longer one.
_LEAD = frozenset(
    "依据按照看见查引用违反犯与和及或由从对在是为有将把被称指如即属其该本此了到至等而并且则也只仅"
    "仍应可须另改以新旧原现行后前入出循自含于让跟同就凭靠拿讲问说翻符参是叫背年版订正起"
)
#: Those that end no longer name: 认可条例 and 暂行条例 are names, 与条例 is not one.
_STRONG_LEAD = frozenset("与和及或由从对在是为将把但而且因按依据照看见查引违反用犯")
_LEAD_WORDS = (
    "符合", "评估", "审查", "核对", "核查", "结合", "对应", "落到", "归入", "涉及", "构成", "写明",
    "说明", "点明", "研究", "学习", "查阅", "解读", "宣传", "执行", "贯彻", "落实", "遵守", "参考",
    "比对", "收录", "当时", "同时", "此外", "另外", "以及", "关于", "包括", "选择", "认为", "主张",
    "告知",
)  # fmt: skip
#: After a name in running text these make another word of it: 食品安全法律, 价格法定.
_NOT_AFTER = re.compile(r"[律院制人官定]|规(?!定|范)")
_EDITION_BEFORE = re.compile(
    r"(?:((?:19|20)[0-9]{2})年?(?:版|修订|修正|修改|施行|文本|新)?的?|(旧版?|老|原|(?:修订|修正|修改)前的?))\Z"
)
_HAN = re.compile(r"[一-龥]")
_ASCII = re.compile(r"[0-9a-z]")


@dataclass(frozen=True)
class Mention:
    """A name in the cleaned text.

    ``ids`` are the laws it can mean (none where the catalogue lacks it). ``kind`` is ``law``,
    ``word`` (a bare 《办法》) or ``paper`` (a contract, a document of an office). ``edition`` is
    a year or 旧 where the text names another version than the one in force.
    """

    start: int
    end: int
    name: str
    ids: tuple[str, ...]
    how: str
    kind: str = "law"
    bracketed: bool = False
    edition: str = ""


def mentions(text: str, table: NameTable) -> list[Mention]:
    """All mentions in cleaned ``text``, in order, none inside another."""
    found = _books(text, table)
    if "号" in text:
        found += [*_papers(text, table), *_orders(text, table)]
    taken = _without_overlaps(found)
    found = [*taken, *_plain(text, table)]
    return [_with_edition(text, m) for m in _without_overlaps(found)]


def is_private(name: str) -> bool:
    """Whether ``name`` is a paper between parties or a form, not a law."""
    return _PRIVATE.search(name) is not None


def is_paper(name: str) -> bool:
    """Whether running text that ends so speaks of a paper, not of a law."""
    return is_private(name) or _OFFICE.search(name) is not None


def boundary(text: str, start: int) -> bool:
    """Whether a name can begin at ``start``: no longer word runs into it."""
    if start == 0:
        return True
    before = text[start - 1]
    if not "一" <= before <= "龥" or before in _LEAD:
        return True
    return text[max(0, start - 2) : start] in _LEAD_WORDS


def stands_alone(before: str) -> bool:
    """Whether 条例 or 办法 after ``before`` (the rest of its run) is no part of a longer name."""
    return not before or before[-1] in _STRONG_LEAD or before[-2:] in _LEAD_WORDS


def _books(text: str, table: NameTable) -> list[Mention]:
    found = []
    for match in _BOOK.finditer(text):
        name = match.group(1).strip('"《》')
        if not _HAN.search(name):
            continue
        named = table.exact(name) or _order_name(name, table)
        if named:
            kind = "law"
        elif is_private(name):
            named, kind = Named((), ""), "paper"
        elif name in ("法", kind_of(name)):
            named, kind = Named((), "泛称"), "word"
        else:
            named, kind = table.short_form(name) or Named((), "未收录"), "law"
        found.append(Mention(*match.span(), name, named.ids, named.how, kind, bracketed=True))
    return found


def _order_name(name: str, table: NameTable) -> Named | None:
    match = ORDER.fullmatch(name)
    return table.by_order(match) if match else None


def _papers(text: str, table: NameTable) -> list[Mention]:
    found = []
    for match in PAPER.finditer(text):
        who, tail = match.group("who"), "〔{}〕{}号".format(*match.group("year", "no"))
        for cut in range(len(who)):
            if named := table.exact(who[cut:] + tail):
                start = match.start() + cut
                name = who[cut:] + tail
                found.append(Mention(start, match.end(), name, named.ids, named.how))
                break
        else:
            found.append(Mention(*match.span(), match.group(), (), "", "paper"))
    found += [Mention(*m.span(), m.group(), (), "", "paper") for m in _NOTE.finditer(text)]
    return found


def _orders(text: str, table: NameTable) -> list[Mention]:
    found = []
    for match in ORDER.finditer(text):
        if not (match.group("early") or match.group("late") or match.group("last")):
            continue
        named = table.by_order(match) or Named((), "未收录")
        found.append(Mention(*match.span(), match.group(), named.ids, named.how))
    return found


def _plain(text: str, table: NameTable) -> list[Mention]:
    found = []
    for match in table.ends.finditer(text):
        end = match.end()
        start = table.ending_at(text, end)
        if start is None or _NOT_AFTER.match(text, end):
            continue
        name = text[start:end]
        named = table.exact(name)
        if named is None or (is_weak(name) and not boundary(text, start)):
            continue
        if _ASCII.match(name) and start and _ASCII.match(text[start - 1]):
            continue
        if _ASCII.match(name[-1]) and _ASCII.match(text[end : end + 1]):
            continue
        found.append(Mention(start, end, name, named.ids, named.how))
    return found


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """Bracketed and longer ones win over what lies in them."""
    kept: list[Mention] = []
    order = sorted(found, key=lambda m: (m.start, -m.end, m.how == "未收录"))
    for mention in order:
        if kept and mention.start < kept[-1].end:
            inside = mention.end <= kept[-1].end
            if inside or kept[-1].bracketed or not mention.bracketed:
                continue
            kept.pop()
        kept.append(mention)
    return kept


def _with_edition(text: str, mention: Mention) -> Mention:
    match = _EDITION_BEFORE.search(text[max(0, mention.start - 12) : mention.start])
    if not match:
        return mention
    edition = match.group(1) or "旧"
    return Mention(**{**mention.__dict__, "edition": edition})
