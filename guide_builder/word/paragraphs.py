"""Headings, paragraphs, lists and the cover."""

from __future__ import annotations

from guide_builder.blocks import Cover, Heading, ItemList, Paragraph, Span, plain

from . import metrics, styles
from . import standard as gb
from .bookmarks import Bookmark
from .context import Context
from .inline import marked, run, runs
from .oxml import Element, flag, node

CHECK_BOX = "□"
DASH = "——"
_STYLE = {
    "body": styles.BODY,
    "flush": styles.FLUSH,
    "note": styles.NOTE,
    "center": styles.CENTER,
    "warning": styles.WARNING,
}


def paragraph(
    style: str,
    content: list[Element],
    *properties: Element | None,
    fresh: bool = False,
    keep: bool = False,
    cut: bool = False,
) -> Element:
    """A paragraph in a style.

    ``fresh`` starts a page, ``keep`` stays with the next paragraph, ``cut`` allows line breaks
    inside a word (for a word longer than the line will bear) and does not stretch the line
    before it. ``properties`` override the style.
    """
    return node(
        "w:p",
        node(
            "w:pPr",
            None if style == styles.FLUSH else node("w:pStyle", val=style),
            flag("w:keepNext", keep),
            flag("w:pageBreakBefore", fresh),
            node("w:wordWrap", val=0) if cut else None,
            *(properties if any(item is not None for item in properties) else _left(cut)),
        ),
        *content,
    )


def _left(cut: bool) -> tuple[Element, ...]:
    return (node("w:jc", val="left"),) if cut else ()


def cuttable(text: str) -> bool:
    """Whether a text has a word so long that it must be allowed to break anywhere."""
    return metrics.longest_word(text) > gb.UNBREAKABLE


def heading(block: Heading, context: Context) -> list[Element]:
    """A heading with its bookmark."""
    content = marked(context.bookmark(block.anchor), [run(block.text)])
    style = styles.heading(block.level, context.front)
    return [
        paragraph(style, content, fresh=context.fresh or block.new_page, cut=cuttable(block.text))
    ]


def body(block: Paragraph, context: Context) -> list[Element]:
    """A paragraph of text."""
    content = marked(context.bookmark(block.anchor), runs(block.spans, context))
    return [
        paragraph(
            _STYLE[block.style], content, fresh=context.fresh, cut=cuttable(plain(block.spans))
        )
    ]


def item_prefix(kind: str, number: int) -> str:
    """What stands before a list item; numbers are text, so nothing renumbers them."""
    if kind == "check":
        return f"{CHECK_BOX}\t"
    return DASH if kind == "dash" else f"{number}."


def items(block: ItemList, context: Context) -> list[Element]:
    """A list: numbers and dashes run in like paragraphs, boxes to be ticked hang out."""
    style = styles.CHECK if block.kind == "check" else styles.BODY
    made = []
    for number, spans in enumerate(block.items, start=1):
        text = (Span(item_prefix(block.kind, number)), *spans)
        made.append(
            paragraph(
                style,
                runs(text, context),
                fresh=context.fresh and number == 1,
                cut=cuttable(plain(spans)),
            )
        )
    return made


def lead(context: Context, bookmark: Bookmark | None = None) -> Element:
    """The narrow gap that keeps a table or flow chart off the text above it."""
    return paragraph(styles.LEAD, marked(bookmark, []), fresh=context.fresh)


def gap() -> Element:
    """The narrow empty line after a table; also carries a section's end."""
    return paragraph(styles.GAP, [])


def cover_title_size(title: tuple[str, ...]) -> int:
    """The largest cover size (half-points) at which no line of the title wraps."""
    widest = max(map(metrics.text_width, title), default=0)
    for size in gb.COVER_TITLE_SIZES:
        if widest * size * gb.TWIPS_PER_POINT / 4 <= gb.TEXT_WIDTH:
            return size
    return gb.COVER_TITLE_SIZES[-1]


def cover(block: Cover, context: Context) -> list[Element]:
    """The cover: title in the upper half, issuer and date at the foot of the text area."""
    size = cover_title_size(block.title)
    line = round(size * gb.TWIPS_PER_POINT / 2 * gb.COVER_TITLE_LEADING)
    made: list[Element] = []
    used = 0
    for index, text in enumerate(block.title):
        before = gb.COVER_TITLE_TOP if index == 0 else 0
        title = run(text)
        _set_size(title, size)
        spacing = node("w:spacing", before=before, after=0, line=line, lineRule="exact")
        made.append(
            paragraph(styles.COVER_TITLE, [title], spacing, fresh=context.fresh and index == 0)
        )
        lines = metrics.line_count(text, gb.TEXT_WIDTH, size)
        used += before + line * lines
    if block.edition:
        made.append(paragraph(styles.COVER_EDITION, [run(f"（{block.edition}）")]))
        used += gb.COVER_EDITION_BEFORE + gb.TITLE_LINE
    before = max(0, gb.COVER_ISSUER_TOP - used)
    for text in filter(None, (block.issuer, block.date)):
        spacing = node("w:spacing", before=before, after=0, line=gb.LINE_PITCH, lineRule="exact")
        made.append(paragraph(styles.COVER_ISSUER, [run(text)], spacing))
        before = 0
    return made


def _set_size(made: Element, size: int) -> None:
    properties = made.find("w:rPr", {"w": made.nsmap["w"]})
    if properties is None:
        properties = node("w:rPr")
        made.insert(0, properties)
    properties.append(node("w:sz", val=size))
    properties.append(node("w:szCs", val=size))
