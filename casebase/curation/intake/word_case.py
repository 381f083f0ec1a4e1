"""A written case becomes a draft: its sections go to the fields, each within its bounds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from casebase.curation.intake import words
from casebase.curation.intake.blank import blank_draft
from casebase.curation.intake.cite import propose_citations
from casebase.curation.intake.classify import Guess, propose_subject, propose_tags
from casebase.curation.intake.dates import days_in, first_date, when_words
from casebase.curation.intake.draft import Draft
from casebase.curation.intake.masking import Masker, known_parties
from casebase.curation.intake.splitter import WordCase
from casebase.curation.intake.text import items, sentences, shortened
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.law.citations import names_of
from casebase.law.finder import find
from casebase.model.base import TO_FILL
from casebase.model.intake import Headings

_LINE, _TEXT, _TITLE = 400, 4000, 60
#: Most items of the fields that are lists, as the model allows.
_LISTS = {"争议焦点": 5, "处办要点": 10, "风险提示": 8}
_MOST_STEPS = 12
_MOST_KEYWORDS = 12
_KEYWORD_MARKS = re.compile(r"[、，,；;\s|/]+")
_OFFICE = re.compile(r"[局所科队会站处]")
_MARKS = re.compile(r"[\W_]+|(?:中华人民共和国)")
#: So many words beside the citations make a passage worth keeping.
_WORDS_OF_NOTE = 6
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,20}")


def word_draft(
    case: WordCase,
    base: Casebase,
    *,
    today: date,
    source: str,
    subject: str | None = None,
    handled: str | None = None,
    chapter: str | None = None,
    title: str | None = None,
) -> Draft:
    """A draft from a written case.

    Args:
        source: name of the file, for the report only; it is not copied.
        subject, handled, chapter, title: what the user says; it overrides what is proposed.

    Raises:
        CasebaseError: no word of the text speaks for a subject, so that there is no number.
    """
    masker = Masker(known_parties(case.parties))
    sections = {
        name: [masker.mask(paragraph, name) for paragraph in paragraphs]
        for name, paragraphs in case.sections.items()
    }
    heading = masker.mask(title or case.title, "标题")
    facts = "\n".join(sections.get("基本案情", ()))
    guess = None if subject else propose_subject(base, heading, facts)
    when, why = _handled(sections, handled, today)
    draft = blank_draft(
        base,
        subject or _subject(guess, source),
        today=today,
        handled=when,
        chapter=chapter,
    )
    if guess:
        shown = "、".join(guess.words)
        draft.propose("分类.品类", guess.term.label, f"文中有“{shown}”")
    if when and why:
        draft.propose("处理时", when, why)
    book = words.headings(base.root)
    filler = _Filler(draft, sections, book)
    filler.fill(heading)
    told = "\n".join(p for key in ("处办过程", "处理结果") for p in sections.get(key, ()))
    channel = "\n".join(sections.get("渠道", ()))
    propose_tags(draft, base, heading, facts, told or facts, channel=channel)
    everything = [heading, *(p for paragraphs in sections.values() for p in paragraphs)]
    propose_citations(draft, base, "\n\n".join(everything), today)
    filler.leave_over(base)
    draft.unplaced += [(label, masker.mask(text, "未归类")) for label, text in case.unplaced]
    draft.omitted += case.omitted
    draft.masked += masker.found
    return draft


def _subject(guess: Guess | None, source: str) -> str:
    if guess is None:
        raise CasebaseError(
            f"{source}：看不出属于哪个品类，编不出编号。"
            "请用 --subject 指明，如 --subject g_furniture。"
        )
    return guess.term.id


def _handled(
    sections: dict[str, list[str]], given: str | None, today: date
) -> tuple[str | None, str]:
    """(month or year of handling, why): given, under its own heading, or the last month told."""
    if given:
        return given, ""
    named = first_date("\n".join(sections.get("处理时", ())))
    if named:
        return str(named), "“处理时间”一栏"
    for keys in (("处办过程", "处理结果"), ("基本案情",)):
        told = "\n".join(p for key in keys for p in sections.get(key, ()))
        days = [day for day in days_in(told) if (span := day.range) and span.start <= today]
        if days:
            last = max(days, key=lambda day: day[:7])
            return str(last)[:7], f"“{'、'.join(keys)}”里最晚的月份"
    return None, ""


class _Filler:
    """Puts the sections of one case into the fields of its draft."""

    def __init__(self, draft: Draft, sections: dict[str, list[str]], book: Headings) -> None:
        self.draft, self.sections, self.book = draft, sections, book
        self.data = draft.data

    def fill(self, title: str) -> None:
        """All fields; what is too long or too much goes to the rest that has no field."""
        if title:
            self.data["标题"] = self._within("标题", title.replace("\n", ""), _TITLE) or TO_FILL
        for key in ("处办要旨", "基本案情", "评析"):
            self._text(key)
        for key, most in _LISTS.items():
            self._list(key, most)
        for key in ("消费提示", "经营者提示"):
            self._line(self.data, key, key)
        self._keywords()
        self._line(self.data, "地区", "地区", _PLACE)
        self._line(self.data["审核"], "供稿", "供稿", _OFFICE)
        self._steps()
        self._outcome()

    def leave_over(self, base: Casebase) -> None:
        """Fields that are read for what they name: the words that were not understood remain."""
        law = "\n".join(self._take("法律依据"))
        rest = law
        for found in find(law, names_of(base.statutes)):
            rest = rest.replace(found.text, "")
        channel = "\n".join(self._take("渠道"))
        when = "\n".join(self._take("处理时"))
        for name, text, understood in (
            ("法律依据", law, len(_MARKS.sub("", rest)) < _WORDS_OF_NOTE),
            ("渠道", channel, self.data["分类"]["渠道"] != TO_FILL),
            ("处理时", when, first_date(when) is not None),
        ):
            if text and not understood:
                self.draft.unplaced.append((f"{name}（原文）", text))

    def _take(self, name: str) -> list[str]:
        return [text for text in self.sections.get(name, ()) if text]

    def _within(self, name: str, text: str, most: int) -> str:
        kept, rest = shortened(text, most)
        if rest:
            self.draft.unplaced.append((f"{name}（超过 {most} 字的部分）", rest))
        return kept

    def _text(self, key: str) -> None:
        paragraphs = self._take(key)
        if paragraphs:
            self.data[key] = self._within(key, "\n".join(paragraphs), _TEXT) or TO_FILL

    def _list(self, key: str, most: int) -> None:
        lines = [
            kept for line in items(self._take(key)) if (kept := self._within(key, line, _LINE))
        ]
        if lines:
            self.data[key] = lines[:most]
        if lines[most:]:
            self.draft.unplaced.append((f"{key}（超过 {most} 项）", "\n".join(lines[most:])))

    def _line(
        self, target: dict[str, Any], key: str, name: str, wanted: re.Pattern[str] | None = None
    ) -> None:
        text = "".join(self._take(name))
        if not text:
            return
        if wanted and not wanted.search(text):
            self.draft.omitted.append((name, "不是单位或者地名，可能是人员姓名"))
            return
        kept = self._within(name, text, _LINE)
        if kept:
            target[key] = kept

    def _keywords(self) -> None:
        found = [w for w in _KEYWORD_MARKS.split(" ".join(self._take("关键词"))) if w]
        if found:
            self.data["关键词"] = [word[:_LINE] for word in found[:_MOST_KEYWORDS]]

    def _steps(self) -> None:
        paragraphs = items(self._take("处办过程"))
        steps = [self._step(text) for text in paragraphs]
        if len(steps) > _MOST_STEPS:
            rest = steps[_MOST_STEPS - 1 :]
            joined = "\n".join(step["内容"] for step in rest)
            steps = [*steps[: _MOST_STEPS - 1], {**rest[0], "内容": joined}]
        for step in steps:
            step["内容"] = self._within("处办过程", step["内容"], _TEXT) or TO_FILL
        if steps:
            self.data["处办过程"] = steps
            self.draft.propose(
                "处办过程", "、".join(s["环节"] for s in steps), "按段落中的词分环节"
            )

    def _step(self, text: str) -> dict[str, Any]:
        cue = next((cue for cue in self.book.stages if cue.first(text)), None)
        return {
            "时间": when_words(text),
            "环节": cue.value if cue else TO_FILL,
            "内容": text,
        }

    def _outcome(self) -> None:
        told = "\n".join(self._take("处理结果"))
        sides: dict[str, list[str]] = {"投诉": [], "举报": []}
        for sentence in sentences(told):
            of_report = any(word in sentence for word in self.book.report_side)
            sides["举报" if of_report else "投诉"].append(sentence.strip())
        for side, parts in sides.items():
            kept = self._within(f"处理结果.{side}", "".join(parts), _LINE)
            if kept:
                self.data["处理结果"][side] = kept
                self.draft.propose(f"处理结果.{side}", f"{kept[:16]}…", "投诉、举报按句中的词分列")
