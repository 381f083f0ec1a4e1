"""Firms and shops by name, and platforms.

A name of a firm is 地名 + 字号 + 行业 + 组织形式 (企业名称登记管理规定). Only the 字号 identifies, so
what is left when places, trades and forms are taken away decides: «某家具有限公司» and «一家美容店»
leave nothing, «鑫源家具经营部» leaves «鑫源».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import alternatives, section, sections, surnames

_REACH = 24
_SHARP = frozenset("-，。；！？、：:,;!?\n\r“”‘’\"'《》〈〉「」『』【】[]… ")
_HIDDEN = re.compile(r"某|[×*＊○]|(?<![A-Za-z])[A-Z](?![A-Za-z])|[甲乙丙丁]$")
_BREAKS = frozenset(("p", "c", "uj", "ul", "uz", "ud", "r", "d", "t", "f", "y"))
_COUNTED = re.compile(r"[0-9]|^[一两三几多]$|^[一两三几多][家间个]$")
_NICK = re.compile(r"(?:老|小|阿|大)(?=[\u4e00-\u9fff])")


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    words = (*section("organisations", "强后缀"), *section("organisations", "弱后缀"))
    return re.compile(alternatives(words))


@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], frozenset[str]]:
    """What does not tell one firm from another: places, trades, forms, common words."""
    words = {
        *section("organisations", "区划"),
        *section("organisations", "行业词"),
        *section("organisations", "强后缀"),
        *(w for w in section("organisations", "弱后缀") if len(w) > 1),
    }
    return re.compile(alternatives(tuple(sorted(words)))), frozenset(
        section("organisations", "泛称")
    )


def find(view: View) -> Iterator[tuple[str, int, int]]:
    """Names of firms and shops in ``view`` as ``(kind, start, end)``."""
    text = view.plain
    for match in _forms().finditer(text):
        end = _whole_form(text, match.end())
        strong = match.group() in section("organisations", "强后缀")
        start = _name_start(view, match.start())
        start = _after_generic(view, start, match.start())
        if start >= match.start() or _is_organ(text, start, end):
            continue
        if text.endswith(section("organisations", "不是字号"), 0, match.end()) or not _ends_a_word(
            view, match.start(), match.end()
        ):
            continue
        kind = _kind(view, start, match.start(), strong=strong)
        if kind:
            yield kind, start, end
    for match in _chain_pattern().finditer(text):
        form = _forms().match(text, match.end())
        yield "ORG_BIZ", match.start(), form.end() if form else match.end()
    for match in _quoted_pattern().finditer(text):
        yield "ORG_BIZ", match.start("v"), match.end("v")


@lru_cache(maxsize=1)
def _chain_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(section("organisations", "知名字号")))


@lru_cache(maxsize=1)
def _quoted_pattern() -> re.Pattern[str]:
    labels = alternatives(section("organisations", "店名前"))
    return re.compile(
        rf"(?:{labels})(?:名称|名)?[为是叫：: ]{{0,2}}[“\"「](?P<v>[^某×*”\"」\n，。]{{2,20}})[”\"」]"
    )


def _ends_a_word(view: View, start: int, end: int) -> bool:
    """Not «工商行|政», not «施行»: the form ends a word, and a form of one character is no verb."""
    word = view.word_ends.get(end)
    if word is None:
        return False
    if word.text[:-1] in section("organisations", "行业词"):
        return True
    return end - start > 1 or len(word.text) == 1 or word.flag.startswith(("nr", "nz", "x"))


def _whole_form(text: str, end: int) -> int:
    """With a branch in brackets or behind: «…有限公司（苏州分公司）», «…有限公司相城分公司»."""
    branch = re.compile(
        r"[(（][^()（）\n]{1,10}(?:店|分公司|个体工商户)[)）]|[\u4e00-\u9fff]{1,6}(?:分公司|分店)"
    )
    match = branch.match(text, end)
    return match.end() if match else end


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    """Words before which no name goes on: verbs, roles, and the end of another name."""
    return frozenset(
        (*section("organisations", "单位动词"), *section("organisations", "强后缀"), "公司")
    )


def _name_start(view: View, form: int) -> int:
    """Leftwards over words that can stand in a name, at most to a verb or a mark."""
    text, stops = view.plain, _stops()
    low = max(0, form - _REACH)
    start = form
    for at in range(form - 1, low - 1, -1):
        if text[at] in _SHARP:
            low = at + 1
            break
    low = _over_brackets(text, low, form)
    for word in reversed(view.words_between(low, form)):
        if (
            word.start < low
            or word.text in stops
            or word.flag in _BREAKS
            or _COUNTED.search(word.text)
        ):
            break
        start = word.start
    return start


def _over_brackets(text: str, low: int, form: int) -> int:
    """A bracket inside a name holds a place («苏州（相城）…»); an open one starts anew."""
    opened = max(text.rfind("(", low, form), text.rfind("（", low, form))
    closed = max(text.rfind(")", low, form), text.rfind("）", low, form))
    return opened + 1 if opened > closed else low


def _after_generic(view: View, start: int, form: int) -> int:
    """The place after common words at the left edge («附近的», «一家»)."""
    generic = _known()[1]
    for word in view.words_between(start, form):
        if word.text in generic and word.flag[:1] in ("m", "r", "q", "v", "u", "p", "f", "d", "c"):
            start = word.end
        else:
            break
    return start


def _is_organ(text: str, start: int, end: int) -> bool:
    """An authority or a body of the state, which may be named."""
    organs = section("organisations", "机关后缀")
    if text[start:end].endswith(organs) or text.startswith(organs, end - 1):
        return True
    return text.startswith(("镇", "街道", "村", "路", "社区", "乡", "小区", "站"), end)


def _kind(view: View, start: int, form: int, *, strong: bool) -> str | None:
    """What kind of firm it is by its 字号; ``None`` where it has none."""
    name = view.plain[start:form]
    if _HIDDEN.search(name) or len(name) > _REACH:
        return None
    own = _own_part(name)
    if len(own) < 2:
        return None
    if _person_in(view, start, own):
        return "ORG_INDIV"
    if strong:
        return "ORG_BIZ"
    return "ORG_BIZ" if _distinct(view, start, form, own) else None


@lru_cache(maxsize=4096)
def _own_part(name: str) -> str:
    """The name without places, trades, forms and common words: the 字号."""
    pattern, generic = _known()
    rest = re.sub(r"[()（）·.\s]", "", name)
    for _ in range(4):
        shorter = re.sub(rf"(?:{pattern.pattern})$", "", rest)
        shorter = re.sub(rf"^(?:{pattern.pattern})", "", shorter)
        for word in generic:
            if len(shorter) > len(word) >= 2:
                shorter = shorter.removesuffix(word).removeprefix(word)
        if shorter == rest:
            break
        rest = shorter
    return "" if rest in generic or re.fullmatch(".{1,2}[业菜]", rest) else rest


_SIGN = re.compile(
    r"^(?:老|小|阿|大)?(?P<name>[\u4e00-\u9fff]{1,3}?)(?:记|氏|家|哥|姐|嫂|妹|叔|姨|婶|妈|婆|爷|伯|大姐|大哥|阿姨|大妈|师傅|老板|胖子|医生|大夫|老师|兄弟|父子|夫妻|夫妇|姐妹)$"
)


def _person_in(view: View, start: int, own: str) -> bool:
    """«张记», «老王», «王小明»: a shop sign that tells its keeper's name."""
    names = surnames()
    sign = _SIGN.match(own)
    if own[1:2] in ("记", "氏") and own[0] in names.single and len(own) > 2:
        return True
    if sign and names.length(sign["name"]) and len(sign["name"]) <= names.length(sign["name"]) + 2:
        return True
    if _NICK.match(own) and len(own) == 2 and names.length(own[1:]):
        return True
    family = names.length(own)
    if not family or not family < len(own) <= family + 2:
        return False
    at = view.plain.find(own, start)
    word = view.word_starts.get(at)
    return word is not None and word.flag.startswith("nr") and word.end - word.start >= 2


