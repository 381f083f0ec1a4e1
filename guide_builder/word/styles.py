"""The styles part: every paragraph, character and table style of the documents.

Each style names its font for all four scripts (``w:ascii``, ``w:hAnsi``, ``w:eastAsia``,
``w:cs``); python-docx and Word fall back to Times or Calibri where one is missing. Line spacing
is exact, because a multiple would drift off the 22 lines of the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import standard as gb
from .oxml import Element, Value, flag, node, qualified, root
from .standard import Font

BODY, FLUSH, CENTER, NOTE, WARNING = "BodyText", "Normal", "GuideCenter", "GuideNote", "GuideBox"
CHECK, LEAD, GAP, CAPTION = "GuideCheck", "GuideLead", "GuideGap", "Caption"
CELL, CELL_SMALL, HEAD, HEAD_SMALL = "GuideCell", "GuideCell5", "GuideHead", "GuideHead5"
ARROW = "GuideArrow"
COVER_TITLE, COVER_EDITION, COVER_ISSUER = "Title", "GuideEdition", "GuideIssuer"
CONTENTS_TITLE, FOOTER, HEADER, TABLE = "TOCHeading", "Footer", "Header", "GuideTable"
STRONG, TERM, MARK, LINK = "Strong", "GuideTerm", "GuideMark", "Hyperlink"
FLOW_TABLE = "GuideFlow"


def heading(level: int, front: bool = False) -> str:
    """The style of a heading; in the front matter one that the contents list does not see."""
    return f"GuideFront{level}" if front else f"Heading{level}"


def contents(level: int) -> str:
    """The style of an entry in the contents list."""
    return f"TOC{level}"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style; lengths in twips, ``size`` in half-points.

    ``full`` sets 28 characters a line: 三号 slightly squeezed (:data:`.standard.CHAR_SQUEEZE`).
    """

    id: str
    name: str
    font: Font = gb.FANGSONG
    size: int = gb.SIZE_THREE
    line: int = gb.LINE_PITCH
    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 0
    bold: bool = False
    full: bool = True
    keep: bool = False
    outline: int | None = None
    box: bool = False
    tabs: tuple[tuple[str, str, int], ...] = ()
    follows: str = ""


def _headings(front: bool) -> tuple[ParagraphStyle, ...]:
    """一级黑体、二级楷体 (7.3.3) under a part title in 小标宋 (7.3.1).

    Case titles (3) and the headings below them and below 一、 (4) are the standard's second
    level; both are set bold so that they stand out on a full page.
    """
    prefix = "前置标题" if front else "heading"
    looks = (
        (gb.XIAOBIAOSONG, gb.SIZE_TWO, gb.TITLE_LINE, "center", 0, gb.TITLE_SPACE, False),
        (gb.HEITI, gb.SIZE_THREE, gb.LINE_PITCH, "left", gb.TWO_CHARS, 0, False),
        (gb.KAITI, gb.SIZE_THREE, gb.LINE_PITCH, "left", gb.TWO_CHARS, 0, True),
        (gb.KAITI, gb.SIZE_THREE, gb.LINE_PITCH, "left", gb.TWO_CHARS, 0, True),
    )
    return tuple(
        ParagraphStyle(
            heading(level, front), f"{prefix} {level}", font, size, line, align, first,
            after=after, bold=bold, keep=True, outline=None if front else level - 1, follows=BODY,
        )
        for level, (font, size, line, align, first, after, bold) in enumerate(looks, start=1)
    )  # fmt: skip


def _contents_entries() -> tuple[ParagraphStyle, ...]:
    return tuple(
        ParagraphStyle(
            contents(level), f"toc {level}", gb.HEITI if level == 1 else gb.FANGSONG,
            gb.SIZE_FOUR, gb.CONTENTS_LINE, "left",
            left=level * gb.PAGE_NUMBER_LINE, hanging=gb.PAGE_NUMBER_LINE,
            full=False,
            tabs=(("right", "dot", gb.TEXT_WIDTH),),
        )
        for level in (1, 2, 3, 4)
    )  # fmt: skip


