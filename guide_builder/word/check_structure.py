"""Is the file one that Word opens without repair: order, ids, references, fields, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .bookmarks import MAX_NAME
from .oxml import Element, R, W, local_name
from .reading import Parts, value
from .schema import ORDER

_BOOKMARK = re.compile(r"[^\W\d]\w*\Z")
_REFERENCE = re.compile(r"\s*(PAGEREF|REF)\s+(\S+)")
_STYLE_REFERENCES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
_EDGE_MARKS = {"bookmarkStart", "bookmarkEnd"}


def check_structure(parts: Parts) -> list[str]:
    """All findings on structure, in Chinese, in the order of the parts."""
    found: list[str] = []
    for name, root in parts.xml.items():
        found += [f"{name}：{text}" for text in (*_order(root), *_fields(root), *_tables(root))]
    found += _styles(parts)
    found += _bookmarks(parts)
    found += _references(parts)
    found += _settings(parts)
    return found


def _order(root: Element) -> Iterator[str]:
    for parent in root.iter(f"{W}*"):
        order = ORDER.get(local_name(parent))
        if order is None:
            continue
        last, previous = -1, ""
        for child in parent:
            name = local_name(child)
            if not str(child.tag).startswith(W):
                continue
            if name not in order:
                yield f"w:{local_name(parent)} 内不应有 w:{name}"
                continue
            if order[name] < last:
                yield f"w:{local_name(parent)} 内 w:{name} 应在 w:{previous} 之前"
            last, previous = max(last, order[name]), name


def _fields(root: Element) -> Iterator[str]:
    depth = 0
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0:
            yield "域的结束标记多于开始标记"
            depth = 0
        if mark.get(f"{W}dirty") in ("1", "true", "on"):
            yield "域标有 w:dirty，打开时会提示更新"
    if depth:
        yield "域没有结束标记"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        rows = table.findall(f"{W}tr")
        if not rows:
            yield "表格没有行"
        for number, row in enumerate(rows, start=1):
            spans = [
                int(value(cell.find(f"{W}tcPr/{W}gridSpan")) or 1) for cell in row.findall(f"{W}tc")
            ]
            if sum(spans) != columns:
                yield f"表格第 {number} 行有 {sum(spans)} 格，表格定义为 {columns} 栏"
        following = next(
            (item for item in table.itersiblings() if local_name(item) not in _EDGE_MARKS), None
        )
        if following is not None and local_name(following) == "tbl":
            yield "两个表格之间没有段落，Word 会将其合并"
    for cell in root.iter(f"{W}tc"):
        if not len(cell) or local_name(cell[-1]) != "p":
            yield "单元格不以段落结尾"


def _styles(parts: Parts) -> list[str]:
    styles = parts.named("word/styles.xml")
    if styles is None:
        return ["缺少 word/styles.xml"]
    ids = [style.get(f"{W}styleId") for style in styles.iter(f"{W}style")]
    found = [f"样式 {name} 重复定义" for name, count in Counter(ids).items() if count > 1]
    used = {
        value(reference)
        for root in parts.xml.values()
        for tag in _STYLE_REFERENCES
        for reference in root.iter(f"{W}{tag}")
    }
    return found + [f"样式 {name} 未定义" for name in sorted(map(str, used - set(ids)))]


def _bookmarks(parts: Parts) -> list[str]:
    found: list[str] = []
    starts = list(parts.main.iter(f"{W}bookmarkStart"))
    ends = [end.get(f"{W}id") for end in parts.main.iter(f"{W}bookmarkEnd")]
    ids = [start.get(f"{W}id") for start in starts]
    names = [str(start.get(f"{W}name")) for start in starts]
    found += [f"书签编号 {number} 重复" for number, count in Counter(ids).items() if count > 1]
    if sorted(map(str, ids)) != sorted(map(str, ends)):
        found.append("书签的开始与结束不成对")
    folded = Counter(name.casefold() for name in names)
    found += [f"书签名 {name} 重复" for name, count in folded.items() if count > 1]
    for name in names:
        if len(name) > MAX_NAME:
            found.append(f"书签名 {name} 超过 {MAX_NAME} 个字符")
        if not _BOOKMARK.match(name):
            found.append(f"书签名 {name} 只能由字母、数字、下划线组成，且不以数字开头")
    return found


def _references(parts: Parts) -> list[str]:
    found: list[str] = []
    names = {start.get(f"{W}name") for start in parts.main.iter(f"{W}bookmarkStart")}
    for link in parts.main.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor is not None and anchor not in names:
            found.append(f"链接指向不存在的书签 {anchor}")
    for code in parts.main.iter(f"{W}instrText"):
        match = _REFERENCE.match(code.text or "")
        if match and match[2] not in names:
            found.append(f"{match[1]} 域指向不存在的书签 {match[2]}")
    for element in parts.main.iter():
        for attribute, target in element.attrib.items():
            if attribute in (f"{R}id", f"{R}embed") and target not in parts.targets:
                found.append(f"关系 {target} 不存在")
    shapes = Counter(
        element.get("id")
        for root in parts.xml.values()
        for element in root.iter("{*}shape", "{*}rect", "{*}docPr")
        if element.get("id")
    )
    return found + [f"图形编号 {name} 重复" for name, count in shapes.items() if count > 1]


def _settings(parts: Parts) -> list[str]:
    settings = parts.named("word/settings.xml")
    if settings is None:
        return ["缺少 word/settings.xml"]
    if settings.find(f"{W}updateFields") is not None:
        return ["设有 w:updateFields，打开时会提示更新域"]
    return []
