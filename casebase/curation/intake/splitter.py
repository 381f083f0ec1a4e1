"""The lines of a written document sorted into cases and their sections, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casebase.curation.docx_text import Line
from casebase.curation.intake.headings import Heading, HeadingReader
from casebase.curation.intake.text import tidy

#: Longest title of a case.
_TITLE = 60
#: Labels that are ours, not the text's.
_START, _NOTE, _TABLE, _AFTER_TABLE, _BARE = "开头", "脚注", "表格", "表格之后", "没有内容的标题"
_OWN_LABELS = (_START, _NOTE, _TABLE, _AFTER_TABLE, _BARE)


@dataclass
class WordCase:
    """One written case.

    Attributes:
        title: its heading; empty where it has none.
        sections: paragraphs by field (标题, 基本案情, 处办过程 …), in the order of the text.
        unplaced: (label, text) of what belongs to no field.
        omitted: (label, why) of what is never copied.
        parties: (人 or 企业, name) of what was left out, to be masked wherever else it stands.
    """

    title: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    omitted: list[tuple[str, str]] = field(default_factory=list)
    parties: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that was placed, a paragraph a line."""
        return "\n".join(p for paragraphs in self.sections.values() for p in paragraphs)

    def add(self, name: str, text: str) -> None:
        """Put a paragraph into a field."""
        if text:
            self.sections.setdefault(name, []).append(text)

    def leave(self, label: str, text: str) -> None:
        """Keep a paragraph that has no field; what stands under one label stays together."""
        if not text:
            return
        if self.unplaced and self.unplaced[-1][0] == label:
            text = f"{self.unplaced.pop()[1]}\n{text}"
        self.unplaced.append((label, text))


