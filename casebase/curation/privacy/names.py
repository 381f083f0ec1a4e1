"""Names of persons: by title, by label, in foreign form, and by reading the sentence.

Rules say where a name must be («法定代表人：…», «…女士»); the tagger of :mod:`reader` says where one
is without such a sign. Each corrects the other: what looks like an everyday word (高度, 任何) is a
name only where the tagger and the words around it agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import (
    alternatives,
    characters,
    section,
    surnames,
)

Span = tuple[int, int]

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]"
_RUN = re.compile(rf"{_HAN}+")
_MASKED = re.compile(r"[某×＊*○〇xX]")
_NOT_GIVEN = frozenset(
    "某户局委院所店厂镇街县省市区条款元号章节路村湖第页的了们个这那吗呢吧与和及或并"
)
_NEXT = re.compile(rf" ?[、,，/;；] ?[0-9]{{0,2}}[.、]?(?P<name>{_HAN}{{2,4}})(?!{_HAN})")
_PLACE_ENDS = frozenset("冲井塘湾桥坝岭巷坡埠浜港渡垄屋")
_FOREIGN = re.compile(rf"{_HAN}{{1,9}}(?:·{_HAN}{{1,9}}){{1,4}}")
_LATIN_TITLED = re.compile(
    r"(?<![A-Za-z])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ?[A-Z][a-z]+(?: [A-Z][a-z]+)?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?= ?(?:先生|女士|小姐|老师|医生|教练)))"
)
_LATIN_NAME = r"[A-Z][A-Za-z]{1,15}(?:[ \-][A-Z][A-Za-z]{1,15}){1,2}"


def find(view: View) -> Iterator[tuple[str, int, int]]:
    """Names of persons in ``view``, as ``("PERSON", start, end)``, the surest first."""
    sure: list[Span] = []
    for finder in (_foreign, _latin, _labelled, _titled, _nicknames, _compound, _told):
        sure.extend(finder(view))
    sure.extend(_in_lists(view, sure))
    longest: dict[int, int] = {}
    for start, end in sure:
        longest[start] = max(end, longest.get(start, 0))
    again = [span for span in _again(view, sure) if longest.get(span[0], 0) < span[1]]
    for start, end in (*again, *sure):
        yield "PERSON", start, end


def _foreign(view: View) -> Iterator[Span]:
    """«阿不都热依木·买买提», «迈克尔·布朗»: characters that transcribe, around a middle dot."""
    sounds = characters("surnames", "译音")
    text = view.plain
    for match in _FOREIGN.finditer(text):
        start = first = text.index("·", match.start())
        while start > match.start() and text[start - 1] in sounds and first - start < 8:
            start -= 1
        end = last = text.rindex("·", match.start(), match.end()) + 1
        while end < match.end() and text[end] in sounds and end - last < 8:
            end += 1
        if first - start >= 1 and end - last >= 1:
            yield _unverbed(view, start, end, last)


def _unverbed(view: View, start: int, end: int, least: int) -> Span:
    """Without a verb that happens to be written with a transcribing character."""
    for word in section("people", "动作"):
        if end - len(word) >= least + 2 and view.plain.startswith(word, end - len(word)):
            return start, end - len(word)
    return start, end


def _latin(view: View) -> Iterator[Span]:
    for match in _LATIN_TITLED.finditer(view.plain):
        yield match.span()
    for match in _latin_patterns()[0].finditer(view.plain):
        yield match.span("v")
    for match in _latin_patterns()[1].finditer(view.plain):
        yield match.span()


@lru_cache(maxsize=1)
def _latin_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    labels = alternatives(section("people", "身份"))
    pinyin = alternatives(section("surnames", "拼音姓"))
    return (
        re.compile(rf"(?:{labels})[ :：为是叫系]{{0,3}}(?P<v>{_LATIN_NAME})"),
        re.compile(
            rf"(?<![A-Za-z])(?:{pinyin})[ ][A-Z][a-z]{{1,6}}(?:[ \-]?[A-Za-z][a-z]{{1,5}})?(?![A-Za-z])"
        ),
    )


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    labels = alternatives(section("people", "身份"))
    return re.compile(
        rf"(?P<label>{labels})(?!员)(?P<note>[(（][^()（）\n]{{1,10}}[)）])?"
        rf"(?P<mark>(?:姓名)?[ ]?[:：][ ]?|[ ]|(?:姓名|名字)?(?:为|是|叫做|叫|系|名叫)|[“\"‘(（])?(?={_HAN})"
    )


def _labelled(view: View) -> Iterator[Span]:
    """«姓名：王小明», «法定代表人沈阿毛», «我叫柴门文»."""
    text, strong = view.plain, frozenset(section("people", "强标签"))
    for match in _label_pattern().finditer(text):
        start = match.end()
        run = _RUN.match(text, start, start + 12)
        end = _name_end(view, start, run.end()) if run is not None else None
        if run is None or end is None or not _may_be_name(text[start:end]):
            continue
        if view.people.get(start) == end and not _listed(view, start, end):
            yield start, end
            continue
        mark = match["mark"] or ""
        named = match["label"] in section("people", "自报") and surnames().length(text, start)
        certain = end == run.end() and (named or (":" in mark and match["label"] in strong))
        if (certain and text[start:end] not in section("people", "非人名")) or (
            surnames().length(text, start)
            and not _is_word(view, start, end)
            and _acts(text, end)
            and (mark or _noun_like(view, start))
        ):
            yield start, end


def _noun_like(view: View, start: int) -> bool:
    """Without a mark after the label the family name must not read as a verb or particle."""
    word = view.word_starts.get(start)
    family = view.plain[start]
    return word is not None and family not in surnames().wary and word.flag[:1] in "nxjbgaq"


def _name_end(view: View, start: int, stop: int) -> int | None:
    """Where the name that starts at ``start`` ends, ``stop`` being the end of the Han run."""
    text = view.plain
    family = surnames().length(text, start)
    if 2 <= stop - start <= max(family, 1) + 2:
        return _without_verb(text, start, stop) if family else stop
    if 2 <= view.people.get(start, start) - start <= 5:
        return view.people[start]
    if not family:
        return stop if 2 <= stop - start <= 4 else None
    for ends in (lambda at: _acts(text, at), lambda at: at in view.word_ends):
        for given in (2, 1):
            end = start + family + given
            if end <= stop and ends(end):
                return end
    return None


def _without_verb(text: str, start: int, stop: int) -> int:
    """For «王明称» the end of the name: the last character is a verb as often as a name."""
    if stop - start == 3 and text[stop - 1] in "称说诉于在系等":
        return stop - 1
    return stop


def _acts(text: str, at: int) -> bool:
    """Whether what follows ``at`` is what persons do, or the end of the clause."""
    if at >= len(text) or not _RUN.match(text, at):
        return True
    return text.startswith(section("people", "动作"), at)


def _may_be_name(name: str) -> bool:
    if not 2 <= len(name) <= 5 or _MASKED.search(name):
        return False
    return not any(char in _NOT_GIVEN for char in name[1:])


def _listed(view: View, start: int, end: int) -> bool:
    """On the list of what is never a name."""
    text = view.plain[start:end]
    return (
        view.plain.startswith(section("people", "非人名"), start)
        or text in section("people", "身份")
        or text in section("people", "称谓")
        or text in section("people", "角色")
    )


def _is_word(view: View, start: int, end: int) -> bool:
    """An everyday word, or a stretch that begins with one, whatever its first character."""
    if _listed(view, start, end):
        return True
    word = view.word_starts.get(start)
    if word is None:
        return True
    return len(word.text) >= 2 and not word.flag.startswith("nr") and word.flag != "x"


@lru_cache(maxsize=1)
def _title_pattern() -> re.Pattern[str]:
    return re.compile(
        alternatives(
            (*section("people", "称谓"), *section("people", "角色"), *section("people", "短称谓"))
        )
    )


def _titled(view: View) -> Iterator[Span]:
    """«王女士», «欧阳先生», «王小明师傅»: the name is looked for leftwards from the title."""
    text = view.plain
    for title in _title_pattern().finditer(text):
        short = len(title.group()) == 1
        if short and title.end() not in view.word_ends:
            continue
        if view.inside_word(title.start()):
            continue
        name = _before_title(view, title.start(), title.end() if short else title.start())
        if name is None:
            continue
        if title.group() in section("people", "角色"):
            if view.named(name, title.start()):
                yield name, title.start()
        else:
            yield name, title.end()


def _before_title(view: View, end: int, covered: int) -> int | None:
    """Where the name that ends at ``end`` starts; the tagger has to see it up to ``covered``
    where the title alone does not tell («王总», «总额»)."""
    text, names = view.plain, surnames()
    run = 0
    while run < 4 and end - run - 1 >= 0 and _RUN.match(text[end - run - 1]):
        run += 1
    for size in range(run, 0, -1):
        start = end - size
        family = names.length(text, start)
        if not family or size > family + 2 or _MASKED.search(text[start:end]):
            continue
        if covered > end and not view.named(start, covered):
            continue
        if _title_fits(view, start, end, family):
            return start
    return None


def _title_fits(view: View, start: int, end: int, family: int) -> bool:
    text, names = view.plain, surnames()
    name, word = text[start:end], view.word_starts.get(start)
    seen = view.named(start, end)
    if name.startswith(section("people", "非称谓前")) or any(c in _NOT_GIVEN for c in name[1:]):
        return False
    if start > 0 and word is None:  # inside a longer word: 江苏|老板
        return seen
    if len(name) == family:
        return family > 1 or name not in names.wary or seen
    if family > 1 or seen:
        return True
    return word is not None and word.end == end and word.flag.startswith("nr")


def _nicknames(view: View) -> Iterator[Span]:
    """«小王», «老李», «阿强»: what neighbours are called."""
    for start, end in view.people.items():
        if end - start == 2 and view.plain[start] in "老小阿" and view.plain[start + 1] != "某":
            yield start, end


def _compound(view: View) -> Iterator[Span]:
    """«上官婉称…»: a family name of two characters is a sign by itself."""
    text = view.plain
    for match in _compound_pattern().finditer(text):
        for given in (2, 1):
            end = match.end() + given
            name = text[match.start() : end]
            if _RUN.fullmatch(name) and _may_be_name(name) and _acts(text, end):
                yield match.start(), end
                break


@lru_cache(maxsize=1)
def _compound_pattern() -> re.Pattern[str]:
    unclear = section("surnames", "复姓同形")
    return re.compile(
        alternatives(tuple(n for n in section("surnames", "复姓") if n not in unclear))
    )


def _told(view: View) -> Iterator[Span]:
    """Names that only the tagger sees: «张伟于3月5日购买…»."""
    text, names = view.plain, surnames()
    for start, end in sorted(view.people.items()):
        name = text[start:end]
        family = names.length(name)
        if not family or not _may_be_name(name) or not _RUN.fullmatch(name):
            continue
        if not family < len(name) <= family + 2 or text[end : end + 1] in ("某", "复"):
            continue
        if _listed(view, start, end) or (name[1] == "家" and name[-1] in _PLACE_ENDS):
            continue
        if _everyday(view, start, end) and not _in_a_persons_place(view, start, end):
            continue
        yield start, end


def _everyday(view: View, start: int, end: int) -> bool:
    """The same characters are words of the dictionary, or the name cuts one in two."""
    word = view.word_starts.get(start)
    if word is None or view.plain[start] in surnames().wary:
        return True
    return len(word.text) >= 2 and not word.flag.startswith("nr")


def _in_a_persons_place(view: View, start: int, end: int) -> bool:
    text, word = view.plain, view.word_starts.get(start)
    before = text[max(0, start - 6) : start]
    if word is not None and word.flag == "ns":
        return before.endswith(section("people", "身份")) and _acts(text, end)
    left = not _RUN.match(before[-1:]) or before.endswith(
        (*section("people", "身份"), *section("people", "名前"))
    )
    return left and _acts(text, end)


def _in_lists(view: View, sure: list[Span]) -> Iterator[Span]:
    """«张三、李四、王五»: what stands next to a name in a list, and is no word, is a name."""
    text, names = view.plain, surnames()
    for _, end in sure:
        at = end
        while (match := _NEXT.match(text, at)) and names.length(match["name"]):
            start, at = match.span("name")
            name = match["name"]
            if not names.length(name) < len(name) <= names.length(name) + 2:
                break
            if not _may_be_name(name) or _is_word(view, start, at):
                break
            yield start, at


def _again(view: View, sure: list[Span]) -> Iterator[Span]:
    """Every other place where a full name already found is written."""
    text, names = view.plain, surnames()
    found = {text[a:b] for a, b in sure if _RUN.fullmatch(text[a:b])}
    titles = section("people", "称谓")
    full = set()
    for name in found:
        title = next((t for t in titles if name.endswith(t)), "")
        core = name.removesuffix(title)
        if names.length(core) and len(core) >= names.length(core) + 2:
            full.add(core)
    if not full:
        return
    for match in re.finditer(alternatives(tuple(sorted(full, key=len, reverse=True))), text):
        yield match.span()
