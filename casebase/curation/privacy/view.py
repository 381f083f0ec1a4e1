"""A text as the finders read it, with the way back to the text as it was written.

Full-width letters and digits become ASCII, the many dashes and dots of typed numbers become one,
and characters that cannot be seen (zero-width, variation selectors, keycaps) are left out, since
they are the cheapest way to break a number apart.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import rjieba

from casebase.curation.privacy.reader import name_reader
from casebase.curation.privacy.words import surnames

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；！？"}
_FOLD |= dict.fromkeys(map(ord, "‐‑‒–—―−﹣～~"), ord("-"))
_FOLD |= dict.fromkeys(map(ord, "•‧・･⋅∙●"), ord("·"))
_FOLD |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), ord(" "))
_FOLD |= dict.fromkeys(map(ord, "﹫"), ord("@"))
_HAN_DIGITS = {
    ord(char): ord(digit)
    for digit, chars in {
        "0": "〇零", "1": "一壹幺", "2": "二贰两", "3": "三叁", "4": "四肆", "5": "五伍",
        "6": "六陆", "7": "七柒", "8": "八捌", "9": "九玖",
    }.items()
    for char in chars
}  # fmt: skip


_CLAUSE = re.compile(r"[^。！？；!?;\n]{1,160}")
#: Last characters of words that are followed by a name: 消费者, 投诉人, 业务员, 我叫 …
_BEFORE_NAMES = frozenset("者人员主客户民叫友亲妻夫儿女，。、：:；;“(（")
_LABELLED = re.compile(
    r"[者人员主客户民名告友](?:姓名|名字)?(?:为|是|叫|系|[: ])(?=[\u4e00-\u9fff])"
)
_PARTICLES = frozenset("于在称和与说向到去从是要被的了等系诉及或将让把给对为因有买付来")
#: Most characters given to the tagger for one text (some 100 pages of print take no more, as only
#: sentences with a possible name are read); what lies beyond is left to the rules.
MODEL_BUDGET = 40_000


@dataclass(frozen=True)
class Word:
    """One word of the segmented text with its part of speech (ICTCLAS tags)."""

    start: int
    end: int
    text: str
    flag: str


class View:
    """One text, folded; ``plain`` and ``digits`` have the same length.

    Attributes:
        plain: the folded text.
        digits: the same with Han numerals as digits, for numbers that are spelled out.
    """

    def __init__(self, text: str) -> None:
        folded = text.translate(_FOLD)
        self._offsets: list[int] | None = None
        if any(map(_unseen, set(folded))):
            kept = [(i, char) for i, char in enumerate(folded) if not _unseen(char)]
            self._offsets = [i for i, _ in kept] + [len(text)]
            folded = "".join(char for _, char in kept)
        self.plain = folded
        self.digits = folded.translate(_HAN_DIGITS)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as written for a span of ``plain``."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The segmented words (jieba's dictionary), in order and without gaps."""
        words, at = [], 0
        for text, flag in rjieba.tag(self.plain):
            start = self.plain.find(text, at)
            start = at if start < 0 else start
            at = start + len(text)
            words.append(Word(start, at, text, flag))
        return tuple(words)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie in ``[start, end)``, the last one perhaps longer."""
        first = bisect_left(self._starts, start)
        return self.words[first : bisect_left(self._starts, end)]

    def inside_word(self, at: int) -> bool:
        """Whether ``at`` cuts an everyday word in two («酒店|主»); names may be cut."""
        index = bisect_left(self._starts, at) - 1
        if index < 0:
            return False
        word = self.words[index]
        return word.start < at < word.end and not word.flag.startswith(("nr", "x"))

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def word_starts(self) -> dict[int, Word]:
        """The segmented words by their first character."""
        return {word.start: word for word in self.words}

    @cached_property
    def word_ends(self) -> dict[int, Word]:
        """The segmented words by the place after their last character."""
        return {word.end: word for word in self.words}

    @cached_property
    def clauses(self) -> dict[int, str]:
        """The sentences in which a name may stand, by where they start; at most the budget."""
        spent, at = 0, 0
        found: dict[int, str] = {}
        suspects = self._suspects()
        for match in _CLAUSE.finditer(self.plain):
            while at < len(suspects) and suspects[at] < match.start():
                at += 1
            if at >= len(suspects) or spent >= MODEL_BUDGET:
                break
            if suspects[at] < match.end():
                found[match.start()] = match.group()
                spent += len(match.group())
        return found

    def _suspects(self) -> list[int]:
        """Where a name may begin: what the dictionary takes for one, a family name standing alone,
        and any word with a family name where a person is expected."""
        names, found, before = surnames(), [], ""
        for word in self.words:
            family = names.length(word.text)
            nominal = word.flag.startswith("nr") and not self.plain.startswith("某", word.end)
            alone = family == len(word.text) and self.plain[word.end : word.end + 1] > "\u3400"
            alone = alone and self.plain[word.end] not in "某的了"
            expected = family and (not before.strip() or before[-1] in _BEFORE_NAMES)
            neighbour = (
                len(word.text) == 2 and word.text[0] in "老小阿" and word.text[1] in names.single
            )
            if nominal or alone or neighbour or (expected and word.text[0] not in names.wary):
                found.append(word.start)
            before = word.text
        found += [
            match.end()
            for match in _LABELLED.finditer(self.plain)
            if names.length(self.plain, match.end())
        ]
        return sorted(found)

    @cached_property
    def people(self) -> dict[int, int]:
        """The persons' names the tagger sees, start to end."""
        if not self.clauses:
            return {}
        found = name_reader().people(self.clauses.values())
        return {
            start + a: self._full(start + a, start + b)
            for start, clause in self.clauses.items()
            for a, b in found[clause]
        }

    def _full(self, start: int, end: int) -> int:
        """The end of a name that the tagger cut after one given character and the dictionary not:
        «储德|胜». Of «张伟于» the dictionary takes too much."""
        word = self.word_starts.get(start)
        if end - start != 2 or word is None or not word.flag.startswith("nr"):
            return end
        third = self.plain[start + 2 : start + 3]
        longer = word.end - start >= 3 and surnames().length(self.plain, start) == 1
        return end + 1 if longer and third not in _PARTICLES else end

    @cached_property
    def _named(self) -> bytearray:
        marks = bytearray(len(self.plain) + 1)
        for start, end in self.people.items():
            marks[start:end] = b"\1" * (end - start)
        return marks

    def named(self, start: int, end: int) -> bool:
        """Whether the tagger takes all of ``[start, end)`` for persons' names."""
        return self._named.find(0, start, end) < 0


def _unseen(char: str) -> bool:
    """Format and control characters (but line ends), variation selectors, enclosing keycaps."""
    if char.isascii():
        return (char < " " and char not in "\n\r") or char == "\x7f"
    return unicodedata.category(char) in ("Cf", "Cc", "Me") or "\ufe00" <= char <= "\ufe0f"