def _distinct(view: View, start: int, form: int, own: str) -> bool:
    """Whether a sign with a weak form («…店») stands out from ordinary words."""
    text = view.plain
    quoted = text[start - 1 : start] in ("“", '"', "「", "【", "‘") if start else False
    if quoted:
        return True
    at = text.find(own, start, form)
    words = view.words_between(at, at + len(own)) if at >= 0 else ()
    if not words:
        return False
    plain = [
        w
        for w in words
        if w.flag[:1] in ("v", "a", "d", "t", "f", "m", "q", "r", "p", "c", "u", "b", "l", "i", "s")
    ]
    if plain and len(own) > 2:
        return False
    return all(len(w.text) == 1 or w.flag.startswith(("nr", "nz", "x")) for w in words) and any(
        not w.flag.startswith(("v", "p", "c", "u", "m", "q", "r")) for w in words
    )


@lru_cache(maxsize=1)
def _platform_pattern() -> re.Pattern[str]:
    names = sum((section("platforms", group) for group in sections("platforms")), ())
    return re.compile(alternatives(tuple(sorted(set(names), key=len, reverse=True))))


@lru_cache(maxsize=1)
def platform_words() -> dict[str, str]:
    """Each platform with what is written instead."""
    groups = (group for group in sections("platforms") if group.startswith("某"))
    return {name: group for group in groups for name in section("platforms", group)}


def find_platforms(view: View) -> Iterator[tuple[str, int, int]]:
    """Names of platforms in ``view``, as ``("PLATFORM", start, end)``."""
    text, known = view.plain, platform_words()
    for match in _platform_pattern().finditer(text):
        start, end = match.span()
        if match.group() not in known or text[end : end + 1] == "号":
            continue
        latin = match.group()[0].isascii()
        glued = text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()
        if latin and (glued or (text[end : end + 1].isascii() and text[end : end + 1].isalnum())):
            continue
        word = view.word_starts.get(start)
        inside = word is None and len(match.group()) == 2 and not _splits(view, start, end)
        if not inside:
            yield "PLATFORM", start, end


def _splits(view: View, start: int, end: int) -> bool:
    """Whether the place begins inside a word that the segmenter only guessed."""
    return end in view.word_ends
