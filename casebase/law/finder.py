"""Finding citations: mentions of laws, places in them, and what 该法, 同条, 前款 point back to.

The text is read once from left to right. A place (第…条) belongs to the name before it; where
there is none, to the law that was named last.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from casebase.law.around import after_name, name_in_run, run_before, units_after
from casebase.law.back import BACK, back_units, lower_units
from casebase.law.clean import clean
from casebase.law.mentions import Mention, boundary, is_paper, is_private, mentions, stands_alone
from casebase.law.names import KINDS, NameTable, ends_with, kind_of
from casebase.law.numerals import SIGNS
from casebase.law.units import Unit, read, read_bare

#: Longest text that is read in one go, in characters.
MOST_TEXT = 2_000_000

_ANCHOR = re.compile(
    rf"第[(〔]?(?=[0-9{SIGNS}])|§|(?P<back>{BACK})|(?:{'|'.join(KINDS)})(?=第?[0-9]|§)"
)
_WORD = re.compile(
    rf"(?P<lead>该|本|同|此|上述|前述|上引|其|新|旧|原|现行)?(?P<kind>{'|'.join(KINDS)})\Z"
)
_OLD = re.compile(r"((?:19|20)[0-9]{2})年?(?:版|文本|修订本?|修正本?)的?\Z")
_HAN = re.compile(r"[一-龥]{1,36}\Z")
_NO_LAW = re.compile(r"(?:[方做说看手想违依合非守执司立用算无]法|有关规定|相关规定|上述规定)\Z")
_UNNAMED = re.compile(r"(?:法规|规章|法律|条约|国际惯例)的?\Z")
_CITED_ALONE = re.compile(
    r"$|[^一-龥]|的|之|[第规所并未仅只也还另要明和与或及等能是有对给把针写列可应须行适处办执各不]"
    r"|直接|允许|禁止|发布|违反|审查|逐"
)
_STOP = re.compile(r"[。;!?\n]")


@dataclass(frozen=True)
class Found:
    """A citation in a text: ``text[start:end]`` says so, ``statute`` is the law where it is one.

    ``candidates`` are the laws it could be where ``statute`` is None; ``earlier`` those named
    before it, nearest first, where the law was taken from the context (``how`` is 上文);
    ``open`` where nothing but the order of the text ties the place to its law, and
    ``together`` the articles listed with it.
    """

    text: str
    start: int
    end: int
    name: str
    how: str
    statute: str | None
    candidates: tuple[str, ...]
    unit: Unit
    bracketed: bool = False
    edition: str = ""
    earlier: tuple[str, ...] = ()
    open: bool = False
    together: tuple[int, ...] = ()


def find(
    text: str, table: NameTable, context: Iterable[tuple[str, int | None]] = ()
) -> tuple[Found, ...]:
    """All citations in ``text`` in order. ``context``: articles the reader already knows of."""
    if not table.maybe.search(text):
        return ()
    return tuple(_Reader(text[:MOST_TEXT], table, tuple(context)).read())


def mentions_in(text: str, table: NameTable) -> tuple[Mention, ...]:
    """The laws that ``text`` names, with spans in the original text."""
    even = clean(text[:MOST_TEXT])
    found = []
    for mention in mentions(even.text, table):
        if mention.kind == "law" and mention.ids:
            start, end = even.original(mention.start, mention.end)
            found.append(replace(mention, start=start, end=end))
    return tuple(found)


class _Reader:
    """One pass over one text."""

    def __init__(
        self, text: str, table: NameTable, context: tuple[tuple[str, int | None], ...]
    ) -> None:
        self.source, self.table, self.context = text, table, context
        self.even = clean(text)
        self.text = self.even.text
        self.laws: deque[Mention] = deque(maxlen=200)  # laws named so far
        self.aliases: dict[str, Mention] = {}
        self.paper_until = -1  # places up to here belong to a contract or an office paper
        self.last: tuple[Mention, Unit] | None = None
        self.done = 0

    def read(self) -> Iterator[Found]:
        named = mentions(self.text, self.table)
        at = 0
        for anchor in _ANCHOR.finditer(self.text):
            while at < len(named) and named[at].start <= anchor.start():
                yield from self._mention(named[at])
                at += 1
            if anchor.start() < self.done:
                continue
            if at and anchor.start() < named[at - 1].end:
                continue
            if anchor.group("back"):
                yield from self._back(anchor.start(), anchor.group())
            elif anchor.group()[0] in "第§":
                yield from self._place(anchor.start())
            else:
                yield from self._short_name(anchor.end())
        for mention in named[at:]:
            yield from self._mention(mention)

    # -- names -----------------------------------------------------------------------------

    def _mention(self, mention: Mention) -> Iterator[Found]:
        if mention.start < self.done:
            return
        mention = self._meant(mention)
        place, mention, alias = after_name(self.text, mention)
        if alias:
            self.aliases[alias] = mention
        units = units_after(self.text, mention, place)
        if mention.kind == "paper":
            self._paper(units[-1].end if units else mention.end)
            return
        if mention.ids or kind_of(mention.name) or units:
            self.laws.append(mention)
            self.paper_until = -1
        if units:
            yield from self._emit(mention, units, mention.start)

    def _meant(self, mention: Mention) -> Mention:
        """``mention`` as the text defines it: 以下简称, a bare 《办法》, 《暂行办法》."""
        if alias := self.aliases.get(mention.name):
            return replace(mention, ids=alias.ids, how=alias.how, kind="law")
        if mention.kind == "word":
            return self._by_kind(mention, mention.name)
        if mention.how == "简称" and mention.name in KINDS:
            for law in reversed(self.laws):
                if ends_with(law.name, mention.name) and law.name != mention.name:
                    return replace(mention, ids=law.ids, how="上文")
        return mention

    def _short_name(self, end: int) -> Iterator[Found]:
        """食安法148: an abbreviation with a bare number; anything unknown is left alone."""
        _, name = run_before(self.text, end, self.done)
        mention = name_in_run(self.text, end, name, self.table, self.aliases)
        if mention is None or not mention.ids:
            return
        units = read(self.text, end) or read_bare(self.text, end)
        if units:
            self.laws.append(mention)
            yield from self._emit(mention, units, mention.start)

    # -- places without a known name before them -----------------------------------------------

    def _place(self, at: int) -> Iterator[Found]:
        units = read(self.text, at)
        if not units:
            yield from self._back(at)
            return
        before = self.text[max(0, at - 40) : at]
        before = before.rstrip("\"'*》〕")
        end = at - (min(at, 40) - len(before))
        word = _WORD.search(before)
        if word and self._is_word(word, end):
            yield from self._by_word(word, units, end)
            return
        run = _HAN.search(before)
        if run and (is_paper(run.group()) or _UNNAMED.search(run.group())):
            self._paper(units[-1].end)
            self.done = units[-1].end
            return
        if run and kind_of(run.group()) and not _NO_LAW.search(run.group()):
            start, name = run_before(self.text, end, self.done)
            if is_private(name):
                self._paper(units[-1].end)
                self.done = units[-1].end
                return
            mention = name_in_run(self.text, end, name, self.table, self.aliases) or Mention(
                start, end, name, (), "未收录"
            )
            self.laws.append(mention)
            yield from self._emit(mention, units, mention.start)
            return
        if at <= self.paper_until:
            self._paper(units[-1].end)
            self.done = units[-1].end
            return
        yield from self._bare(units, _OLD.search(before))

    def _is_word(self, word: re.Match[str], end: int) -> bool:
        """Whether 条例 stands alone: «看条例第七条», not «公路管理条例第七条»."""
        if word.group("lead"):
            distinct = word.group("lead") in ("该", "此", "上述", "前述", "上引", "现行")
            return distinct or boundary(self.text, end - len(word.group()))
        kind = word.group("kind")
        _, name = run_before(self.text, end, self.done)
        return kind != "法" and stands_alone(name.removesuffix(kind))

    def _by_word(self, word: re.Match[str], units: list[Unit], end: int) -> Iterator[Found]:
        start = end - len(word.group())
        edition = "旧" if word.group("lead") in ("旧", "原") else ""
        mention = Mention(start, end, word.group(), (), "泛称", "word", edition=edition)
        mention = self._by_kind(mention, word.group("kind"))
        if len(mention.ids) == 1:
            self.laws.append(mention)
        yield from self._emit(mention, units, start)

    def _by_kind(self, mention: Mention, kind: str) -> Mention:
        """The law of this kind named last; else the one the context holds; else ambiguous."""
        for law in reversed(self.laws):
            if law.kind == "law" and self._is_kind(law, kind):
                edition = mention.edition or law.edition
                return replace(mention, ids=law.ids, how="上文", kind="law", edition=edition)
        if kind.startswith("实施"):
            for law in reversed(self.laws):
                named = self.table.exact(law.name + kind)
                if named:
                    return replace(mention, ids=named.ids, how="上文", kind="law")
        known = dict.fromkeys(i for i, _ in self.context if ends_with(self.table.title(i), kind))
        if len(known) == 1 and not mention.name.startswith(("新", "现行")):
            return replace(mention, ids=tuple(known), how="引用目录", kind="law")
        return replace(mention, ids=self.table.of_kind(kind)[:30], how="泛称", kind="word")

    def _is_kind(self, law: Mention, kind: str) -> bool:
        names = [law.name, *(self.table.title(i) for i in law.ids)]
        return any(ends_with(name, kind) for name in names)

    def _bare(self, units: list[Unit], old: re.Match[str] | None) -> Iterator[Found]:
        start = units[0].start
        edition = old.group(1) if old else ""
        if self.laws:
            law = self.laws[-1]
            mention = replace(
                law, start=start, end=start, how="上文", bracketed=False,
                edition=edition or law.edition,
            )  # fmt: skip
        else:
            known = {i for i, article in self.context if article == units[0].article}
            ids = tuple(sorted(known)) if len(known) == 1 else ()
            if not ids and not _CITED_ALONE.match(self.text, units[-1].end):
                return
            how = "引用目录" if ids else "无上文"
            mention = Mention(start, start, "", ids, how, "law", edition=edition)
        yield from self._emit(mention, units, start)

    def _paper(self, at: int) -> None:
        """Bare places up to the end of the sentence belong to the paper."""
        stop = _STOP.search(self.text, at)
        self.paper_until = stop.start() if stop else len(self.text)

    # -- 同条, 前款, and 第二款 alone ----------------------------------------------------------

    def _back(self, at: int, words: str = "") -> Iterator[Found]:
        if self.last is None or at <= self.paper_until:
            return
        mention, last = self.last
        if words:
            units = back_units(self.text, at, words, last)
        else:
            units = lower_units(self.text, at, last)
        if units:
            yield from self._emit(replace(mention, how="上文"), units, at)

    # -- the result ----------------------------------------------------------------------------

    def _emit(self, mention: Mention, units: list[Unit], start: int) -> Iterator[Found]:
        self.done = units[-1].end
        self.last = (mention, units[-1])
        earlier: tuple[str, ...] = ()
        if mention.how == "上文":
            before = dict.fromkeys(law.ids[0] for law in islice(reversed(self.laws), 40) if law.ids)
            earlier = tuple(before)[:8]
        together = tuple(unit.article for unit in units if unit.article)
        for place, unit in enumerate(units):
            begin, end = self.even.original(start if place == 0 else unit.start, unit.end)
            known = mention.ids[0] if len(mention.ids) == 1 else None
            yield Found(
                text=self.source[begin:end],
                start=begin,
                end=end,
                name=mention.name,
                how=mention.how,
                statute=known,
                candidates=() if known else mention.ids,
                unit=unit,
                bracketed=mention.bracketed,
                edition=mention.edition,
                earlier=earlier,
                open=mention.start == mention.end,
                together=together,
            )
