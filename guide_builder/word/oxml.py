"""WordprocessingML elements: one short way to make them, always in schema order."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from .schema import ORDER

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element: TypeAlias = etree._Element
Value: TypeAlias = str | int | float


def qualified(name: str) -> str:
    """``w:p`` as lxml's ``{namespace}p``; a name without prefix is returned as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def node(tag: str, *children: Element | None, **attributes: Value) -> Element:
    """An element ``prefix:name``; children that are None are left out.

    Attributes of ``w:`` elements are in the same namespace; ``r_id`` gives ``r:id``. The
    children of elements with a fixed order (:data:`.schema.ORDER`) are sorted.
    """
    prefix, _, local = tag.partition(":")
    made = etree.Element(qualified(tag), nsmap={prefix: NAMESPACES[prefix]})
    for key, value in attributes.items():
        name = key.replace("_", ":", 1)
        if ":" not in name and prefix == "w":
            name = f"w:{name}"
        made.set(qualified(name), str(value))
    present = [child for child in children if child is not None]
    order = ORDER.get(local) if prefix == "w" else None
    if order is not None:
        present.sort(key=lambda child: order[local_name(child)])
    made.extend(present)
    return made


def flag(tag: str, on: bool = True) -> Element | None:
    """A switch such as ``w:keepNext``, or None when it is off."""
    return node(tag) if on else None


def text_node(tag: str, value: str) -> Element:
    """An element whose text keeps its blanks (``w:t``, ``w:instrText``)."""
    made = node(tag)
    made.text = value
    made.set(XML_SPACE, "preserve")
    return made


def local_name(element: Element) -> str:
    """The tag without namespace; comments and the like give an empty string."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def root(tag: str, *children: Element | None) -> Element:
    """The root element of a part, with all namespaces declared once."""
    made = etree.Element(qualified(tag), nsmap=NAMESPACES)
    made.extend([child for child in children if child is not None])
    return made


def serialize(element: Element) -> bytes:
    """A part's bytes, as Word writes them: UTF-8, standalone, no extra white space."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=list(NAMESPACES))
    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
