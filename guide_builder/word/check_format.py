"""Does the file keep to GB/T 9704-2012: page, grid, fonts, heading levels, page numbers."""

from __future__ import annotations

import math

from . import standard as gb
from . import styles
from .oxml import Element, R, W
from .reading import Parts, value
from .styles import BY_ID

_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_FONTS = {font.name for font in gb.FONTS} | {font.latin for font in gb.FONTS}
_SIDES = {"top": "天头", "left": "订口", "right": "右白边", "bottom": "地脚"}
_UPRIGHT = {"top": gb.MARGIN_TOP, "left": gb.MARGIN_LEFT, "right": gb.MARGIN_RIGHT,
            "bottom": gb.MARGIN_BOTTOM}  # fmt: skip
_TURNED = {"top": gb.LANDSCAPE_TOP, "left": gb.LANDSCAPE_LEFT, "right": gb.LANDSCAPE_RIGHT,
           "bottom": gb.LANDSCAPE_BOTTOM}  # fmt: skip
_OFFICIAL = (styles.FLUSH, styles.BODY, *(styles.heading(level) for level in (1, 2, 3, 4)))
"""The styles whose look the standard itself lays down."""


def check_format(parts: Parts) -> list[str]:
    """All findings on format, in Chinese."""
    found: list[str] = []
    sections = list(parts.main.iter(f"{W}sectPr"))
    if not sections:
        return ["文档没有分节属性，无法确定纸张与版心"]
    for number, section in enumerate(sections, start=1):
        where = f"第 {number} 节"
        found += [f"{where}：{text}" for text in (*_page(section), *_grid(section))]
    found += _styles(parts)
    found += _direct_fonts(parts)
    found += _page_numbers(parts, sections)
    return found


def _number(element: Element | None, name: str) -> int | None:
    text = value(element, f"w:{name}")
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def _turned(section: Element) -> bool:
    return value(section.find(f"{W}pgSz"), "w:orient") == "landscape"


def _page(section: Element) -> list[str]:
    found: list[str] = []
    size = section.find(f"{W}pgSz")
    wide, high = _number(size, "w") or 0, _number(size, "h") or 0
    turned = _turned(section)
    wanted = (gb.PAGE_HEIGHT, gb.PAGE_WIDTH) if turned else (gb.PAGE_WIDTH, gb.PAGE_HEIGHT)
    if max(abs(wide - wanted[0]), abs(high - wanted[1])) > gb.MARGIN_TOLERANCE // 2:
        found.append(f"纸张应为 A4（210 mm × 297 mm），现为 {_mm(wide)} × {_mm(high)}")
    margins = section.find(f"{W}pgMar")
    for side, want in (_TURNED if turned else _UPRIGHT).items():
        has = _number(margins, side)
        if has is None or abs(has - want) > gb.MARGIN_TOLERANCE:
            shown = "未设" if has is None else _mm(has)
            found.append(f"{_SIDES[side]}应为 {_mm(want)}，现为 {shown}")
    return found


def _mm(twips: int) -> str:
    return f"{twips * gb.MM_PER_INCH / gb.TWIPS_PER_INCH:.1f} mm"


def _grid(section: Element) -> list[str]:
    grid = section.find(f"{W}docGrid")
    if value(grid, "w:type") not in ("linesAndChars", "snapToChars"):
        return ["未设“指定行和字符网格”"]
    turned = _turned(section)
    height = gb.LANDSCAPE_TEXT_HEIGHT if turned else gb.TEXT_HEIGHT
    width = gb.LANDSCAPE_TEXT_WIDTH if turned else gb.TEXT_WIDTH
    pitch = _number(grid, "linePitch") or 1
    space = _number(grid, "charSpace") or 0
    character = gb.SIZE_THREE / 2 + space / gb.CHAR_SPACE_UNITS
    lines, want_lines = height // pitch, height // gb.LINE_PITCH
    chars = math.floor(gb.points(width) / character + 1e-9)
    want_chars = math.floor(width / gb.CHAR_PITCH + 1e-9)
    found = []
    if lines != want_lines:
        found.append(f"网格每面 {lines} 行，应为 {want_lines} 行")
    if chars != want_chars:
        found.append(f"网格每行 {chars} 字，应为 {want_chars} 字")
    return found


