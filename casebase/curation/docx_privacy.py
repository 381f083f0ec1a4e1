"""Personal data of a .docx outside and inside its text: reported, and cleaned in a copy.

What Word keeps beside the text — author, editor, company, comments, tracked changes, hidden text,
photographs' EXIF, paths of linked files — outlives any masking of the words.
Comments, tracked changes and hidden text are decisions of persons, so a file that holds them is
reported and not cleaned until they are settled in Word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from casebase.curation.docx_text import WRITTEN
from casebase.curation.package import open_package

Edit = tuple[int, int, str]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改人",
    "Company": "单位",
    "Manager": "主管",
    "title": "标题",
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
    "lastPrinted": "打印时间",
    "created": "创建时间",
    "modified": "修改时间",
    "HyperlinkBase": "链接基准",
    "Template": "模板",
}
#: Properties that say when or with what, not who: emptied, but not reported as findings.
_QUIET = ("created", "modified", "lastPrinted", "Template")
_DROPPED = re.compile(r"docProps/(?:custom\.xml|thumbnail\.\w+)$|customXml/")
_LINK = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:home|Users|root|mnt)/)")
_EXIF = (b"Exif\0\0", b"http://ns.adobe.com/xap", b"Photoshop 3.0")


@dataclass(frozen=True)
class Trace:
    """Something a .docx says about persons outside its text.

    Attributes:
        blocks: it has to be settled in Word before a cleaned copy can be written.
    """

    label: str
    detail: str
    blocks: bool = False


def traces(data: bytes) -> tuple[Trace, ...]:
    """What ``data`` holds beside its text.

    Raises:
        UnreadableFileError: not a .docx.
    """
    with open_package(data, WRITTEN) as package:
        found: list[Trace] = []
        for name in package.namelist():
            part = package.read(name)
            if name in ("docProps/core.xml", "docProps/app.xml"):
                found.extend(_properties(part))
            elif name == "docProps/custom.xml":
                found.append(Trace("自定义属性", _shortly(_plain_text(part))))
            elif re.match(r"word/comments\w*\.xml$", name):
                count = part.count(b"<w:comment ")
                if count:
                    found.append(Trace("批注", f"{count} 条", blocks=True))
            elif name.endswith(".rels"):
                found.extend(_links(part))
            elif name.startswith("word/media/"):
                found.extend(_picture(name, part))
            elif re.search(r"word/embeddings/", name):
                found.append(Trace("嵌入文件", name.rsplit("/", 1)[-1], blocks=True))
            if _TEXT_PART.match(name):
                found.extend(_in_text(part))
    return tuple(dict.fromkeys(found))


def paragraphs(data: bytes) -> list[str]:
    """The text of every paragraph of body, headers, footers and notes, in order."""
    with open_package(data, WRITTEN) as package:
        return [
            _joined(paragraph)
            for name in package.namelist()
            if _TEXT_PART.match(name)
            for paragraph in _parse(package.read(name)).iter(_W + "p")
        ]


def cleaned(data: bytes, edits: Sequence[Sequence[Edit]]) -> bytes:
    """A copy with text replaced inside its runs, and properties, EXIF and custom parts emptied.

    Args:
        edits: for each of :func:`paragraphs`, the ``(start, end, replacement)`` to carry out.
    """
    waiting = iter(edits)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for info in package.infolist():
            name = info.filename
            if _DROPPED.match(name):
                continue
            part = package.read(name)
            if name in ("docProps/core.xml", "docProps/app.xml"):
                part = _emptied(part)
            elif name.endswith(".rels") or name == "[Content_Types].xml":
                part = _without_dropped(part)
            elif name.startswith("word/media/"):
                part = _bare_picture(part)
            elif _TEXT_PART.match(name):
                part = _edited(part, waiting)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, part)
    return target.getvalue()


def _parse(part: bytes) -> Any:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _write(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph that are its own (not those of a box inside it)."""
    return [
        node
        for node in paragraph.iter(_W + "t")
        if next(node.iterancestors(_W + "p"), None) is paragraph
    ]


def _joined(paragraph: Any) -> str:
    return "".join((node.text or "").replace("\n", " ") for node in _texts(paragraph))