_INDENT = gb.TWO_CHARS
PARAGRAPHS: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(FLUSH, "Normal"),
    ParagraphStyle(BODY, "Body Text", first=_INDENT),
    *_headings(front=False),
    *_headings(front=True),
    *_contents_entries(),
    ParagraphStyle(CONTENTS_TITLE, "TOC Heading", gb.XIAOBIAOSONG, gb.SIZE_TWO, gb.TITLE_LINE,
                   "center", after=gb.TITLE_SPACE, keep=True, full=False),
    ParagraphStyle(COVER_TITLE, "Title", gb.XIAOBIAOSONG, gb.SIZE_TWO, align="center", full=False),
    ParagraphStyle(COVER_EDITION, "封面稿次", gb.KAITI, gb.SIZE_TWO, gb.TITLE_LINE, "center",
                   before=gb.COVER_EDITION_BEFORE, full=False),
    ParagraphStyle(COVER_ISSUER, "封面落款", align="center"),
    ParagraphStyle(CENTER, "居中正文", align="center"),
    ParagraphStyle(NOTE, "说明小字", size=gb.SIZE_SMALL_FOUR, line=gb.NOTE_LINE, first=_INDENT,
                   after=gb.CAPTION_AFTER, full=False),
    ParagraphStyle(WARNING, "提示框", gb.KAITI, gb.SIZE_FOUR, gb.WARNING_LINE, box=True,
                   left=gb.WARNING_INDENT, right=gb.WARNING_INDENT, full=False,
                   before=gb.CAPTION_BEFORE, after=gb.CAPTION_BEFORE),
    ParagraphStyle(CHECK, "勾选项", align="left", left=_INDENT + gb.ONE_CHAR * 3 // 2,
                   hanging=gb.ONE_CHAR * 3 // 2),
    ParagraphStyle(CAPTION, "caption", gb.HEITI, gb.SIZE_SMALL_FOUR, gb.TABLE_LINE, "center",
                   before=gb.CAPTION_BEFORE, after=gb.CAPTION_AFTER, full=False),
    ParagraphStyle(CELL, "表格文字", size=gb.SIZE_SMALL_FOUR, line=gb.TABLE_LINE, align="left",
                   full=False),
    ParagraphStyle(CELL_SMALL, "表格小字", size=gb.SIZE_FIVE, line=gb.TABLE_LINE_SMALL,
                   align="left", full=False),
    ParagraphStyle(HEAD, "表头", gb.HEITI, gb.SIZE_SMALL_FOUR, gb.TABLE_LINE, "center",
                   full=False),
    ParagraphStyle(HEAD_SMALL, "表头小字", gb.HEITI, gb.SIZE_FIVE, gb.TABLE_LINE_SMALL, "center",
                   full=False),
    ParagraphStyle(ARROW, "流程箭头", size=gb.SIZE_FOUR, line=gb.FLOW_ARROW_LINE,
                   align="center", full=False),
    ParagraphStyle(LEAD, "表前间隔", size=gb.SIZE_FIVE, line=gb.LEAD_LINE, keep=True, full=False),
    ParagraphStyle(GAP, "间隔", size=gb.SIZE_FIVE, line=gb.GAP_LINE, full=False),
    ParagraphStyle(HEADER, "header", gb.SONGTI, gb.SIZE_FIVE, gb.TABLE_LINE, "center", full=False),
    ParagraphStyle(FOOTER, "footer", gb.SONGTI, gb.SIZE_FOUR, gb.PAGE_NUMBER_LINE, "left",
                   full=False),
)  # fmt: skip
BY_ID = {style.id: style for style in PARAGRAPHS}