def _styles(parts: Parts) -> list[str]:
    root = parts.named("word/styles.xml")
    if root is None:
        return []
    found: list[str] = []
    by_id = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    for style in by_id.values():
        if style.get(f"{W}type") != "paragraph":
            continue
        name = value(style.find(f"{W}name"))
        fonts = style.find(f"{W}rPr/{W}rFonts")
        missing = [script for script in _SCRIPTS if value(fonts, f"w:{script}") is None]
        if missing:
            found.append(f"样式“{name}”未指明字体：{'、'.join(missing)}")
        spacing = style.find(f"{W}pPr/{W}spacing")
        if value(spacing, "w:lineRule") != "exact":
            found.append(f"样式“{name}”的行距不是固定值")
    for style_id in _OFFICIAL:
        made = by_id.get(style_id)
        if made is None:
            found.append(f"缺少样式 {style_id}")
        else:
            found += _official(made, style_id)
    return found


def _official(style: Element, style_id: str) -> list[str]:
    want = BY_ID[style_id]
    font = value(style.find(f"{W}rPr/{W}rFonts"), "w:eastAsia")
    size = _number(style.find(f"{W}rPr/{W}sz"), "val")
    line = _number(style.find(f"{W}pPr/{W}spacing"), "line")
    level = _number(style.find(f"{W}pPr/{W}outlineLvl"), "val")
    found = []
    if font != want.font.name:
        found.append(f"样式“{want.name}”应为{want.font.name}，现为 {font}")
    if size != want.size:
        found.append(f"样式“{want.name}”应为 {want.size / 2:g} 磅，现为 {(size or 0) / 2:g} 磅")
    if line != want.line:
        found.append(f"样式“{want.name}”行距应为 {gb.points(want.line):g} 磅")
    if level != want.outline:
        found.append(f"样式“{want.name}”的大纲级别不对")
    return found


def _direct_fonts(parts: Parts) -> list[str]:
    used = {
        fonts.get(f"{W}{script}")
        for root in parts.xml.values()
        for fonts in root.iter(f"{W}rFonts")
        for script in _SCRIPTS
    }
    strange = sorted(used - _FONTS - {None})
    return [f"用了规定以外的字体：{'、'.join(strange)}"] if strange else []


def _page_numbers(parts: Parts, sections: list[Element]) -> list[str]:
    found: list[str] = []
    settings = parts.named("word/settings.xml")
    if settings is None or settings.find(f"{W}evenAndOddHeaders") is None:
        found.append("未设“奇偶页不同”")
    numbered = 0
    for number, section in enumerate(sections, start=1):
        footers = {
            reference.get(f"{W}type"): parts.named(parts.targets.get(reference.get(f"{R}id"), ""))
            for reference in section.findall(f"{W}footerReference")
        }
        if not footers:
            continue
        numbered += 1
        where = f"第 {number} 节"
        if numbered == 1 and value(section.find(f"{W}pgNumType"), "w:start") != "1":
            found.append(f"{where}：正文页码应从 1 起")
        for kind, side, name in (("default", "right", "单页"), ("even", "left", "双页")):
            found += [f"{where}{name}页码：{text}" for text in _footer(footers.get(kind), side)]
    if not numbered:
        found.append("没有页码")
    return found


def _footer(footer: Element | None, side: str) -> list[str]:
    if footer is None:
        return ["缺少页脚"]
    for paragraph in footer.iter(f"{W}p"):
        codes = [code.text or "" for code in paragraph.findall(f"{W}r/{W}instrText")]
        if not any(code.split()[:1] == ["PAGE"] for code in codes):
            continue
        found = []
        shown = "".join(text.text or "" for text in paragraph.findall(f"{W}r/{W}t"))
        around = shown.replace(" ", "").strip("0123456789")
        if not (around.startswith(gb.PAGE_NUMBER_DASH) and around.endswith(gb.PAGE_NUMBER_DASH)):
            found.append("左右应各有一字线“—”")
        if value(paragraph.find(f"{W}pPr/{W}jc")) != side:
            found.append(f"应居{'右' if side == 'right' else '左'}")
        if not _number(paragraph.find(f"{W}pPr/{W}ind"), side):
            found.append("应空一字")
        if value(paragraph.find(f"{W}pPr/{W}pStyle")) != styles.FOOTER:
            found.append("应为 4 号半角宋体（页脚样式）")
        return found
    return ["没有 PAGE 域"]
