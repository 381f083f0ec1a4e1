"""A written document taken apart: its cases, and the sections of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from casebase.curation import docx_text
from casebase.curation.docx_text import Line
from casebase.curation.intake import words
from casebase.curation.intake.headings import Heading, HeadingReader
from casebase.curation.intake.text import MOST_DOCUMENT, MOST_TEXT, ensure_bearable, tidy
from casebase.curation.io import UnreadableFileError

MAX_BYTES = 20 << 20
MAX_LINES = 20_000
MAX_CASES = 200
_CODE = "CB361"
_TITLE = 60


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


def read_cases(path: Path, root: Path) -> list[WordCase]:
    """The cases of a .docx, in order.

    Raises:
        UnreadableFileError: it is no harmless .docx, or nothing is written in it.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size >> 20
        raise docx_text.WRITTEN.bad(f"文件有 {size} MB，超过上限 {MAX_BYTES >> 20} MB")
    return split(docx_text.read_docx(path.read_bytes()), HeadingReader(words.headings(root)))


def split(lines: list[Line], reader: HeadingReader) -> list[WordCase]:
    """The cases of a document; what stands before the first goes to that one's ``unplaced``."""
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MOST_DOCUMENT:
        raise docx_text.WRITTEN.bad("文字过多，不像典型案例")
    splitter = _Splitter(reader)
    for number, line in enumerate(lines, start=1):
        ensure_bearable(line.text, f"第 {number} 段", _CODE)
        splitter.take(line)
    cases = splitter.finished()
    if not cases:
        raise docx_text.WRITTEN.bad("里面没有文字")
    if len(cases) > MAX_CASES:
        raise docx_text.WRITTEN.bad(f"有 {len(cases)} 件案例，一次最多 {MAX_CASES} 件")
    for case in cases:
        if len(case.text) > MOST_TEXT:
            raise UnreadableFileError(_CODE, 0, "一件案例超过 20 万字", "核对文件是否放错")
    return cases


class _Splitter:
    """Takes the lines one by one."""

    def __init__(self, reader: HeadingReader) -> None:
        self.reader = reader
        self.cases = [WordCase()]
        self.at: str | None = None  # the field that paragraphs go to
        self.label = "开头"  # what unplaced paragraphs stand under
        self.level = 0  # level of the heading of ``at``
        self.numbered = False
        self.opened = False  # the document marks its cases: 案例一, 案例二

    @property
    def case(self) -> WordCase:
        return self.cases[-1]

    def take(self, line: Line) -> None:
        if line.note:
            self.case.leave("脚注", tidy(line.text))
        elif line.cells:
            self._row(line)
        elif line.text.strip():
            self._paragraph(line)

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
            self.at, self.label = None, tidy(line.text)
        elif self.at is None:
            self.case.leave(self.label, tidy(line.text))
        elif self.at == "标题":
            self.case.title, self.at, self.label = tidy(line.text), None, "开头"
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
                self.at, self.label = None, heading.label
            return
        if self._begins_another(heading.field):
            self._open("", marked=False)
        self.at, self.level = heading.field, line.level
        self.numbered = self.numbered or self.reader.is_numbered(line)
        if heading.field == "标题":
            if heading.rest:
                self.case.title, self.at, self.label = tidy(heading.rest), None, "开头"
        elif heading.field:
            self.case.sections.setdefault(heading.field, [])
            self.case.add(heading.field, tidy(heading.rest))

    def _omit(self, heading: Heading, value: str) -> None:
        self.case.omitted.append((heading.label, heading.why))
        if heading.party:
            self.case.parties.append((heading.party, value))

    def _begins_another(self, name: str | None) -> bool:
        """A second 标题, or a second 基本案情 after a later section, begins another case."""
        if name == "标题":
            return bool(self.case.title and self.case.sections)
        if name != "基本案情" or self.opened:
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
            self._open(title, marked=False)
        elif not self.case.title or (title.endswith("案") and not self.case.sections):
            self.case.leave(self.label, self.case.title)
            self.case.title = title
        else:
            self.case.leave(self.label, title)

    def _open(self, title: str, *, marked: bool) -> None:
        """Begin a case; a title that waits at the end of the last one goes with it."""
        last = self.case
        if last.sections or last.title or last.unplaced:
            self.cases.append(WordCase())
        self.opened = self.opened or marked
        self.case.title, self.at, self.label, self.level = title, None, "开头", 0

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
                self.case.leave("表格", text)

    def _pair(self, heading: Heading, values: list[str]) -> None:
        text = tidy("\n".join(values))
        if heading.why:
            if text:
                self._omit(heading, text)
            return
        if self._begins_another(heading.field):
            self._open("", marked=False)
        if heading.field == "标题":
            self.case.title = text.replace("\n", "")
        elif heading.field:
            for paragraph in text.split("\n"):
                self.case.add(heading.field, paragraph)
        self.at, self.label = None, "表格之后"

    def finished(self) -> list[WordCase]:
        """The cases that hold something; a table of contents is no case."""
        full: list[WordCase] = []
        before: list[str] = []
        for case in self.cases:
            if any(case.sections.values()):
                full.append(case)
                continue
            pieces = [case.title, *(text for _, text in case.unplaced)]
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
    for _, text in case.unplaced:
        for paragraph in text.split("\n"):
            case.add("基本案情", paragraph)
    case.unplaced.clear()
    return case
