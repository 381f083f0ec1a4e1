"""Open a .docx from anywhere, safely: sizes first, then parts, and no outside entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from .errors import WordError
from .oxml import Element, local_name, qualified

MAX_BYTES = 100 * 1024 * 1024  # of all members, unpacked
MAX_RATIO = 200
RATIO_FROM = 1024 * 1024  # smaller members may pack as well as they like
MAX_MEMBERS = 2000
MAIN = "word/document.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML parts of ``word/`` by member name, and the main part's relationships by id."""

    xml: dict[str, Element]
    targets: dict[str, str]

    @property
    def main(self) -> Element:
        """The root of the main part."""
        return self.xml[MAIN]

    def named(self, name: str) -> Element | None:
        """A part such as ``word/styles.xml``, or None."""
        return self.xml.get(name)


def value(element: Element | None, name: str = "w:val") -> str | None:
    """An attribute, or None if the element or the attribute is missing."""
    return None if element is None else element.get(qualified(name))


def _check_sizes(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise WordError(f"文件内含 {len(members)} 个成员，超过 {MAX_MEMBERS} 个，不予打开")
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise WordError("文件解压后超过 100 MB，不予打开")
    for member in members:
        packed = max(1, member.compress_size)
        if member.file_size > RATIO_FROM and member.file_size / packed > MAX_RATIO:
            raise WordError(f"成员 {member.filename} 的压缩比异常，不予打开")


def _parse(name: str, data: bytes) -> Element:
    if b"<!DOCTYPE" in data:
        raise WordError(f"{name} 含有 DOCTYPE 声明，不予打开")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise WordError(f"{name} 不是完整的 XML：{error}") from error


def read_parts(source: Path | str | bytes) -> Parts:
    """The parts of a .docx.

    Raises:
        WordError: not a .docx, damaged, or of a suspicious size.
        OSError: the file cannot be read.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            xml = {
                name: _parse(name, archive.read(name))
                for name in archive.namelist()
                if name.startswith("word/") and name.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise WordError(f"不是完整的 .docx 文件：{error}") from error
    if MAIN not in xml or local_name(xml[MAIN]) != "document":
        raise WordError("不是 Word 文档：缺少 word/document.xml")
    relations = xml.get("word/_rels/document.xml.rels")
    targets: dict[str, str] = {}
    if relations is not None:
        for relation in relations.iter(_RELATIONSHIP):
            targets[relation.get("Id")] = f"word/{relation.get('Target')}"
    return Parts({name: root for name, root in xml.items() if name.endswith(".xml")}, targets)
