"""GB/T 9704-2012《党政机关公文格式》: the only place for its numbers, and for our own below it.

Lengths are twips (1/20 point, 1/1440 inch) unless a name says otherwise; font sizes are
half-points, as Word writes them (三号 = 16 磅 = 32). Where the standard is silent (tables,
small print, cover) the choice is ours and is marked «house».
"""

from __future__ import annotations

import math
from dataclasses import dataclass

TWIPS_PER_INCH = 1440
TWIPS_PER_POINT = 20
MM_PER_INCH = 25.4
CHAR_SPACE_UNITS = 4096  # w:docGrid/@w:charSpace counts 1/4096 point (ECMA-376 §17.6.5)


def mm(value: float) -> int:
    """Millimetres as twips."""
    return round(value * TWIPS_PER_INCH / MM_PER_INCH)


def points(twips: int) -> float:
    """Twips as points."""
    return twips / TWIPS_PER_POINT


# ---- 5.1 幅面尺寸, 5.2.1 页边与版心尺寸 -----------------------------------------------------
PAGE_WIDTH = mm(210)  # GB/T 148 A4
PAGE_HEIGHT = mm(297)
MARGIN_TOP = mm(37)  # 天头 37 mm ± 1 mm
MARGIN_LEFT = mm(28)  # 订口 28 mm ± 1 mm
MARGIN_RIGHT = mm(26)  # 210 − 28 − 156
MARGIN_BOTTOM = mm(35)  # 297 − 37 − 225
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT  # 版心 156 mm
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM  # 版心 225 mm
MARGIN_TOLERANCE = mm(1)  # ± 1 mm
# Margins are not mirrored: the text blocks of the two sides then differ by 28 − 26 = 2 mm,
# which 8.2 (“页码套正，两面误差不超过 2 mm”) allows, and every page keeps 左白边 28 mm.

# ---- 5.2.3 行数和字数: 每面 22 行, 每行 28 字, 撑满版心 ---------------------------------------
LINES_PER_PAGE = 22
CHARS_PER_LINE = 28
LINE_PITCH = TEXT_HEIGHT // LINES_PER_PAGE  # 579 = 28.95 磅: the widest pitch that keeps 22
CHAR_PITCH = TEXT_WIDTH / CHARS_PER_LINE  # 315.9 twips = 15.79 磅

# ---- 字号 (half-points) ---------------------------------------------------------------------
SIZE_SMALL_INITIAL = 72  # 小初
SIZE_ONE = 52  # 一号
SIZE_TWO = 44  # 二号: 标题 (7.3.1)
SIZE_THREE = 32  # 三号: 正文 (5.2.2)
SIZE_FOUR = 28  # 四号: 页码、版记 (7.5)
SIZE_SMALL_FOUR = 24  # 小四, house: 表格
SIZE_FIVE = 21  # 五号, house: 栏目多的表格

TWO_CHARS = round(2 * CHAR_PITCH)  # 每个自然段左空二字 (7.3.3), 632 twips
ONE_CHAR = round(CHAR_PITCH)
CHAR_SPACE = math.floor(
    (CHAR_PITCH / TWIPS_PER_POINT - SIZE_THREE / 2) * CHAR_SPACE_UNITS
)  # −842: squeezes a 16-point character into 15.79 points
# LibreOffice doubles the pitch when the grid is narrower than the type, so the text itself is
# not tied to the grid; the same pitch comes from exact lines and this letter spacing
# (28 × (16 − 0.3) points = 439.6 ≤ 442.2; justified lines then fill 版心).
CHAR_SQUEEZE = -6


# ---- 5.2.2 字体 -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Font:
    """A font named by the standard.

    ``latin`` sets letters and digits; ``substitutes`` are what Word may take if it is missing.
    """

    name: str
    latin: str
    substitutes: str
    family: str
    pitch: str


# House: letters and digits inside Chinese text in Times New Roman, as most offices do. Its
# digits are half an em wide like those of 仿宋, and every system has a font of the same widths,
# so lines break alike everywhere. 半角宋体 of the page numbers is kept as 7.5 says.
SERIF, SANS = "Times New Roman", "Arial"
FANGSONG = Font("仿宋_GB2312", SERIF, "仿宋,FangSong,STFangsong", "modern", "fixed")
HEITI = Font("黑体", SANS, "SimHei,STHeiti", "modern", "fixed")
KAITI = Font("楷体_GB2312", SERIF, "楷体,KaiTi,STKaiti", "modern", "fixed")
XIAOBIAOSONG = Font(
    "方正小标宋简体", SERIF, "方正小标宋_GBK,华文中宋,STZhongsong", "auto", "variable"
)
SONGTI = Font("宋体", "宋体", "SimSun,STSong", "auto", "variable")
FONTS = (FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI)

