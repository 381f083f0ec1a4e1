"""Names of persons: by title, by label, in foreign form, and by reading the sentence.

Rules say where a name must be («法定代表人：…», «…女士»); the tagger of :mod:`reader` says where one
is without such a sign. Each corrects the other: what looks like an everyday word (高度, 任何) is a
name only where the tagger and the words around it agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casebase.curation.privacy.name_tests import (
    HAN,
    RUN,
    Span,
    acts,
    is_listed,
    is_word,
    may_be_name,
)
from casebase.curation.privacy.told_names import (
    again,
    compound,
    in_lists,
    nicknames,
    opening,
    titled,
    told,
)
from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import alternatives, characters, section, surnames

_FOREIGN = re.compile(rf"{HAN}{{1,9}}(?:·{HAN}{{1,9}}){{1,4}}")
_LATIN_TITLED = re.compile(
    r"(?<![A-Za-z])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ?[A-Z][a-z]+(?: [A-Z][a-z]+)?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?= ?(?:先生|女士|小姐|老师|医生|教练)))"
)
_LATIN_NAME = r"[A-Z][A-Za-z]{1,15}(?:[ \-][A-Z][A-Za-z]{1,15}){1,2}"


def find(view: View) -> Iterator[tuple[str, int, int]]:
    """Names of persons in ``view``, as ``("PERSON", start, end)``, the surest first."""
    sure: list[Span] = []
    for finder in (_foreign, _latin, _labelled, titled, nicknames, compound, opening, told):
        sure.extend(finder(view))
    sure.extend(in_lists(view, sure))
    longest: dict[int, int] = {}
    for start, end in sure:
        longest[start] = max(end, longest.get(start, 0))
    elsewhere = [span for span in again(view, sure) if longest.get(span[0], 0) < span[1]]
    for start, end in (*elsewhere, *sure):
        yield "PERSON", start, end


def _foreign(view: View) -> Iterator[Span]:
    """«阿不都热依木·买买提», «迈克尔·布朗»: characters that transcribe, around a middle dot."""
    sounds = characters("surnames", "译音")
    starts = {end: start for start, end in view.people.items()}
    text = view.plain
    for match in _FOREIGN.finditer(text):
        start = first = text.index("·", match.start())
        while start > match.start() and text[start - 1] in sounds and first - start < 8:
            start -= 1
        end = last = text.rindex("·", match.start(), match.end()) + 1
        while end < match.end() and text[end] in sounds and end - last < 8:
            end += 1
        if first - start >= 1 and end - last >= 1:
            start, end = _unverbed(view, start, end, last)
            before = min(start, starts.get(first, start))
            yield before, max(end, view.people.get(last, 0))


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
        rf"(?P<mark>(?:姓名)?[ ]?[:：][ ]?|[ ]|(?:姓名|名字)?(?:为|是|叫做|叫|系|名叫)|[“\"‘(（])?(?={HAN})"
    )


def _labelled(view: View) -> Iterator[Span]:
    """«姓名：王小明», «法定代表人沈阿毛», «我叫柴门文»."""
    text, strong = view.plain, frozenset(section("people", "强标签"))
    for match in _label_pattern().finditer(text):
        start = match.end()
        run = RUN.match(text, start, start + 12)
        end = _name_end(view, start, run.end()) if run is not None else None
        if run is None or end is None or not may_be_name(text[start:end]):
            continue
        if view.people.get(start) == end and not is_listed(view, start, end):
            yield start, end
            continue
        mark = match["mark"] or ""
        named = match["label"] in section("people", "自报") and surnames().length(text, start)
        word = view.word_starts.get(start)
        known = word is not None and word.end == end and word.flag.startswith("nr")
        certain = end == run.end() and (
            named
            or (match["label"] in strong and (":" in mark or known))
            or (":" in mark and _unusual(view, start, end))
        )
        if (certain and text[start:end] not in section("people", "非人名")) or (
            surnames().length(text, start)
            and not is_word(view, start, end, marked=bool(mark))
            and acts(text, end)
            and (mark or _noun_like(view, start))
        ):
            yield start, end


def _unusual(view: View, start: int, end: int) -> bool:
    """«投诉人：柴门文»: three characters after a colon that a word of the dictionary only begins."""
    family, word = surnames().length(view.plain, start), view.word_starts.get(start)
    listed = is_listed(view, start, end) or view.plain[start] in surnames().wary
    return (
        bool(family)
        and end - start == family + 2
        and not listed
        and (word is None or word.end < end)
    )


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
    ends = [start + family + given for given in (2, 1) if start + family + given <= stop]
    acting = [end for end in ends if acts(text, end)]
    whole = [end for end in ends if end in view.word_ends]
    return next(iter(acting + whole), None)


def _without_verb(text: str, start: int, stop: int) -> int:
    """For «王明称» the end of the name: the last character is a verb as often as a name."""
    if stop - start == 3 and text[stop - 1] in "称说诉于在系等":
        return stop - 1
    return stop
