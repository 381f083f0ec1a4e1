"""Page numbers by calculation, for machines without LibreOffice.

The same widths, lines and keep-together rules as the writer, set on the grid of 22 lines by 28
characters. An estimate: Word's own line breaking may differ by a line here and there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    plain,
)

from . import flow, metrics, styles, tables
from . import standard as gb
from .contents import entries
from .paragraphs import item_prefix
from .styles import BY_ID, ParagraphStyle

_PARAGRAPH = {"body": styles.BODY, "flush": styles.FLUSH, "note": styles.NOTE,
              "center": styles.CENTER, "warning": styles.WARNING}  # fmt: skip


@dataclass(slots=True)
class Pager:
    """A pen that moves down the pages; ``used`` is the filled height of the page, twips."""

    page: int = 1
    used: int = 0
    landscape: bool = False
    found: dict[str, int] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The height of the text area, twips."""
        return gb.LANDSCAPE_TEXT_HEIGHT if self.landscape else gb.TEXT_HEIGHT

    @property
    def width(self) -> int:
        """The width of the text area, twips."""
        return gb.LANDSCAPE_TEXT_WIDTH if self.landscape else gb.TEXT_WIDTH

    def new_page(self) -> None:
        """Go to the top of the next page, unless there already."""
        if self.used:
            self.page += 1
            self.used = 0

    def need(self, height: int) -> None:
        """Go to the next page if ``height`` does not fit on this one."""
        if self.used + min(height, self.height) > self.height:
            self.new_page()

    def lines(self, count: int, line: int, before: int = 0, after: int = 0) -> None:
        """Fill ``count`` lines, page by page; space before is dropped at the top of a page."""
        self.used += before if self.used else 0
        for _ in range(count):
            self.need(line)
            self.used += line
        self.used += after

    def mark(self, anchor: str | None) -> None:
        """Note the page of an anchor."""
        if anchor is not None:
            self.found[anchor] = self.page


def _style_lines(style: ParagraphStyle, text: str, width: int) -> int:
    inner = width - style.left - style.right
    first = style.first - style.hanging
    return metrics.line_count(text, inner, style.size, first=max(0, first), grid=style.full)


def _heading_style(block: Heading, front: bool) -> ParagraphStyle:
    return BY_ID[styles.heading(block.level, front)]


def least_height(blocks: Sequence[Block], at: int, pager: Pager, front: bool) -> int:
    """What must stand together from block ``at`` on: headings and what follows them."""
    total = 0
    for block in blocks[at:]:
        if isinstance(block, Heading):
            style = _heading_style(block, front)
            total += _style_lines(style, block.text, pager.width) * style.line + style.after
            continue
        if isinstance(block, Table):
            return total + _table_least(block, pager.width)
        if isinstance(block, Flow):
            height = flow.height(block, pager.width)
            return total + (height if height <= gb.FLOW_KEEP_HEIGHT else gb.LINE_PITCH)
        if isinstance(block, (Paragraph, ItemList)):
            return total + gb.LINE_PITCH
        break
    return total


def _caption_height(text: str) -> int:
    return gb.CAPTION_BEFORE + gb.TABLE_LINE + gb.CAPTION_AFTER if text else gb.LEAD_LINE


def _table_least(block: Table, width: int) -> int:
    how = tables.setting(block, width)
    heights = tables.row_heights(block, how)
    shown = sum(heights) if tables.kept_whole(block, how) else sum(heights[:1])
    return _caption_height(block.caption) + tables.header_height(block, how) + shown