# ---- 7.5 页码: 四号半角宋体, 左右各一字线, 上距版心下边缘 7 mm; 单页居右空一字, 双页居左空一字
PAGE_NUMBER_DASH = "—"  # U+2014, one form in the whole text
PAGE_NUMBER_BEFORE = f"{PAGE_NUMBER_DASH} "
PAGE_NUMBER_AFTER = f" {PAGE_NUMBER_DASH}"
PAGE_NUMBER_GAP = mm(7)  # from the lower edge of 版心 to the dash
PAGE_NUMBER_LINE = SIZE_FOUR * TWIPS_PER_POINT // 2  # one solid 14-point line
PAGE_NUMBER_INDENT = PAGE_NUMBER_LINE  # 空一字
# The dash stands half-way up its line, so the line begins half a line above the dash.
PAGE_NUMBER_TOP = PAGE_NUMBER_GAP - PAGE_NUMBER_LINE // 2
FOOTER_DISTANCE = MARGIN_BOTTOM - PAGE_NUMBER_TOP - PAGE_NUMBER_LINE
HEADER_DISTANCE = mm(15)  # Word's usual value; the header holds the watermark only

# ---- 7.3.6 横排表格: 页码位置与其他页一致, 单页表头在订口一边, 双页表头在切口一边 ---------------
# The sheet is turned clockwise to be read, so its left edge (28 mm) becomes the top.
LANDSCAPE_WIDTH = PAGE_HEIGHT
LANDSCAPE_HEIGHT = PAGE_WIDTH
LANDSCAPE_TOP = MARGIN_LEFT
LANDSCAPE_RIGHT = MARGIN_TOP
LANDSCAPE_BOTTOM = MARGIN_RIGHT
LANDSCAPE_LEFT = MARGIN_BOTTOM
LANDSCAPE_TEXT_WIDTH = TEXT_HEIGHT
LANDSCAPE_TEXT_HEIGHT = TEXT_WIDTH

# ---- house: what the standard leaves open ------------------------------------------------------
TABLE_LINE = 360  # 小四 on 18 points
TABLE_LINE_SMALL = 320  # 五号 on 16 points
TABLE_SMALL_FROM = 5  # from this many columns on, 五号
TABLE_CELL_SIDE = mm(1.6)  # free space left and right in a cell
TABLE_CELL_TOP = mm(0.7)  # free space above and below the text of a cell
TABLE_SHORT_CELL = 8  # a column whose cells are all this short is centred
TABLE_FORM_ROW = mm(9)  # least height of a row of a form (填写栏)
TABLE_MIN_COLUMN = 3  # no column narrower than this many characters of its size
TABLE_SPLIT_LINES = 12  # a row of more lines may run over the page
TABLE_KEEP_HEIGHT = TEXT_HEIGHT // 2  # a lower table is kept on one page
GRID_RULE = 4  # table lines in 1/8 point: 0.5 磅
OUTER_RULE = 8  # outer lines of a table: 1 磅
GAP_LINE = 300  # the empty line after a table or flow chart
LEAD_LINE = 160  # the narrow gap before a table without caption and before a flow chart
CAPTION_BEFORE = 160
CAPTION_AFTER = 80
NOTE_LINE = 400  # small print: 小四 on 20 points
WARNING_LINE = 480  # boxed remark: 四号 on 24 points
WARNING_INSET = 8  # points between the box and its text
WARNING_INDENT = (WARNING_INSET + 1) * TWIPS_PER_POINT  # keeps the box inside 版心
TITLE_LINE = 700  # a two-line 二号 title on 35 points
TITLE_SPACE = LINE_PITCH  # one empty line under a part's title
CONTENTS_LINE = 480  # 四号 on 24 points
COVER_TITLE_TOP = 5 * LINE_PITCH
COVER_TITLE_SIZES = (SIZE_SMALL_INITIAL, SIZE_ONE, SIZE_TWO)  # the largest that fits a line
COVER_TITLE_LEADING = 1.5
COVER_EDITION_BEFORE = LINE_PITCH
COVER_ISSUER_TOP = 17 * LINE_PITCH  # from the top of 版心 to the issuer's line
LABEL_SHADE = "F2F2F2"
MARK_SHADE = "D9D9D9"
FLOW_BOX_WIDTH = mm(92)  # a flow chart without side exits
FLOW_ARROW_WIDTH = mm(10)
FLOW_ARROW_LINE = 360
FLOW_KEEP_HEIGHT = TEXT_HEIGHT - 2 * LINE_PITCH  # a lower flow chart is kept on one page
WATERMARK_COLOR = "#d9d9d9"
WATERMARK_WIDTH = 440  # points along the diagonal
WATERMARK_MAX_HEIGHT = 110  # points
UNBREAKABLE = 24  # half-characters in a row without a break, from which words may be cut
