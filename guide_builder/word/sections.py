"""Sections: the page, its grid, and which headers and footers belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import standard as gb
from .oxml import Element, node


@dataclass(frozen=True, slots=True)
class Section:
    """One section. ``start`` restarts the numbering, ``roman`` counts the front matter."""

    landscape: bool = False
    front: bool = False
    start: bool = False


def section_properties(section: Section, parts: Mapping[str, str]) -> Element:
    """``w:sectPr``; ``parts`` maps part keys (``header-odd`` …) to relationship ids."""
    references = []
    for kind, odd in (("default", True), ("even", False)):
        side = "odd" if odd else "even"
        header, footer = parts.get(f"header-{side}"), parts.get(footer_key(section, odd))
        if header is not None:
            references.append(node("w:headerReference", type=kind, r_id=header))
        if footer is not None:
            references.append(node("w:footerReference", type=kind, r_id=footer))
    numbers = {"fmt": "upperRoman" if section.front else "decimal"}
    if section.start:
        numbers["start"] = "1"
    odd_page = section.start and not section.front
    return node(
        "w:sectPr",
        *references,
        node("w:type", val="oddPage" if odd_page else "nextPage"),
        *_page(section.landscape),
        node("w:pgNumType", **numbers),
        node("w:cols", space=0),
        node("w:docGrid", type="linesAndChars", linePitch=gb.LINE_PITCH, charSpace=gb.CHAR_SPACE),
    )


def footer_key(section: Section, odd: bool) -> str:
    """The footer a section uses; the front matter shows no page number."""
    kind = "blank" if section.front else "landscape" if section.landscape else "footer"
    return f"{kind}-{'odd' if odd else 'even'}"


def _page(landscape: bool) -> tuple[Element, Element]:
    if landscape:
        size = node("w:pgSz", w=gb.LANDSCAPE_WIDTH, h=gb.LANDSCAPE_HEIGHT, orient="landscape")
        edges = (gb.LANDSCAPE_TOP, gb.LANDSCAPE_RIGHT, gb.LANDSCAPE_BOTTOM, gb.LANDSCAPE_LEFT)
    else:
        size = node("w:pgSz", w=gb.PAGE_WIDTH, h=gb.PAGE_HEIGHT)
        edges = (gb.MARGIN_TOP, gb.MARGIN_RIGHT, gb.MARGIN_BOTTOM, gb.MARGIN_LEFT)
    top, right, bottom, left = edges
    margins = node(
        "w:pgMar", top=top, right=right, bottom=bottom, left=left,
        header=gb.HEADER_DISTANCE, footer=gb.FOOTER_DISTANCE if not landscape else
        gb.HEADER_DISTANCE, gutter=0,
    )  # fmt: skip
    return size, margins