class Splitter:
    """Takes the lines one by one."""

    def __init__(self, reader: HeadingReader) -> None:
        self.reader = reader
        self.cases = [WordCase()]
        self.at: str | None = None  # the field that paragraphs go to
        self.label = _START  # what unplaced paragraphs stand under
        self.level = 0  # level of the heading of ``at``
        self.numbered = False
        self.opened = False  # the document marks its cases: 案例一, 案例二
        self.facts = ""  # how the first 基本案情 is headed: each case is headed alike
        self.waiting = ""  # a heading in words of its own that nothing stands under yet

    @property
    def case(self) -> WordCase:
        return self.cases[-1]

    def take(self, line: Line) -> None:
        if line.note:
            self._settle()
            self.case.leave(_NOTE, tidy(line.text))
        elif line.cells:
            self._row(line)
        elif line.text.strip():
            self._paragraph(line)

    def _settle(self) -> None:
        """A heading that nothing stood under is kept all the same."""
        if self.waiting:
            self.case.leave(_BARE, self.waiting)
        self.waiting = ""

    def _paragraph(self, line: Line) -> None:
        title = self.reader.opening(line)
        if title is not None:
            self._open(tidy(title), marked=True)
            return
        heading = self.reader.read(line)
        if heading is not None:
            self._heading(heading, line)
        elif self._is_title(line):
            self._titled(tidy(line.text))
        elif self.reader.is_other(line, self.numbered) and self._closes(line):
            self._settle()
            self.at, self.label = None, tidy(line.text)
            self.waiting = self.label
        elif self.at is None:
            self.waiting = ""
            self.case.leave(self.label, tidy(line.text))
        elif self.at == "标题":
            self.case.title, self.at, self.label = tidy(line.text), None, _START
        else:
            self.case.add(self.at, tidy(line.text))

    def _closes(self, line: Line) -> bool:
        """Whether an unknown heading ends the section: not where it is below its heading."""
        return self.at is None or not line.level or not self.level or line.level <= self.level

    def _heading(self, heading: Heading, line: Line) -> None:
        if heading.why:
            if heading.rest:
                self._omit(heading, tidy(heading.rest))
            else:
                self._settle()
                self.at, self.label = None, heading.label
            return
        if self._begins_another(heading):
            self._open(self.waiting, marked=False)
        self._settle()
        self.at, self.level = heading.field, line.level
        self.numbered = self.numbered or self.reader.is_numbered(line)
        if heading.field == "标题":
            if heading.rest:
                self.case.title, self.at, self.label = tidy(heading.rest), None, _START
        elif heading.field:
            self.case.sections.setdefault(heading.field, [])
            self.case.add(heading.field, tidy(heading.rest))

    def _omit(self, heading: Heading, value: str) -> None:
        self.case.omitted.append((heading.label, heading.why))
        if heading.party:
            self.case.parties.append((heading.party, value))

    def _begins_another(self, heading: Heading) -> bool:
        """A second 标题 begins another case; so does another 基本案情 after later sections."""
        if heading.field == "标题":
            return bool(self.case.title and self.case.sections)
        if heading.field != "基本案情":
            return False
        self.facts = self.facts or heading.label
        if self.opened or heading.label != self.facts:
            return False
        later = set(self.case.sections) & {"处办过程", "处理结果", "评析", "法律依据"}
        return "基本案情" in self.case.sections and bool(later)

    def _is_title(self, line: Line) -> bool:
        """«某家具商……案» on a line of its own, or the styled line a case begins with."""
        text = line.text.strip()
        if len(text) > _TITLE or text.endswith(("。", "；", "：", ":")):
            return False
        marked = line.level > 0 or line.bold
        if text.endswith("案") and (marked or self.at is None or self.reader.is_numbered(line)):
            return True
        return marked and not self.case.sections and not self.case.title

    def _titled(self, title: str) -> None:
        if self.case.sections and not self.opened:
            self._settle()
            self._open(title, marked=False)
        elif not self.case.title or (title.endswith("案") and not self.case.sections):
            self.case.leave(self.label, self.case.title)
            self.case.title = title
        else:
            self.case.leave(self.label, title)

    def _open(self, title: str, *, marked: bool) -> None:
        """Begin a case; a heading that waits at the end of the last one is its title."""
        if marked:
            self._settle()
        self.waiting = ""
        last = self.case
        if last.sections or last.title or last.unplaced:
            self.cases.append(WordCase())
        self.opened = self.opened or marked
        self.case.title, self.at, self.label, self.level = title, None, _START, 0

    def _row(self, line: Line) -> None:
        """A table row: label and value side by side, else text of the section it stands in."""
        cells = [cell for cell in line.cells if cell.strip()]
        if len(cells) == 1:
            for part in cells[0].split("\n"):
                self._paragraph(Line(part))
            return
        at, taken = 0, False
        while at < len(cells):
            heading = self.reader.label(cells[at])
            if heading is None:
                if not taken:
                    break
                at += 1
                continue
            values = []
            at += 1
            while at < len(cells) and self.reader.label(cells[at]) is None:
                values.append(cells[at])
                at += 1
            self._pair(heading, values)
            taken = True
        if not taken:
            text = tidy("　".join(cells))
            if self.at:
                self.case.add(self.at, text)
            else:
                self.waiting = ""
                self.case.leave(_TABLE, text)

    def _pair(self, heading: Heading, values: list[str]) -> None:
        text = tidy("\n".join(values))
        if heading.why:
            if text:
                self._omit(heading, text)
            return
        if self._begins_another(heading):
            self._open(self.waiting, marked=False)
        self._settle()
        if heading.field == "标题":
            self.case.title = text.replace("\n", "")
        elif heading.field:
            for paragraph in text.split("\n"):
                self.case.add(heading.field, paragraph)
        self.at, self.label = None, _AFTER_TABLE

    def finished(self) -> list[WordCase]:
        """The cases that hold something; a table of contents is no case."""
        self._settle()
        full: list[WordCase] = []
        before: list[str] = []
        for case in self.cases:
            if any(case.sections.values()):
                full.append(case)
                continue
            pieces = [case.title, *_in_order(case)]
            if full:
                full[-1].leave("没有正文的案例", "\n".join(filter(None, pieces)))
            else:
                before += filter(None, pieces)
        if not full:
            return [_unheaded(case) for case in self.cases if case.unplaced]
        if before:
            full[0].unplaced.insert(0, ("第一件案例之前", "\n".join(before)))
        return full


def _unheaded(case: WordCase) -> WordCase:
    """A text without any heading: all of it is taken for the facts."""
    for paragraph in _in_order(case):
        case.add("基本案情", paragraph)
    case.unplaced.clear()
    return case


def _in_order(case: WordCase) -> Iterator[str]:
    """The paragraphs that found no place, with the headings that the text itself has."""
    for label, text in case.unplaced:
        if label not in _OWN_LABELS:
            yield label
        yield from text.split("\n")
