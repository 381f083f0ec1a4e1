"""The text of a .docx from outside, a paragraph or table row a line, in the order of the page.

Only the main part, its footnotes and the names of styles are read, never the properties (author,
company, paths). Text in content controls, text boxes and accepted insertions is read, deleted
text is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casebase.curation.package import Kind, Limits, open_package, part

MAX_LINES = 60_000
LAW = Kind(
    ".docx",
    "word/document.xml",
    "CB331",
    "从国家法律法规数据库重新下载，或者另存为纯文本再导入",
)
#: Documents that people write; the XML of a hundred pages has about 2 MB.
WRITTEN = Kind(
    ".docx",
    "word/document.xml",
    "CB361",
    "用 Word 或 WPS 打开核对，另存为 .docx 再导入",
    Limits(unpacked=60 << 20, xml=12 << 20),
)
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])|title|标题\Z", re.IGNORECASE)
_OTHER_MAIN = re.compile(r"word/document[0-9]*\.xml")  # as some web editors name it
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Line:
    """One paragraph (or one line of it), or one row of a table.

    Attributes:
        text: as written; the cells of a row joined by a wide space.
        level: 1–9 for a heading by its style (a title is 1), else 0.
        bold: all of it is bold.
        cells: the texts of a table row, a merged cell once; empty for a paragraph.
        note: it is a footnote.
    """

    text: str
    level: int = 0
    bold: bool = False
    cells: tuple[str, ...] = ()
    note: bool = False


def docx_lines(data: bytes) -> list[str]:
    """The text of a .docx that holds a law.

    Raises:
        UnreadableFileError: not a .docx, or one that unpacks to more than a law can have.
    """
    return [line.text for line in read_docx(data, LAW) if not line.note]


def read_docx(data: bytes, kind: Kind = WRITTEN) -> list[Line]:
    """All lines of a .docx.

    Raises:
        UnreadableFileError: not a harmless .docx of bearable size.
    """
    with open_package(data, kind) as package:
        names = set(package.namelist())
        others = (n for n in sorted(names) if _OTHER_MAIN.fullmatch(n))
        main = kind.main if kind.main in names else next(others, kind.main)
        root = _parse(part(package, main, kind), kind)
        levels = {}
        if "word/styles.xml" in names:
            levels = _levels(_parse(part(package, "word/styles.xml", kind), kind))
        notes = None
        if "word/footnotes.xml" in names:
            notes = _parse(part(package, "word/footnotes.xml", kind), kind)
    reader = _Reader(levels)
    body = _child(root, "body")
    if body is None:
        raise kind.bad("里面没有正文，不是完好的 Word 文件")
    lines: list[Line] = []
    for line in reader.blocks(body):
        lines.append(line)
        if len(lines) > MAX_LINES:
            raise kind.bad(f"超过 {MAX_LINES} 段")
    if notes is not None and kind is not LAW:
        lines += [Line(line.text, note=True) for line in reader.blocks(notes) if line.text.strip()]
    return lines


def _parse(data: bytes, kind: Kind) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise kind.bad("正文的 XML 有误、嵌套过深或者一段过长，不是完好的 Word 文件") from None


def _name(node: Any) -> str:
    """The local name of an element; empty for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(node: Any, name: str) -> Any:
    return next((child for child in node if _name(child) == name), None)


def _value(node: Any) -> str | None:
    """The ``w:val`` of an element."""
    return next((v for k, v in node.attrib.items() if k.endswith("}val")), None)


def _levels(styles: Any) -> dict[str, int]:
    """Heading levels by style id, from the names of styles."""
    found = {}
    for style in styles:
        name = _child(style, "name") if _name(style) == "style" else None
        match = _HEADING.match((_value(name) or "").strip()) if name is not None else None
        style_id = next((v for k, v in style.attrib.items() if k.endswith("}styleId")), None)
        if match and style_id:
            found[style_id] = int(match[1] or 1)
    return found


class _Reader:
    """Walks the body; ``levels`` are heading levels by style id."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.levels = levels

    def blocks(self, node: Any) -> Iterator[Line]:
        """Paragraphs and tables below ``node``, through content controls and the like."""
        for child in node:
            name = _name(child)
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield from self.table(child)
            elif name not in ("del", "moveFrom", "Fallback", "pPr", "tblPr", "sectPr", ""):
                yield from self.blocks(child)

    def paragraph(self, node: Any) -> Iterator[Line]:
        runs: list[tuple[str, bool]] = []
        boxes: list[Any] = []
        _runs(node, runs, boxes)
        text = "".join(text for text, _ in runs)
        bold = bool(text.strip()) and all(strong for part, strong in runs if part.strip())
        level = self._level(node)
        for line in text.split("\n"):
            yield Line(line, level, bold)
        for box in boxes:
            yield from self.blocks(box)

    def _level(self, node: Any) -> int:
        properties = _child(node, "pPr")
        if properties is None:
            return 0
        style, outline = _child(properties, "pStyle"), _child(properties, "outlineLvl")
        level = self.levels.get(_value(style) or "", 0) if style is not None else 0
        if not level and outline is not None and (_value(outline) or "9") in "012345678":
            level = int(_value(outline) or 0) + 1
        return level

    def table(self, node: Any) -> Iterator[Line]:
        """A line a row; text of a cell with several paragraphs keeps its line ends."""
        for row in _descend(node, "tr"):
            cells = [
                "\n".join(line.text for line in self.blocks(cell)).strip()
                for cell in _descend(row, "tc")
            ]
            yield Line("　".join(cells), cells=tuple(cells))


def _descend(node: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls, not of inner tables."""
    for child in node:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _descend(child, name)


def _runs(node: Any, runs: list[tuple[str, bool]], boxes: list[Any], bold: bool = False) -> None:
    """The (text, bold) pieces of a paragraph in order, and the text boxes anchored in it."""
    for child in node:
        name = _name(child)
        if name in ("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", ""):
            continue
        if name == "r":
            _runs(child, runs, boxes, _is_bold(child))
        elif name == "t":
            runs.append((child.text or "", bold))
        elif name == "tab":
            runs.append(("\t", bold))
        elif name in ("br", "cr"):
            runs.append(("\n", bold))
        elif name == "noBreakHyphen":
            runs.append(("-", bold))
        elif name == "txbxContent":
            boxes.append(child)
        else:
            _runs(child, runs, boxes, bold)


def _is_bold(run: Any) -> bool:
    properties = _child(run, "rPr")
    mark = _child(properties, "b") if properties is not None else None
    return mark is not None and (_value(mark) or "true") not in _OFF
