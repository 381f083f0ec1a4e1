"""The neutral document tree, 文档块: the one thing that every renderer reads.

A document is a sequence of blocks; text is a sequence of spans. Nothing here knows Word or
HTML, and a renderer knows nothing of cases or law. Anchors are document-wide ids of ASCII
letters, digits, ``_`` and ``-``; a span or a contents line points to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    ``strong`` is a run-in label (黑体), ``term`` sets off a name (楷体), ``mark`` flags what is
    not verified or still open (待核, 暂定). ``target`` makes it a link to an anchor in the same
    document; with ``page=True`` the text is the page number of that anchor, filled in by
    the renderer.
    """

    text: str
    style: Literal["plain", "strong", "term", "mark"] = "plain"
    target: str | None = None
    page: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page: title on one or more lines, then issuer and date."""

    title: tuple[str, ...]
    issuer: str
    date: str
    edition: str = ""  # e.g. 征求意见稿


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Level 1 is a part (编), 2 a chapter or 一、, 3 （一） or a case title, 4 a heading inside a
    case. The text carries its own number. ``new_page`` starts it on a fresh page.
    """

    level: Literal[1, 2, 3, 4]
    text: str
    anchor: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text.

    ``body`` is indented by two characters, ``flush`` is not, ``note`` is small print (source,
    remark), ``center`` a centred line, ``warning`` a boxed remark (现行法提示 and the like).
    """

    spans: Spans
    style: Literal["body", "flush", "note", "center", "warning"] = "body"
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list: ``number`` (1. 2. 3.), ``check`` (□, to be ticked) or ``dash``."""

    items: tuple[Spans, ...]
    kind: Literal["number", "check", "dash"] = "number"


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; each cell is spans. ``anchor`` lets the row be linked to."""

    cells: tuple[Spans, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row that repeats on every page.

    ``widths`` are relative column widths. ``keys`` = the first column holds labels (表头列).
    A table without header (``header=()``) is a form-like grid of label and value.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    anchor: str | None = None
    keys: bool = False


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One box of a flow chart; ``branches`` are side exits («condition → where to»)."""

    text: str
    branches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow chart that runs from top to bottom, with side exits."""

    caption: str
    steps: tuple[FlowStep, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of contents: all headings up to ``depth``, with page numbers filled in."""

    title: str = "目录"
    depth: int = 3


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """What follows is set on upright or on turned (横排) A4 pages, beginning on a new page."""

    landscape: bool


Block = Cover | Heading | Paragraph | ItemList | Table | Flow | Contents | PageBreak | Orientation


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its blocks and what goes into the file's properties.

    ``front`` blocks (cover, writing group, foreword, contents) carry no page number or roman
    ones; the body starts with page 1.
    """

    title: str
    issuer: str
    subject: str
    front: tuple[Block, ...]
    body: tuple[Block, ...]
    watermark: str = ""


def plain(spans: Spans) -> str:
    """The text of spans without styles."""
    return "".join(span.text for span in spans)


def text(value: str) -> Spans:
    """A single plain span."""
    return (Span(value),)