def _properties(part: bytes) -> Iterator[Trace]:
    for node in _parse(part):
        name = etree.QName(node).localname
        text = (node.text or "").strip()
        if name in _PROPERTIES and name not in _QUIET and text:
            yield Trace(f"文件属性：{_PROPERTIES[name]}", _shortly(text))


def _emptied(part: bytes) -> bytes:
    root = _parse(part)
    for node in list(root):
        if etree.QName(node).localname in _PROPERTIES:
            root.remove(node)
    return _write(root)


def _in_text(part: bytes) -> Iterator[Trace]:
    root = _parse(part)
    marks = {"ins": "修订：插入", "del": "修订：删除", "moveFrom": "修订：移动"}
    for tag, label in marks.items():
        nodes = list(root.iter(_W + tag))
        if nodes:
            people = dict.fromkeys(node.get(_W + "author") or "" for node in nodes)
            yield Trace(label, f"{len(nodes)} 处，修订人：{'、'.join(people)}", blocks=True)
    hidden = [run for run in root.iter(_W + "r") if run.find(f"{_W}rPr/{_W}vanish") is not None]
    if hidden:
        yield Trace("隐藏文字", f"{len(hidden)} 处", blocks=True)
    codes = " ".join(node.text or "" for node in root.iter(_W + "instrText"))
    for path in re.findall(r"(?:[A-Za-z]:\\|file:///?|/(?:home|Users)/)[^\s\"]+", codes):
        yield Trace("域代码里的路径", _shortly(path), blocks=True)


def _links(part: bytes) -> Iterator[Trace]:
    for node in _parse(part):
        target = node.get("Target") or ""
        if _LINK.match(target):
            yield Trace("链接的本机路径", _shortly(target))


def _without_dropped(part: bytes) -> bytes:
    """Relations and content types without the parts left out; local paths are emptied."""
    root = _parse(part)
    for node in list(root):
        name = (node.get("PartName") or node.get("Target") or "").lstrip("/")
        external = node.get("TargetMode") == "External"
        if not external and _DROPPED.search(name):
            root.remove(node)
        elif _LINK.match(node.get("Target") or ""):
            node.set("Target", "about:blank")
    return _write(root)


def _picture(name: str, part: bytes) -> Iterator[Trace]:
    if any(mark in part[:200_000] for mark in _EXIF):
        where = "，含拍摄地点（GPS）" if b"GPS" in part[:200_000] or _has_gps(part) else ""
        yield Trace("图片的拍摄信息", f"{name.rsplit('/', 1)[-1]}{where}")


def _has_gps(part: bytes) -> bool:
    """The GPS tag (0x8825) in the first directory of the EXIF block."""
    at = part.find(b"Exif\0\0")
    block = part[at + 6 : at + 65_000] if at >= 0 else b""
    return b"\x88\x25\x00\x04" in block or b"\x25\x88\x04\x00" in block


def _bare_picture(part: bytes) -> bytes:
    """A JPEG without its APP1 and APP13 segments (EXIF, XMP, Photoshop); others unchanged."""
    if not part.startswith(b"\xff\xd8"):
        return part
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(part) and part[at] == 0xFF and part[at + 1] not in (0xDA, 0xD9):
        size = int.from_bytes(part[at + 2 : at + 4], "big") + 2
        if part[at + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(part[at : at + size])
        at += size
    return b"".join((*kept, part[at:]))


def _edited(part: bytes, waiting: Iterator[Sequence[Edit]]) -> bytes:
    root = _parse(part)
    for paragraph in root.iter(_W + "p"):
        nodes = _texts(paragraph)
        for start, end, words in sorted(next(waiting, ()), reverse=True):
            _replace(nodes, start, end, words)
    for node in root.iter():
        for key in [k for k in node.attrib if k.startswith(_W + "rsid")]:
            del node.attrib[key]
    return _write(root)


def _replace(nodes: list[Any], start: int, end: int, words: str) -> None:
    """Replace ``[start, end)`` of the joined text; the words go into the first run touched."""
    at, put = 0, False
    for node in nodes:
        text = node.text or ""
        a, b = max(start - at, 0), min(end - at, len(text))
        if a < b:
            node.text = text[:a] + ("" if put else words) + text[b:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            put = True
        at += len(text)


def _plain_text(part: bytes) -> str:
    return " ".join(text.strip() for text in _parse(part).itertext() if text.strip())


def _shortly(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
