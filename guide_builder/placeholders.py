"""``{{…}}`` in standing text: every number of the law comes from a record.

A placeholder is a word and its arguments, e.g. ``{{时限 cpl_accept_7wd_2026}}``. It becomes
spans with a link to the appendix that shows the record, and a mark where the record is not
verified. What cannot be resolved is an error with file and line: the guide is not built.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casebase.curation.store import Casebase
from casebase.law.book import Standing
from casebase.law.wording import (
    article_words,
    extension_words,
    short_title,
    source_words,
    value_words,
)
from casebase.model import Citation, DateRange, Statute, TimeLimit
from casebase.model.base import UNVERIFIED
from guide_builder.blocks import Span, Spans
from guide_builder.errors import GuideError
from guide_builder.marks import law_anchor, limit_anchor, verification_mark

PATTERN = re.compile(r"\{\{([^{}]{1,120})\}\}")
_ARTICLE = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2}))?(?:\.([0-9]{1,2}))?\Z", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a text stands, for error messages."""

    file: str
    line: int

    def error(self, message: str) -> GuideError:
        """An error that names this place."""
        return GuideError(f"{self.file} 第 {self.line} 行：{message}")


class Placeholders:
    """Resolves placeholders against the casebase on one day.

    ``strict=False`` lets an article pass that does not hold and keeps it in ``faults``, so that
    all of them can be listed at once.
    """

    def __init__(
        self, casebase: Casebase, as_of: date, anchors: dict[str, str], *, strict: bool = True
    ) -> None:
        self._casebase, self._strict = casebase, strict
        self.faults: list[tuple[Place, str]] = []
        self._as_of = as_of
        self._anchors = anchors  # title prefix such as «附录二» → anchor
        self._makers: dict[str, Callable[[list[str], Place], Spans]] = {
            "时限": self._value,
            "延长": self._extension,
            "依据": self._basis,
            "法条": lambda a, p: self._article(a, p, named=True, current=True),
            "旧法条": lambda a, p: self._article(a, p, named=True, current=False),
            "条": lambda a, p: self._article(a, p, named=False, current=True),
            "旧条": lambda a, p: self._article(a, p, named=False, current=False),
            "法规": self._statute_name,
            "施行": lambda a, p: self._day(a, p, last=False),
            "失效": lambda a, p: self._day(a, p, last=True),
            "罚则": lambda a, p: self._figure(a, p, "penalty"),
            "救济": lambda a, p: self._figure(a, p, "remedy"),
            "附录": self._appendix,
        }

    def spans(self, text: str, place: Place, style: str = "plain") -> Spans:
        """``text`` with its placeholders resolved; other text keeps ``style``."""
        result: list[Span] = []
        end = 0
        for match in PATTERN.finditer(text):
            if match.start() > end:
                result.append(Span(text[end : match.start()], style))  # type: ignore[arg-type]
            word, *args = match.group(1).split()
            maker = self._makers.get(word)
            if maker is None:
                raise place.error(f"不认识的占位“{match.group()}”；可用：{'、'.join(self._makers)}")
            result.extend(maker(args, place))
            end = match.end()
        rest = text[end:]
        if "{{" in rest or "}}" in rest:
            raise place.error(f"占位的括号不成对：{rest[:30]}")
        if rest:
            result.append(Span(rest, style))  # type: ignore[arg-type]
        return tuple(result)

    def _limit(self, args: list[str], place: Place) -> TimeLimit:
        limit = self._casebase.limits.get(args[0]) if len(args) == 1 else None
        if limit is None:
            raise place.error(f"没有编号为“{' '.join(args)}”的时限")
        return limit

    def _value(self, args: list[str], place: Place) -> Spans:
        limit = self._limit(args, place)
        held = limit.last_day or self._as_of
        link = Span(value_words(limit.on(held)), target=limit_anchor(limit))
        return (link, *verification_mark(limit.verification))

    def _extension(self, args: list[str], place: Place) -> Spans:
        return (Span(extension_words(self._limit(args, place))),)

    def _basis(self, args: list[str], place: Place) -> Spans:
        limit = self._limit(args, place)
        return (
            Span(source_words(limit.source), target=limit_anchor(limit)),
            *verification_mark(limit.verification),
        )

    def _statute(self, args: list[str], place: Place) -> Statute:
        statute = self._casebase.statutes.get(args[0]) if args else None
        if statute is None:
            raise place.error(f"法规目录没有“{' '.join(args)}”")
        return statute

    def _statute_name(self, args: list[str], place: Place) -> Spans:
        statute = self._statute(args, place)
        title = short_title(statute.title)
        return (Span(f"《{title}》", target=law_anchor(statute)),)

    def _day(self, args: list[str], place: Place, *, last: bool) -> Spans:
        """The day a law first took effect, or the last day on which it held."""
        statute = self._statute(args, place)
        known = statute.versions[-1].until if last else statute.versions[0].effective
        day = known.day if known else None
        if day is None:
            raise place.error(f"《{statute.title}》的记录里没有核实到日的日期")
        words = f"{day.year}年{day.month}月{day.day}日"
        return (Span(words, target=law_anchor(statute)),)

    def _article(self, args: list[str], place: Place, *, named: bool, current: bool) -> Spans:
        """The words of an article; ``current`` demands that it holds on the guide's day."""
        statute = self._statute(args[:1], place)
        match = _ARTICLE.match(args[1]) if len(args) == 2 else None
        if not match:
            raise place.error("应写成“法条 法规编号 条.款.项”，如“法条 R-SAMR-121 23.1.5”")
        article, paragraph, item = (int(g) if g else None for g in match.groups())
        citation = Citation.model_construct(statute=statute.id, article=article)
        today = DateRange(self._as_of, self._as_of)
        verdict = self._casebase.statutes.judge(citation, today)
        if not current and verdict.standing is not Standing.GOOD:
            past = DateRange(date.min, self._as_of)
            verdict = self._casebase.statutes.judge(citation, past)
        words = article_words(article, paragraph, item)
        if verdict.standing is not Standing.GOOD:
            reason = f"《{statute.title}》{words}：{verdict.standing.value}"
            self._fault(place, f"{reason}（基准日 {self._as_of}）")
        title = f"《{short_title(statute.title)}》" if named else ""
        name = Span(title + words, target=law_anchor(statute))
        return (name, *verification_mark(verdict.verification))

    def _figure(self, args: list[str], place: Place, field: str) -> Spans:
        self._article(args, place, named=False, current=True)
        statute = self._statute(args[:1], place)
        days = DateRange(self._as_of, self._as_of)
        for article in statute.articles_for(int(args[1].split(".")[0]), days):
            figure = getattr(article, field)
            if figure:
                verification = article.verification or statute.verification
                return (Span(figure), *verification_mark(verification))
        self._fault(place, f"《{statute.title}》第{args[1]}条的记录里没有这项数字")
        return (Span(UNVERIFIED, "mark"),)

    def _fault(self, place: Place, message: str) -> None:
        if self._strict:
            raise place.error(message)
        self.faults.append((place, message))

    def _appendix(self, args: list[str], place: Place) -> Spans:
        title = f"附录{args[0]}" if args else "附录"
        anchor = self._anchors.get(title)
        if anchor is None:
            raise place.error(f"目录中没有“{title}”")
        return (
            Span(f"{title}（第", target=anchor),
            Span("", target=anchor, page=True),
            Span("页）", target=anchor),
        )