def _place_table(block: Table, pager: Pager) -> None:
    how = tables.setting(block, pager.width)
    pager.need(_table_least(block, pager.width))
    pager.mark(block.anchor)
    pager.used += _caption_height(block.caption) + tables.header_height(block, how)
    for row, height in zip(block.rows, tables.row_heights(block, how), strict=True):
        if tables.splits(row, how):
            pager.mark(row.anchor)
            pager.lines(height // how.line, how.line)
            continue
        before = pager.page
        pager.need(height)
        if pager.page != before:
            pager.used += tables.header_height(block, how)
        pager.mark(row.anchor)
        pager.used += height
    pager.lines(1, gb.GAP_LINE)


def _place_flow(block: Flow, pager: Pager) -> None:
    height = flow.height(block, pager.width) + gb.LEAD_LINE
    whole = height <= gb.FLOW_KEEP_HEIGHT
    pager.need(height + _caption_height(block.caption) if whole else gb.LINE_PITCH)
    pager.mark(block.anchor)
    widths = flow.columns(block, pager.width)
    pager.used += gb.LEAD_LINE
    for number, step in enumerate(block.steps):
        arrow = flow.arrow_height() if number else 0
        pager.need(arrow + flow.step_height(step, widths))
        pager.used += arrow + flow.step_height(step, widths)
    pager.used += _caption_height(block.caption) if block.caption else gb.GAP_LINE


def _place_text(text: str, style_id: str, pager: Pager) -> None:
    style = BY_ID[style_id]
    count = _style_lines(style, text, pager.width)
    box = 2 * gb.WARNING_INSET * gb.TWIPS_PER_POINT if style.box else 0
    pager.lines(count, style.line, style.before + box // 2, style.after + box // 2)


def _place_contents(block: Contents, headings: tuple[Heading, ...], pager: Pager) -> None:
    title = BY_ID[styles.CONTENTS_TITLE]
    pager.lines(1, title.line, after=title.after)
    for heading in entries(block, headings):
        _place_text(heading.text, styles.contents(heading.level), pager)


def _place(
    blocks: Sequence[Block], pager: Pager, headings: tuple[Heading, ...], front: bool
) -> None:
    for index, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            pager.new_page()
        elif isinstance(block, Orientation):
            pager.new_page()
            pager.landscape = block.landscape
        elif isinstance(block, Cover):
            pager.new_page()
            pager.used = pager.height
        elif isinstance(block, Contents):
            _place_contents(block, headings, pager)
        elif isinstance(block, Heading):
            if block.new_page:
                pager.new_page()
            pager.need(least_height(blocks, index, pager, front))
            pager.mark(block.anchor)
            style = _heading_style(block, front)
            count = _style_lines(style, block.text, pager.width)
            pager.lines(count, style.line, after=style.after)
        elif isinstance(block, Paragraph):
            pager.need(gb.LINE_PITCH)
            pager.mark(block.anchor)
            _place_text(plain(block.spans), _PARAGRAPH[block.style], pager)
        elif isinstance(block, ItemList):
            item_style = styles.CHECK if block.kind == "check" else styles.BODY
            for number, spans in enumerate(block.items, start=1):
                _place_text(item_prefix(block.kind, number) + plain(spans), item_style, pager)
        elif isinstance(block, Table):
            _place_table(block, pager)
        elif isinstance(block, Flow):
            _place_flow(block, pager)


@dataclass(frozen=True, slots=True)
class PageMap:
    """Where the anchors are: ``body`` counts from 1 at the body, ``front`` from the cover.

    ``count`` is the number of all pages, front matter included.
    """

    body: dict[str, int]
    front: dict[str, int]
    count: int


def estimate(document: Document) -> PageMap:
    """The page map of a clean document by calculation."""
    headings = tuple(block for block in document.body if isinstance(block, Heading))

    def run(blocks: Iterable[Block], front: bool) -> Pager:
        pager = Pager()
        shown = list(blocks)
        while shown and isinstance(shown[-1], (PageBreak, Orientation)):
            shown.pop()  # a break that nothing follows makes no page
        _place(shown, pager, headings, front)
        return pager

    front, body = run(document.front, True), run(document.body, False)
    pages = (front.page if document.front else 0) + body.page
    return PageMap(body.found, front.found, pages)