def fonts(font: Font) -> Element:
    """``w:rFonts`` with the font for all four scripts."""
    latin = font.latin
    return node("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=font.name, cs=latin)


def _sizes(size: int) -> tuple[Element, Element]:
    return node("w:sz", val=size), node("w:szCs", val=size)


def _box() -> Element:
    edges = ("top", "left", "bottom", "right")
    rule: dict[str, Value] = {
        "val": "single",
        "sz": gb.GRID_RULE,
        "space": gb.WARNING_INSET,
        "color": "auto",
    }
    return node("w:pBdr", *(node(f"w:{edge}", **rule) for edge in edges))


def _indent(style: ParagraphStyle) -> Element | None:
    if not (style.first or style.left or style.right or style.hanging):
        return None
    values: dict[str, int] = {"left": style.left, "right": style.right}
    if style.hanging:
        values["hanging"] = style.hanging
    else:
        values["firstLine"] = style.first
    return node("w:ind", **values)


def _paragraph_style(style: ParagraphStyle) -> Element:
    default = style.id == FLUSH
    properties = node(
        "w:pPr",
        flag("w:keepNext", style.keep),
        flag("w:keepLines", style.keep or style.box),
        node("w:widowControl", val=0),
        _box() if style.box else None,
        node("w:tabs", *(node("w:tab", val=kind, leader=leader, pos=position)
                         for kind, leader, position in style.tabs)) if style.tabs else None,
        node("w:snapToGrid", val=0),
        node("w:spacing", before=style.before, after=style.after, line=style.line,
             lineRule="exact"),
        _indent(style),
        node("w:jc", val=style.align),
        None if style.outline is None else node("w:outlineLvl", val=style.outline),
    )  # fmt: skip
    run = node(
        "w:rPr",
        fonts(style.font),
        flag("w:b", style.bold),
        flag("w:bCs", style.bold),
        node("w:snapToGrid", val=0),
        node("w:spacing", val=gb.CHAR_SQUEEZE if style.full else 0),
        *_sizes(style.size),
    )
    made = node(
        "w:style",
        node("w:name", val=style.name),
        None if default else node("w:basedOn", val=FLUSH),
        node("w:next", val=style.follows) if style.follows else None,
        node("w:uiPriority", val=1),
        flag("w:qFormat"),
        properties,
        run,
        type="paragraph",
        styleId=style.id,
    )
    if default:
        made.set(qualified("w:default"), "1")
    return made


def _character_style(style_id: str, name: str, *run: Element) -> Element:
    return node(
        "w:style",
        node("w:name", val=name),
        node("w:uiPriority", val=2),
        flag("w:qFormat"),
        node("w:rPr", *run),
        type="character",
        styleId=style_id,
    )


def _table_style(style_id: str, name: str, ruled: bool) -> Element:
    edges = {"top": gb.OUTER_RULE, "left": gb.OUTER_RULE, "bottom": gb.OUTER_RULE,
             "right": gb.OUTER_RULE, "insideH": gb.GRID_RULE, "insideV": gb.GRID_RULE}  # fmt: skip
    borders = node(
        "w:tblBorders",
        *(node(f"w:{edge}", val="single", sz=size, space=0, color="auto")
          for edge, size in edges.items()),
    )  # fmt: skip
    margins = {"top": gb.TABLE_CELL_TOP, "left": gb.TABLE_CELL_SIDE,
               "bottom": gb.TABLE_CELL_TOP, "right": gb.TABLE_CELL_SIDE}  # fmt: skip
    return node(
        "w:style",
        node("w:name", val=name),
        node("w:uiPriority", val=3),
        node(
            "w:tblPr",
            borders if ruled else None,
            node("w:tblCellMar",
                 *(node(f"w:{edge}", w=width, type="dxa") for edge, width in margins.items())),
        ),
        node("w:rPr", fonts(gb.FANGSONG)),
        type="table",
        styleId=style_id,
    )  # fmt: skip


def styles_part() -> Element:
    """The root of ``word/styles.xml``."""
    defaults = node(
        "w:docDefaults",
        node("w:rPrDefault", node(
            "w:rPr", fonts(gb.FANGSONG), node("w:kern", val=0), *_sizes(gb.SIZE_THREE),
            node("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
        )),
        node("w:pPrDefault"),
    )  # fmt: skip
    return root(
        "w:styles",
        defaults,
        *map(_paragraph_style, PARAGRAPHS),
        _character_style(STRONG, "Strong", fonts(gb.HEITI)),
        _character_style(TERM, "名称", fonts(gb.KAITI)),
        _character_style(MARK, "待核标记", fonts(gb.HEITI),
                         node("w:shd", val="clear", color="auto", fill=gb.MARK_SHADE)),
        _character_style(LINK, "Hyperlink", node("w:u", val="none")),
        _table_style(TABLE, "指南表格", ruled=True),
        _table_style(FLOW_TABLE, "流程图", ruled=False),
    )  # fmt: skip
