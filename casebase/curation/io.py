"""Files in and out: bounded strict YAML with line numbers, and atomic writes.

Records are edited by hand and mailed between offices, so reading is suspicious: YAML 1.2
only, no aliases, anchors or tags, no duplicate keys, bounded size and depth, no control
characters. What is refused is reported with its line.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebase.errors import CasebaseError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
#: Permissions of a new file: all can read it.
_READABLE = 0o644
#: Pseudo key under which ``lines`` keeps the first line of a text written as a block (``|-``).
BLOCK = "|"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Key = str | int
Keys = tuple[Key, ...]


class UnreadableFileError(CasebaseError):
    """A record file that cannot be read as one record.

    Args:
        code: stable finding code (``CB0xx``).
        line: 1-based line, 0 where the whole file is meant.
    """

    def __init__(self, code: str, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.fix = code, line, message, fix


@dataclass(frozen=True)
class YamlDocument:
    """Plain data read from YAML, and the line on which each value stands."""

    data: Any
    lines: dict[Keys, int] = field(default_factory=dict)

    def line_of(self, keys: Keys) -> int:
        """The line of the value at ``keys``, or of its nearest parent that has one."""
        for end in range(len(keys), -1, -1):
            if keys[:end] in self.lines:
                return self.lines[keys[:end]]
        return 0

    def line_in_text(self, keys: Keys, before: str) -> int:
        """The line, inside the text at ``keys``, that follows its beginning ``before``."""
        first = self.lines.get((*keys, BLOCK))
        return first + before.count("\n") if first else self.line_of(keys)


def read_bounded(path: Path, limit: int = MAX_BYTES) -> str:
    """The text of a record file; :class:`UnreadableFileError` where it is not plain UTF-8."""
    return as_text(read_raw(path, limit))


def read_raw(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file; :class:`UnreadableFileError` where it is larger than a record."""
    size = path.stat().st_size
    if size > limit:
        raise UnreadableFileError(
            "CB002",
            0,
            f"文件有 {size // 1024} KB，超过上限 {limit // 1024} KB",
            "一个文件只写一件记录；附件和图片不要放进记录文件",
        )
    return path.read_bytes()


def as_text(raw: bytes) -> str:
    """The text of a record file; :class:`UnreadableFileError` where it is not plain UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            "CB003", line, "文件不是 UTF-8 编码", "用记事本“另存为”，编码选 UTF-8"
        ) from None
    bad = _CONTROL.search(text.replace("\r\n", "\n"))
    if bad:
        raise UnreadableFileError(
            "CB004",
            bad.string.count("\n", 0, bad.start()) + 1,
            f"含有不可见的控制字符（U+{ord(bad.group()):04X}）",
            "删去该字符；多半是从其他软件粘贴时带入的",
        )
    return text


def parse_yaml(text: str) -> YamlDocument:
    """Parse one YAML 1.2 document into plain data with line numbers.

    Scalars become ``str``, ``int``, ``float``, ``bool`` or ``None``; dates stay text.
    """
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    try:
        _refuse_tricks(reader, text)
        node = reader.compose(text)
    except UnreadableFileError:
        raise
    except (MarkedYAMLError, YAMLError) as error:
        raise _as_unreadable(error) from None
    except RecursionError:
        raise UnreadableFileError("CB005", 0, "嵌套过深", "记录只有两三层，请检查缩进") from None
    if node is None:
        raise UnreadableFileError("CB005", 0, "文件是空的", "补写内容，或者删去该文件")
    lines: dict[Keys, int] = {}
    return YamlDocument(_plain(node, (), lines, reader), lines)


def _refuse_tricks(reader: YAML, text: str) -> None:
    depth = 0
    for event in reader.parse(text):
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or (
            isinstance(event, NodeEvent) and event.anchor is not None
        ):
            raise UnreadableFileError("CB006", line, "使用了锚点或者引用（& *）", "把内容照写一遍")
        if getattr(event, "tag", None) is not None and getattr(event, "ctag", None) is not None:
            tag = event.ctag
            if tag is not None and str(tag) not in ("!",):
                raise UnreadableFileError("CB006", line, f"使用了类型标签（{tag}）", "删去标签")
        if name.endswith("StartEvent") and name[:3] in ("Map", "Seq"):
            depth += 1
            if depth > MAX_DEPTH:
                raise UnreadableFileError("CB005", line, "嵌套过深", "记录只有两三层，请检查缩进")
        elif name.endswith("EndEvent") and name[:3] in ("Map", "Seq"):
            depth -= 1


def _as_unreadable(error: Exception) -> UnreadableFileError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    if isinstance(error, DuplicateKeyError):
        return UnreadableFileError("CB007", line, "同一栏目写了两次", "保留一处，删去另一处")
    problem = getattr(error, "problem", None) or "格式有误"
    return UnreadableFileError(
        "CB005",
        line,
        f"不是合法的 YAML（{problem}）",
        "检查缩进和冒号后的空格；含冒号或以引号开头的内容用单引号括起来",
    )


def _plain(node: Node, keys: Keys, lines: dict[Keys, int], reader: YAML) -> Any:
    lines[keys] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            if key in result:
                raise UnreadableFileError(
                    "CB007",
                    key_node.start_mark.line + 1,
                    f"“{key}”写了两次",
                    "保留一处，删去另一处",
                )
            result[key] = _plain(value_node, (*keys, key), lines, reader)
            lines[(*keys, key)] = key_node.start_mark.line + 1
            if isinstance(value_node, ScalarNode) and value_node.style == "|":
                lines[(*keys, key, BLOCK)] = value_node.start_mark.line + 2
        return result
    if isinstance(node, SequenceNode):
        return [_plain(child, (*keys, i), lines, reader) for i, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    if not isinstance(node, ScalarNode):
        raise UnreadableFileError(
            "CB005", node.start_mark.line + 1, "栏目名不能是列表", "检查缩进和冒号"
        )
    tag = str(node.tag).rsplit(":", 1)[-1]
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    try:
        if tag == "int":
            return int(text, 10)
        if tag == "float":
            return float(text)
    except ValueError:
        return text
    if tag == "bool":
        return text.lower() == "true"
    if tag == "null":
        return None
    return text


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: the old file or the new one, never half of it.

    The permissions of the old file are kept; a new one can be read by all.
    """
    with _written_beside(path, data) as whole:
        whole.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else _READABLE)
        whole.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Make ``path`` with ``data``: whole or not at all, and never in place of another file.

    Of several programs that make the same path at once, one wins.

    Raises:
        FileExistsError: there is such a file (or link) already.
    """
    with _written_beside(path, data) as whole:
        whole.chmod(_READABLE)
        if os.name == "nt":  # renaming never replaces there
            whole.rename(path)
            return
        try:
            os.link(whole, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links (memory sticks, some shares)
            _claim(path)
            whole.replace(path)


def _claim(path: Path) -> None:
    """Take the name ``path``; :class:`FileExistsError` where it is taken."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _READABLE))


@contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """``data`` on disk under a name of its own beside ``path``; gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
