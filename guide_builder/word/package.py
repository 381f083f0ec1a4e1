"""The .docx package: parts, relationships, and a zip whose bytes depend on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from . import standard as gb
from .oxml import Element, node, root, serialize

ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
_FILE_MODE = 0o100644 << 16
_UNIX = 3
_COMPAT = "http://schemas.microsoft.com/office/word"
_PROPERTY_LIMIT = 255  # python-docx refuses longer properties
_BOOL_COMPAT = ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone",
                "ulTrailSpace", "doNotExpandShiftReturn", "useFELayout")  # fmt: skip
DEFAULT_STAMP = datetime(2000, 1, 1)
"""Created and modified, unless given: no clock is read."""


def settings_part() -> Element:
    """``word/settings.xml``: odd and even pages differ, punctuation is not squeezed."""
    return root(
        "w:settings",
        node("w:zoom", percent=100),
        node("w:bordersDoNotSurroundHeader"),
        node("w:bordersDoNotSurroundFooter"),
        node("w:defaultTabStop", val=gb.TWO_CHARS),
        node("w:evenAndOddHeaders"),
        node("w:characterSpacingControl", val="doNotCompress"),
        node(
            "w:compat",
            *(node(f"w:{name}") for name in _BOOL_COMPAT),
            node("w:compatSetting", name="compatibilityMode", uri=_COMPAT, val=15),
        ),
        node("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def font_part() -> Element:
    """``word/fontTable.xml``: what Word may take when a font of the standard is missing."""
    return root(
        "w:fonts",
        *(
            node(
                "w:font",
                node("w:altName", val=font.substitutes),
                node("w:charset", val="86"),
                node("w:family", val=font.family),
                node("w:pitch", val=font.pitch),
                name=font.name,
            )
            for font in gb.FONTS
        ),
    )


def build_package(
    body: Callable[[Mapping[str, str]], Element],
    furniture: Mapping[str, Element],
    styles: Element,
    properties: Mapping[str, str],
    stamp: datetime,
) -> bytes:
    """The bytes of the .docx.

    ``furniture`` are headers and footers by key (those of headers begin with ``header``);
    ``body`` makes the main part's root from their relationship ids;
    ``properties`` are core properties (author, title, subject).
    """
    package = OpcPackage()
    main = Part(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, None, package)  # type: ignore[arg-type]
    package.relate_to(main, RT.OFFICE_DOCUMENT)

    def add(name: str, content_type: str, kind: str, content: Element) -> str:
        uri = PackURI(f"/word/{name}.xml")
        part = Part(uri, content_type, serialize(content), package)  # type: ignore[arg-type]
        return main.relate_to(part, kind)

    add("styles", CT.WML_STYLES, RT.STYLES, styles)
    add("settings", CT.WML_SETTINGS, RT.SETTINGS, settings_part())
    add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, font_part())
    ids: dict[str, str] = {}
    for number, (key, content) in enumerate(furniture.items(), start=1):
        header = key.startswith("header")
        kind, content_type = (RT.HEADER, CT.WML_HEADER) if header else (RT.FOOTER, CT.WML_FOOTER)
        ids[key] = add(f"{'header' if header else 'footer'}{number}", content_type, kind, content)
    main._blob = serialize(body(ids))
    _set_properties(package, properties, stamp)
    stream = io.BytesIO()
    package.save(stream)
    return fixed_zip(stream.getvalue())


def _set_properties(package: OpcPackage, values: Mapping[str, str], stamp: datetime) -> None:
    core = package.core_properties
    for name, value in values.items():
        setattr(core, name, value[:_PROPERTY_LIMIT])
    core.last_modified_by = core.author
    core.language = "zh-CN"
    core.revision = 1
    core.created = core.modified = stamp


def fixed_zip(data: bytes) -> bytes:
    """The same members, sorted, with fixed dates and attributes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist()):
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system = _UNIX
            info.external_attr = _FILE_MODE
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return made.getvalue()
