"""Blocks and page numbers → the bytes of a .docx. No measuring here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from guide_builder.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Flow,
    Heading,
    ItemList,
    Orientation,
    PageBreak,
    Paragraph,
    Table,
)

from . import contents, flow, furniture, paragraphs, tables
from .bookmarks import BODY_START, Bookmark, make_bookmarks
from .clean import anchors_of
from .context import Context
from .errors import WordError
from .inline import marked
from .oxml import Element, local_name, node, root
from .package import DEFAULT_STAMP, build_package
from .paragraphs import gap
from .sections import Section, footer_key, section_properties
from .styles import styles_part

_MAKERS: dict[type, Callable[[Any, Context], list[Element]]] = {
    Cover: paragraphs.cover,
    Heading: paragraphs.heading,
    Paragraph: paragraphs.body,
    ItemList: paragraphs.items,
    Table: tables.table,
    Flow: flow.flow,
    Contents: contents.contents,
}


def document_context(document: Document, labels: Mapping[str, str]) -> Context:
    """The context at the beginning of a clean document."""
    headings = tuple(block for block in document.body if isinstance(block, Heading))
    return Context(make_bookmarks(anchors_of(document)), labels, headings)


def _finish(part: list[Element], section: Section, ids: Mapping[str, str]) -> None:
    """End a section inside its last paragraph."""
    if not part or local_name(part[-1]) != "p":
        part.append(gap())
    properties = part[-1][0]
    properties.append(section_properties(section, ids))


def sections_of(blocks: Iterable[Block], context: Context) -> list[tuple[Section, list[Element]]]:
    """The paragraphs and tables of the front matter or the body, section by section."""
    made: list[tuple[Section, list[Element]]] = []
    current: list[Element] = []
    section = Section(front=context.front, start=True)
    fresh = False
    for block in blocks:
        if isinstance(block, PageBreak):
            fresh = bool(current)
        elif isinstance(block, Orientation):
            if block.landscape == section.landscape or not current:
                section = replace(section, landscape=block.landscape)
                fresh = bool(current)
                continue
            made.append((section, current))
            current, fresh = [], False
            section = Section(block.landscape, context.front)
        else:
            maker = _MAKERS.get(type(block))
            if maker is None:
                raise WordError(f"不认识的文档块：{type(block).__name__}")
            state = replace(context, landscape=section.landscape, fresh=fresh)
            elements = maker(block, state)
            current += elements
            fresh = isinstance(block, Cover) or (fresh and not elements)
    if current:
        made.append((section, current))
    return made


def _main_part(parts: list[tuple[Section, list[Element]]], ids: Mapping[str, str]) -> Element:
    body = node("w:body")
    for section, elements in parts[:-1]:
        _finish(elements, section, ids)
        body.extend(elements)
    section, elements = parts[-1]
    body.extend(elements)
    if local_name(elements[-1]) != "p":
        body.append(gap())
    body.append(section_properties(section, ids))
    return root("w:document", body)


def write(document: Document, labels: Mapping[str, str], stamp: datetime | None = None) -> bytes:
    """The .docx of a clean document with page numbers ``labels`` by anchor."""
    context = document_context(document, labels)
    front = sections_of(document.front, replace(context, front=True))
    body = sections_of(document.body, context)
    if not body:
        body = [(Section(start=True), [gap()])]
    _mark_start(body[0][1])
    parts = front + body
    headers = {
        f"header-{side}": furniture.header_part(document.watermark, name)
        for side, name in zip(("odd", "even"), furniture.WATERMARK_NAMES, strict=True)
        if document.watermark
    }
    return build_package(
        lambda ids: _main_part(parts, ids),
        headers | _footers([section for section, _ in parts]),
        styles_part(),
        {"author": document.issuer, "title": document.title, "subject": document.subject},
        stamp or DEFAULT_STAMP,
    )


def _footers(sections: list[Section]) -> dict[str, Element]:
    made: dict[str, Element] = {}
    for landscape in (False, True):
        for odd in (True, False):
            used = Section(landscape)
            if any(not s.front and s.landscape == landscape for s in sections):
                made[footer_key(used, odd)] = furniture.footer_part(odd, landscape)
    return made


def _mark_start(elements: list[Element]) -> None:
    """Bookmark the first page of the body."""
    paragraph = next(iter(elements[0].iter(f"{{{elements[0].nsmap['w']}}}p")))
    paragraph[1:1] = marked(Bookmark(BODY_START, 0), [])
