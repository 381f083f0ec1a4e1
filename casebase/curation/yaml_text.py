"""Values as YAML text in the style of the bundled records.

No line is folded. Long prose stands as a ``|-`` block, short ids in a flow list, a citation on
one line. A text is quoted where our strict reader, or any other YAML reader, could take it for
something else.
"""

from __future__ import annotations

import json
import re
from typing import Any

from casebase.curation.io import Key, Keys
from casebase.curation.keys import is_date, order_of

#: Texts that always stand as a block, and values that always stand on one line.
_BLOCKS = {("处办要旨",), ("基本案情",), ("评析",), ("现行法提示",)}
_FLOWS = {("关键词",), ("金额",), ("培训", "能力"), ("相似案例",)}

_WORDS = frozenset(["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n"])
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9_]*[0-9_.:eExXoObBa-fA-F+-]*|[-+]?\.(?:inf|nan)", re.I)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`=<")
#: Characters that a text file, a reader or an editor may change; they are written as escapes.
_UNSAFE = re.compile(
    "[^\\u0020-\\u007e\\u00a0-\\u200a\\u2010-\\u2027\\u2030-\\u205f\\u2070-\\ud7ff\\ue000-\\ufdcf"
    "\\ufdf0-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010fffd]"
)


def scalar(value: Any, keys: Keys = (), *, flow: bool = False, style: str | None = None) -> str:
    """One value on one line.

    Args:
        keys: where it stands; a bare year is left unquoted where the model reads a date.
        flow: inside ``[…]`` or ``{…}``, where commas and brackets have to be quoted.
        style: the quotes it had before (``'`` or ``"``), kept where they still will do.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if not isinstance(value, str):
        return repr(value)
    if _UNSAFE.search(value) or style == '"':
        return _double_quoted(value)
    if style != "'" and (_is_plain(value, keys, flow=flow)):
        return value
    return "'" + value.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return _UNSAFE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"


def _is_plain(text: str, keys: Keys, *, flow: bool) -> bool:
    if not text or text != text.strip() or text.startswith(_INDICATORS):
        return False
    if text.lower() in _WORDS or ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and re.search(r"[,\[\]{}:#]", text):
        return False
    if is_date(keys) and re.fullmatch(r"[1-9][0-9]{3}", text):
        return True
    if _DATE.fullmatch(text):
        return is_date(keys)
    return not _NUMBER.fullmatch(text)


def block_lines(text: str, indent: int) -> list[str] | None:
    """``text`` as a literal block: header, then its lines; ``None`` where that would change it."""
    body = text.removesuffix("\n")
    if not body.strip() or body.endswith("\n") or body.startswith((" ", "\t", "\n")):
        return None
    lines = body.split("\n")
    if any(_UNSAFE.search(line) or line.startswith("\t") for line in lines):
        return None
    if any(line and not line.strip() for line in lines):
        return None
    pad = " " * indent
    return ["|-" if body == text else "|", *(pad + line if line else "" for line in lines)]


def flow_text(value: Any, keys: Keys) -> str:
    """Any value on one line, as ``[…]``, ``{…}`` or a scalar."""
    if isinstance(value, dict):
        pairs = (f"{scalar(k, flow=True)}: {flow_text(v, (*keys, k))}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow_text(v, (*keys, i)) for i, v in enumerate(value)) + "]"
    return scalar(value, keys, flow=True)


def ordered(value: Any, keys: Keys = ()) -> Any:
    """Plain data with the keys of every mapping in the order of the model."""
    if isinstance(value, dict):
        order = order_of(keys)
        names = sorted(value, key=lambda name: order.get(name, len(order)))
        return {name: ordered(value[name], (*keys, name)) for name in names}
    if isinstance(value, list):
        return [ordered(item, (*keys, i)) for i, item in enumerate(value)]
    return value


def entry_lines(key: Key, value: Any, parent: Keys, indent: int) -> list[str]:
    """The lines of ``key: value`` in a block mapping at ``indent`` columns; no line ends."""
    keys = (*parent, key)
    head = " " * indent + scalar(key) + ":"
    if isinstance(value, dict | list) and value and not _on_one_line(value, keys):
        if isinstance(value, dict):
            inner = [entry_lines(k, v, keys, indent + 2) for k, v in value.items()]
        else:
            inner = [item_lines(v, (*keys, i), indent + 2) for i, v in enumerate(value)]
        return [head, *(line for lines in inner for line in lines)]
    first, *rest = value_lines(value, keys, indent + 2)
    return [f"{head} {first}", *rest]


def item_lines(value: Any, keys: Keys, indent: int) -> list[str]:
    """The lines of one ``- value`` of a block list whose dash stands at ``indent``."""
    pad = " " * indent
    if isinstance(value, dict) and value and not _on_one_line(value, keys):
        lines = [line for k, v in value.items() for line in entry_lines(k, v, keys, indent + 2)]
        return [f"{pad}- {lines[0].lstrip(' ')}", *lines[1:]]
    first, *rest = value_lines(value, keys, indent + 2)
    return [f"{pad}- {first}", *rest]


def value_lines(value: Any, keys: Keys, indent: int) -> list[str]:
    """A value that begins on the line of its key; a block's lines stand at ``indent``."""
    if isinstance(value, dict | list):
        return [flow_text(value, keys)]
    if isinstance(value, str) and ("\n" in value or keys in _BLOCKS):
        lines = block_lines(value, indent)
        if lines:
            return lines
    return [scalar(value, keys)]


def _on_one_line(value: Any, keys: Keys) -> bool:
    names = tuple(key for key in keys if isinstance(key, str))
    if names in _FLOWS:
        return True
    if isinstance(value, list) and names[:-1] == ("分类",):
        return True
    return isinstance(value, dict) and names == ("法律依据",)
