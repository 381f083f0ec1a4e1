"""What tells a name from an everyday word."""

from __future__ import annotations

import re

from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import section

Span = tuple[int, int]

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]"
RUN = re.compile(rf"{HAN}+")
MASKED = re.compile(r"[某×＊*○〇xX]")
NOT_GIVEN = frozenset(
    "某户局委院所店厂镇街县省市区条款元号章节路村湖第页的了们个这那吗呢吧与和及或并"
)


def acts(text: str, at: int) -> bool:
    """Whether what follows ``at`` is what persons do, or the end of the clause."""
    if at >= len(text) or not RUN.match(text, at):
        return True
    return text.startswith(section("people", "动作"), at)


def may_be_name(name: str) -> bool:
    if not 2 <= len(name) <= 5 or MASKED.search(name):
        return False
    return not any(char in NOT_GIVEN for char in name[1:])


def is_listed(view: View, start: int, end: int) -> bool:
    """On the list of what is never a name."""
    text = view.plain[start:end]
    return (
        view.plain.startswith(section("people", "非人名"), start)
        or text in section("people", "身份")
        or text in section("people", "称谓")
        or text in section("people", "角色")
    )


def is_word(view: View, start: int, end: int, *, marked: bool = False) -> bool:
    """An everyday word, or a stretch that begins with one, whatever its first character.

    A stretch that cuts a word of the dictionary is one too, but not after a mark («为|谷建平»).
    """
    if is_listed(view, start, end):
        return True
    word = view.word_starts.get(start)
    if word is None:
        return not marked
    return len(word.text) >= 2 and not word.flag.startswith("nr") and word.flag != "x"
