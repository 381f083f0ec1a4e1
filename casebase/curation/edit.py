"""Changing values inside the text of a record and nothing else.

The parsed nodes tell where every value stands in the text. Only the spans of values that
differ are replaced, so that comments, quotes, order and line ends of all else stay as they
were. The result is read again and compared before it is handed out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebase.curation import yaml_text
from casebase.curation.io import Keys, parse_yaml
from casebase.curation.keys import canonical, order_of, plain
from casebase.errors import CasebaseError

BOM = "\ufeff"
_BLANK_END = re.compile(r"(?:\r?\n[ \t]*)+\Z")
_COMMENT = re.compile(r"(?:^|\s)#")

Pair = tuple[ScalarNode, Node]


def replace_values(text: str, new: dict[str, Any]) -> str:
    """``text`` (no BOM) with the values that differ from ``new``, plain data, changed.

    Raises:
        CasebaseError: ``text`` is no mapping, or a comment stands where a list on one line
            would have to be written anew.
    """
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    node = reader.compose(text)
    old = plain(parse_yaml(text).data)
    if not isinstance(node, MappingNode) or not isinstance(old, dict):
        raise CasebaseError("文件不是一件案例记录（应由“栏目: 内容”组成），没有改动。")
    editor = _Editor(text, "\r\n" if "\r\n" in text else "\n")
    editor.mapping(node, old, new, ())
    return editor.result()


def _is_nothing(node: Node) -> bool:
    """Whether a value is left out altogether (``key:``)."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


