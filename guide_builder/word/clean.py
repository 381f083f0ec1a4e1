"""Before anything is written: text made safe for XML, references checked.

Line ends become ``\\n``; a character that Word's XML cannot hold, an anchor used twice or a
link to nowhere is a :class:`WordError` that says in which block.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator
from typing import Any, TypeVar

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
    Span,
    Table,
    plain,
)

from .errors import WordError

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+\Z")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_ONE_LINE = re.compile(r"[ \t]*[\n\t][ \t\n]*")
_KINDS = {
    Cover: "封面", Heading: "标题", Paragraph: "段落", ItemList: "列表", Table: "表格",
    Flow: "流程图", Contents: "目录", PageBreak: "分页", Orientation: "页面方向",
}  # fmt: skip
_SHOWN = 12
LEVELS = (1, 2, 3, 4)
T = TypeVar("T")


def _name(block: Block, part: str, index: int) -> str:
    """«正文第 3 块（表格“时限参数表”）»."""
    title = ""
    if isinstance(block, (Table, Flow)):
        title = block.caption
    elif isinstance(block, Heading):
        title = block.text
    elif isinstance(block, Paragraph):
        title = plain(block.spans)
    shown = _FORBIDDEN.sub("?", title)[:_SHOWN]
    return f"{part}第 {index} 块（{_KINDS.get(type(block), '?')}{f'“{shown}”' if shown else ''}）"


def _clean_text(value: str, where: str, one_line: bool) -> str:
    found = _FORBIDDEN.search(value)
    if found:
        raise WordError(
            f"{where}：第 {found.start() + 1} 个字是不能写入 Word 的控制字符 "
            f"U+{ord(found[0]):04X}，请删去后重试"
        )
    value = _LINE_ENDS.sub("\n", value)
    return _ONE_LINE.sub(" ", value).strip() if one_line else value


def _clean(value: T, where: str, one_line: bool = True) -> T:
    """The same value with all its texts cleaned; a span may hold several lines, a title not."""
    if isinstance(value, str):
        return _clean_text(value, where, one_line)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_clean(item, where, one_line) for item in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        several = isinstance(value, Span)
        changed: dict[str, Any] = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            new = _clean(old, where, one_line=not several)
            if new != old:
                changed[field.name] = new
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _check_table(table: Table, where: str) -> None:
    columns = len(table.widths)
    if not columns or not all(math.isfinite(w) and w > 0 for w in table.widths):
        raise WordError(f"{where}：列宽须为正数，现为 {table.widths}")
    if table.header and len(table.header) != columns:
        raise WordError(f"{where}：表头 {len(table.header)} 栏，列宽 {columns} 栏，二者须一致")
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) != columns:
            raise WordError(f"{where}第 {number} 行：有 {len(row.cells)} 格，应为 {columns} 格")


def _check_block(block: Block, where: str) -> None:
    if isinstance(block, Table):
        _check_table(block, where)
    elif isinstance(block, Heading) and block.level not in LEVELS:
        raise WordError(f"{where}：标题级别须为 1–4，现为 {block.level}")
    elif isinstance(block, Contents) and block.depth not in LEVELS:
        raise WordError(f"{where}：目录深度须为 1–4，现为 {block.depth}")


def _anchors(block: Block) -> Iterator[str]:
    """The anchors a block defines, in document order."""
    anchor = getattr(block, "anchor", None)
    if anchor is not None:
        yield anchor
    if isinstance(block, Table):
        yield from (row.anchor for row in block.rows if row.anchor is not None)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _spans(getattr(value, field.name))


def anchors_of(document: Document) -> tuple[str, ...]:
    """All anchors in document order."""
    return tuple(
        anchor for block in (*document.front, *document.body) for anchor in _anchors(block)
    )


def _check_references(named: list[tuple[str, Block]]) -> None:
    owner: dict[str, str] = {}
    for where, block in named:
        for anchor in _anchors(block):
            if not _ANCHOR.match(anchor):
                raise WordError(f"{where}：锚点“{anchor}”只能用字母、数字、下划线和连字符")
            if anchor in owner:
                raise WordError(f"{where}：锚点“{anchor}”已用于{owner[anchor]}")
            owner[anchor] = where
    for where, block in named:
        for span in _spans(block):
            if span.page and span.target is None:
                raise WordError(f"{where}：页码引用“{span.text}”没有指明目标锚点")
            if span.target is not None and span.target not in owner:
                raise WordError(f"{where}：链接指向不存在的锚点“{span.target}”")


def clean_document(document: Document) -> Document:
    """The document with clean texts.

    Raises:
        WordError: a text, table or reference cannot be set; the message names the block.
    """
    named: list[tuple[str, Block]] = []
    parts: dict[str, tuple[Block, ...]] = {}
    named_parts = (("front", "前置部分", document.front), ("body", "正文", document.body))
    for key, part, blocks in named_parts:
        kept = []
        for index, block in enumerate(blocks, start=1):
            where = _name(block, part, index)
            cleaned = _clean(block, where)
            _check_block(cleaned, where)
            named.append((where, cleaned))
            kept.append(cleaned)
        parts[key] = tuple(kept)
    _check_references(named)
    properties = {
        name: _clean(getattr(document, name), f"文档属性 {name}")
        for name in ("title", "issuer", "subject", "watermark")
    }
    return dataclasses.replace(document, front=parts["front"], body=parts["body"], **properties)
