"""Text inside a paragraph: runs, fields, links and bookmarks."""

from __future__ import annotations

import re

from guide_builder.blocks import Span, Spans

from . import styles
from .bookmarks import Bookmark
from .context import Context
from .oxml import Element, node, text_node

_PIECES = re.compile(r"([\n\t])")
_SPAN_STYLE = {"plain": None, "strong": styles.STRONG, "term": styles.TERM, "mark": styles.MARK}


def run(value: str, style: str | None = None) -> Element:
    """A run of text; ``\\n`` becomes a line break, ``\\t`` a tab.

    Text with other than ASCII characters carries the East Asian hint: without it Word sets
    quotation marks, dashes and ①② in the half-width Latin font.
    """
    parts: list[Element] = []
    for piece in _PIECES.split(value):
        if piece == "\n":
            parts.append(node("w:br"))
        elif piece == "\t":
            parts.append(node("w:tab"))
        elif piece:
            parts.append(text_node("w:t", piece))
    return node("w:r", _run_properties(style, hint=not value.isascii()), *parts)


def _run_properties(style: str | None, hint: bool) -> Element | None:
    if style is None and not hint:
        return None
    return node(
        "w:rPr",
        None if style is None else node("w:rStyle", val=style),
        node("w:rFonts", hint="eastAsia") if hint else None,
    )


def field_mark(kind: str) -> Element:
    """``begin``, ``separate`` or ``end`` of a complex field."""
    return node("w:r", node("w:fldChar", fldCharType=kind))


def field_code(code: str) -> Element:
    """The instruction of a complex field."""
    return node("w:r", text_node("w:instrText", f" {code} "))


def field(code: str, result: str, style: str | None = None) -> list[Element]:
    """A complex field with its result already filled in, so that Word asks nothing."""
    return [
        field_mark("begin"),
        field_code(code),
        field_mark("separate"),
        run(result, style),
        field_mark("end"),
    ]


def page_reference(anchor: str, context: Context, style: str | None = None) -> list[Element]:
    """The page number of an anchor: a PAGEREF field that already shows it."""
    bookmark = context.bookmarks[anchor]
    return field(f"PAGEREF {bookmark.name} \\h", context.label(anchor), style)


def link(anchor: str, context: Context, *content: Element) -> Element:
    """A link to an anchor in the same document."""
    bookmark = context.bookmarks[anchor]
    return node("w:hyperlink", *content, anchor=bookmark.name, history=1)


def _span(span: Span, context: Context) -> list[Element]:
    style = _SPAN_STYLE[span.style]
    if span.target is None:
        return [run(span.text, style)]
    if span.page:
        return [link(span.target, context, *page_reference(span.target, context, style))]
    return [link(span.target, context, run(span.text, style or styles.LINK))]


def runs(spans: Spans, context: Context) -> list[Element]:
    """The runs of spans; empty spans leave nothing."""
    return [element for span in spans if span.text or span.page for element in _span(span, context)]


def marked(bookmark: Bookmark | None, content: list[Element]) -> list[Element]:
    """Content with a bookmark around it."""
    if bookmark is None:
        return content
    return [
        node("w:bookmarkStart", id=bookmark.number, name=bookmark.name),
        *content,
        node("w:bookmarkEnd", id=bookmark.number),
    ]