@dataclass
class _Editor:
    text: str
    newline: str
    edits: list[tuple[int, int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        parts, at = [], 0
        for start, end, _, new in sorted(self.edits):
            if start < at:
                raise CasebaseError("记录的写法太特殊，不能自动改动。请用记事本修改。")
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at:]])

    def replace(self, start: int, end: int, new: str) -> None:
        self.edits.append((start, end, len(self.edits), new))

    # mappings

    # what is inserted at one place comes inner values first, then their parent's new keys
    def mapping(self, node: MappingNode, old: Any, new: dict[str, Any], keys: Keys) -> None:
        pairs: dict[str, Pair] = {str(k.value): (k, v) for k, v in node.value}
        was, now = canonical(old, keys), canonical(new, keys)
        gone = [key for key in was if key not in now]
        come = [key for key in new if key in now and key not in pairs]
        if node.flow_style and (gone or come):
            self.rewrite(node, new, keys)
            return
        for key, item in new.items():
            if key in pairs and key in now and was.get(key) != now[key]:
                self.value(pairs[key], old.get(key), item, (*keys, key), flow=bool(node.flow_style))
        for key in gone:
            self.remove_entry(node, pairs, key)
        for key in come:
            self.insert_entry(node, pairs, key, new[key], keys)

    def value(self, pair: Pair, old: Any, new: Any, keys: Keys, *, flow: bool) -> None:
        key, node = pair
        if self.inside(node, old, new, keys):
            return
        if flow:
            self.replace(node.start_mark.index, node.end_mark.index, yaml_text.flow_text(new, keys))
            return
        indent = key.start_mark.column
        if isinstance(node, ScalarNode) and not isinstance(new, dict | list):
            start = self.entry_end(pair) if _is_nothing(node) else node.start_mark.index
            self.scalar(node, start, new, keys, indent + 2)
            return
        lines = yaml_text.entry_lines(keys[-1], new, keys[:-1], indent)
        lines[0] = lines[0][indent:]
        self.replace(key.start_mark.index, self.entry_end(pair), self.newline.join(lines))

    def inside(self, node: Node, old: Any, new: Any, keys: Keys) -> bool:
        """Edit within a mapping or list that stays one; ``False`` where it does not."""
        if isinstance(node, MappingNode) and isinstance(new, dict) and node.value:
            self.mapping(node, old or {}, new, keys)
        elif isinstance(node, SequenceNode) and isinstance(new, list) and node.value:
            self.sequence(node, old, new, keys)
        else:
            return False
        return True

    def remove_entry(self, node: MappingNode, pairs: dict[str, Pair], key: str) -> None:
        name, _ = pairs[key]
        start = self.line_start(name)
        if self.text[start : name.start_mark.index].strip():  # «- key: …»: the next key moves up
            names = [k for k, _ in node.value]
            following = names[names.index(name) + 1 :]
            if not following:
                raise CasebaseError(f"不能单独删去“{key}”：该项只有这一个栏目。")
            self.replace(name.start_mark.index, following[0].start_mark.index, "")
        else:
            self.replace(start, self.next_line(self.entry_end(pairs[key])), "")

    def insert_entry(
        self, node: MappingNode, pairs: dict[str, Pair], key: str, value: Any, keys: Keys
    ) -> None:
        order = order_of(keys)
        place = order.get(key, len(order))
        before = [k for k in pairs if order.get(k, len(order)) < place]
        first = next(iter(pairs))
        lines = yaml_text.entry_lines(key, value, keys, node.start_mark.column)
        start = self.line_start(pairs[first][0])
        if before:
            nearest = max(before, key=lambda k: order.get(k, len(order)))
            self.insert_after(self.entry_end(pairs[nearest]), lines)
        elif self.text[start : pairs[first][0].start_mark.index].strip():
            self.insert_after(self.entry_end(pairs[first]), lines)
        else:
            self.insert_lines(start, lines)

    # lists

    def sequence(self, node: SequenceNode, old: Any, new: list[Any], keys: Keys) -> None:
        was = [json.dumps(item, sort_keys=True) for item in canonical(old, keys)]
        now = [json.dumps(item, sort_keys=True) for item in canonical(new, keys)]
        if node.flow_style:
            if len(was) != len(now):
                self.rewrite(node, new, keys)
                return
            for i in (i for i in range(len(now)) if was[i] != now[i]):
                self.flow_item(node.value[i], old[i], new[i], (*keys, i))
            return
        matcher = SequenceMatcher(None, was, now, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                continue
            both = min(b - a, d - c)
            for i in range(both):
                self.item(node, a + i, old[a + i], new[c + i], (*keys, c + i))
            for i in range(a + both, b):
                start = self.line_start(node.value[i])
                self.replace(start, self.next_line(self.end_of(node.value[i])), "")
            self.insert_items(node, a + both, new[c + both : d], keys)

    def flow_item(self, node: Node, old: Any, new: Any, keys: Keys) -> None:
        if not self.inside(node, old, new, keys):
            text = yaml_text.flow_text(new, keys)
            self.replace(node.start_mark.index, node.end_mark.index, text)

    def item(self, node: SequenceNode, at: int, old: Any, new: Any, keys: Keys) -> None:
        child, dash = node.value[at], node.start_mark.column
        if self.inside(child, old, new, keys):
            return
        if isinstance(child, ScalarNode) and not isinstance(new, dict | list):
            self.scalar(child, child.start_mark.index, new, keys, dash + 2)
            return
        lines = yaml_text.item_lines(new, keys, dash)
        start = self.line_start(child)
        self.replace(start, self.end_of(child), self.newline.join(lines))

    def insert_items(self, node: SequenceNode, at: int, items: list[Any], keys: Keys) -> None:
        dash = node.start_mark.column
        lines = [line for v in items for line in yaml_text.item_lines(v, (*keys, at), dash)]
        if not lines:
            return
        if at:
            self.insert_after(self.end_of(node.value[at - 1]), lines)
        else:
            self.insert_lines(self.line_start(node.value[0]), lines)

    # values and places

    def scalar(self, node: ScalarNode, start: int, new: Any, keys: Keys, indent: int) -> None:
        end = start if _is_nothing(node) else self.end_of(node)
        in_block = node.style in ("|", ">")
        alone = not self.text[end : self.next_line(end)].strip()
        lines = None
        if isinstance(new, str) and (in_block or ("\n" in new and alone)):
            lines = yaml_text.block_lines(new, self.block_indent(node) or indent)
        quotes = node.style if node.style in ("'", '"') and isinstance(new, str) else None
        if lines and in_block:  # the header keeps its comment
            header = self.text[start : self.next_line(start)].rstrip("\r\n")
            lines[0] = header if header.split()[0] == lines[0] else lines[0]
        words = lines or [yaml_text.scalar(new, keys, style=quotes)]
        gap = " " if start == end and self.text[start - 1 : start] not in (" ", "") else ""
        self.replace(start, end, gap + self.newline.join(words))

    def block_indent(self, node: ScalarNode) -> int | None:
        """The columns at which the lines of a block stand now."""
        if node.style not in ("|", ">"):
            return None
        for line in self.text[node.start_mark.index : self.end_of(node)].split("\n")[1:]:
            if line.strip():
                return len(line) - len(line.lstrip(" "))
        return None

    def rewrite(self, node: Node, new: Any, keys: Keys) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        if "\n" in self.text[start:end] and _COMMENT.search(self.text[start:end]):
            place = ".".join(map(str, keys))
            raise CasebaseError(f"“{place}”的方括号（花括号）里有注释，请用记事本修改这一处。")
        self.replace(start, end, yaml_text.flow_text(new, keys))

    def end_of(self, node: Node) -> int:
        """The index after the last character of a value, without trailing blank lines."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, ScalarNode):
            if node.style in ("|", ">"):
                end = start + len(_BLANK_END.sub("", self.text[start:end]))
            return int(end)
        if isinstance(node, MappingNode) and node.value and not node.flow_style:
            return self.entry_end(node.value[-1])
        if isinstance(node, SequenceNode) and node.value and not node.flow_style:
            return self.end_of(node.value[-1])
        return int(end)

    def entry_end(self, pair: Pair) -> int:
        """As :meth:`end_of`; an empty value ends at the colon (its mark is the next token's)."""
        key, value = pair
        if _is_nothing(value):
            return self.text.index(":", key.end_mark.index) + 1
        return self.end_of(value)

    def line_start(self, node: Node) -> int:
        return self.text.rfind("\n", 0, node.start_mark.index) + 1

    def next_line(self, at: int) -> int:
        found = self.text.find("\n", at)
        return found + 1 if found >= 0 else len(self.text)

    def insert_after(self, end: int, lines: list[str]) -> None:
        """Insert whole lines below the line that holds ``end``."""
        at = self.next_line(end)
        if self.text[:at].endswith("\n"):
            self.insert_lines(at, lines)
        else:
            self.replace(at, at, self.newline + self.newline.join(lines))

    def insert_lines(self, at: int, lines: list[str]) -> None:
        self.replace(at, at, "".join(line + self.newline for line in lines))
