"""Names that stand free in a sentence: by title, by family name, and as the tagger reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casebase.curation.privacy.name_tests import (
    HAN,
    MASKED,
    NOT_GIVEN,
    RUN,
    Span,
    acts,
    is_listed,
    is_word,
    may_be_name,
)
from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import alternatives, characters, section, surnames

_NEXT = re.compile(rf" ?[、,，/;；] ?[0-9]{{0,2}}[.、]?(?P<name>{HAN}{{2,4}})(?!{HAN})")
_PLACE_ENDS = frozenset("冲井塘湾桥坝岭巷坡埠浜港渡垄屋")


@lru_cache(maxsize=1)
def _title_pattern() -> re.Pattern[str]:
    return re.compile(
        alternatives(
            (*section("people", "称谓"), *section("people", "角色"), *section("people", "短称谓"))
        )
    )


def titled(view: View) -> Iterator[Span]:
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
    while run < 4 and end - run - 1 >= 0 and RUN.match(text[end - run - 1]):
        run += 1
    for size in range(run, 0, -1):
        start = end - size
        family = names.length(text, start)
        if not family or size > family + 2 or MASKED.search(text[start:end]):
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
    if name.startswith(section("people", "非称谓前")) or any(c in NOT_GIVEN for c in name[1:]):
        return False
    if start > 0 and word is None:  # inside a longer word: 江苏|老板
        return seen
    if len(name) == family:
        first = start == 0 or not RUN.match(text[start - 1])
        common = first and name in characters("surnames", "常见慎用")
        return family > 1 or name not in names.wary or seen or common
    if family > 1 or seen:
        return True
    return word is not None and word.end == end and word.flag.startswith("nr")


def nicknames(view: View) -> Iterator[Span]:
    """«小王», «老李», «阿强»: what neighbours are called."""
    for start, end in view.people.items():
        if end - start == 2 and view.plain[start] in "老小阿" and view.plain[start + 1] != "某":
            yield start, end


def compound(view: View) -> Iterator[Span]:
    """«上官婉称…»: a family name of two characters is a sign by itself."""
    text = view.plain
    for match in _compound_pattern().finditer(text):
        for given in (2, 1):
            end = match.end() + given
            name = text[match.start() : end]
            if RUN.fullmatch(name) and may_be_name(name) and acts(text, end):
                yield match.start(), end
                break


@lru_cache(maxsize=1)
def _compound_pattern() -> re.Pattern[str]:
    unclear = section("surnames", "复姓同形")
    return re.compile(
        alternatives(tuple(n for n in section("surnames", "复姓") if n not in unclear))
    )


def opening(view: View) -> Iterator[Span]:
    """«温馨反映…»: what the dictionary knows as a name, first in its clause, and speaking."""
    text, names = view.plain, surnames()
    for word in view.words:
        if not word.flag.startswith("nr") or not 2 <= len(word.text) <= 4:
            continue
        first = word.start == 0 or text[word.start - 1] in "，。；！？\n"
        family = names.length(word.text)
        speaks = text.startswith(section("people", "开口"), word.end)
        unwary = word.text[0] not in names.wary - characters("surnames", "常见慎用")
        fits = family and unwary and family < len(word.text) <= family + 2
        if (
            first
            and speaks
            and fits
            and may_be_name(word.text)
            and not is_listed(view, word.start, word.end)
        ):
            yield word.start, word.end


def told(view: View) -> Iterator[Span]:
    """Names that only the tagger sees: «张伟于3月5日购买…»."""
    text, names = view.plain, surnames()
    for start, end in sorted(view.people.items()):
        name = text[start:end]
        family = names.length(name)
        if not family or not may_be_name(name) or not RUN.fullmatch(name):
            continue
        if not family < len(name) <= family + 2 or text[end : end + 1] in ("某", "复", "字"):
            continue
        if is_listed(view, start, end) or (name[1] == "家" and name[-1] in _PLACE_ENDS):
            continue
        if _everyday(view, start, end) and not _in_a_persons_place(view, start, end):
            continue
        yield start, end


def _everyday(view: View, start: int, end: int) -> bool:
    """The same characters are words of the dictionary, or the name cuts one in two."""
    word = view.word_starts.get(start)
    if word is None or view.plain[start] in surnames().wary:
        return True
    return len(word.text) >= 2 and not word.flag.startswith(("nr", "x"))


def _in_a_persons_place(view: View, start: int, end: int) -> bool:
    text, word = view.plain, view.word_starts.get(start)
    before = text[max(0, start - 6) : start]
    if word is not None and word.flag == "ns":
        return before.endswith(section("people", "身份")) and acts(text, end)
    left = not RUN.match(before[-1:]) or before.endswith(
        (*section("people", "身份"), *section("people", "名前"))
    )
    return left and acts(text, end)


def in_lists(view: View, sure: list[Span]) -> Iterator[Span]:
    """«张三、李四、王五»: what stands next to a name in a list, and is no word, is a name."""
    text, names = view.plain, surnames()
    walked = {start for start, _ in sure}  # each place once, or a long list takes its square
    for _, end in sure:
        at = end
        while (
            (match := _NEXT.match(text, at))
            and match.start("name") not in walked
            and names.length(match["name"])
        ):
            start, at = match.span("name")
            walked.add(start)
            name = match["name"]
            if not names.length(name) < len(name) <= names.length(name) + 2:
                break
            if not may_be_name(name) or is_word(view, start, at):
                break
            yield start, at


def again(view: View, sure: list[Span]) -> Iterator[Span]:
    """Every other place where a full name already found is written."""
    text, names = view.plain, surnames()
    found = {text[a:b] for a, b in sure if RUN.fullmatch(text[a:b])}
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
