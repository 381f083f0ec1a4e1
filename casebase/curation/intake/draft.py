"""A draft in the making: its values, what was proposed and why, and what found no place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casebase.curation import io
from casebase.curation.checks.unfilled import open_places
from casebase.curation.intake import words
from casebase.curation.intake.masking import Masked
from casebase.curation.keys import same
from casebase.curation.save import render
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.model.intake import Hint

#: Columns of a remark; a Chinese character takes two.
_WIDTH = 96


@dataclass(frozen=True)
class Proposal:
    """A value that was chosen by rule and that a person has to look at."""

    field: str
    value: str
    reason: str


@dataclass
class Draft:
    """A case that can be written as a record.

    Attributes:
        data: values by Chinese key; what is open says 待填.
        proposals: what was chosen by rule, with the reason.
        unplaced: (label, text) of what found no field.
        omitted: (label, why) of what is never copied.
        masked: what was replaced in the texts.
    """

    data: dict[str, Any]
    proposals: list[Proposal] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    omitted: list[tuple[str, str]] = field(default_factory=list)
    masked: list[Masked] = field(default_factory=list)

    @property
    def open(self) -> list[str]:
        """The fields that are still to be filled in."""
        return list(dict.fromkeys(".".join(map(str, k)) for k in open_places(self.data)))

    def propose(self, name: str, value: str, reason: str) -> None:
        """Note that the field ``name`` (keys joined by dots) was given ``value`` by rule."""
        self.proposals.append(Proposal(name, value, reason))

    def as_text(self, base: Casebase) -> str:
        """The record in house style, with remarks above open and proposed fields.

        Raises:
            CasebaseError: a value that a record cannot hold.
        """
        text = render(self.data)
        lines = text.splitlines()
        document = io.parse_yaml(text)
        above = {
            document.line_of(keys): list(remarks)
            for keys, remarks in self._remarks(base)
            if keys in document.lines
        }
        book = words.hints(base.root)
        out = [f"# {line}" for line in book.opening]
        for number, line in enumerate(lines, start=1):
            pad = line[: len(line) - len(line.lstrip())]
            out += [f"{pad}# {remark}" for remark in above.get(number, ())]
            out.append(line)
        out += self._tail(book.unplaced)
        result = "\n".join(out) + "\n"
        if not same(io.parse_yaml(result).data, self.data):
            raise CasebaseError("草稿读回来与内容不一致，没有保存。请改用空白草稿，手工录入。")
        return result

    def _remarks(self, base: Casebase) -> Iterator[tuple[io.Keys, list[str]]]:
        """(keys, remarks): the hint of a field that is open, the reasons of what was proposed."""
        still_open = self.open
        hints = {hint.field: hint for hint in words.hints(base.root).fields}
        named = dict.fromkeys([*hints, *(p.field for p in self.proposals)])
        for name in named:
            remarks = [
                f"提议：{p.value}（{p.reason}），请核对" for p in self.proposals if p.field == name
            ]
            is_open = any(o == name or o.startswith(f"{name}.") for o in still_open)
            if is_open and name in hints:
                remarks = [*_hint(hints[name], base), *remarks]
            wrapped = [part for remark in remarks for part in _wrapped(remark)]
            yield tuple(name.split(".")), wrapped

    def _tail(self, heading: tuple[str, ...]) -> list[str]:
        if not self.unplaced:
            return []
        out = ["#", *(f"# {line}" for line in heading)]
        for label, text in self.unplaced:
            out.append(f"# 【{label}】")
            out += [f"#   {part}" for line in text.split("\n") for part in _wrapped(line)]
        return out


def _hint(hint: Hint, base: Casebase) -> Iterator[str]:
    text = hint.text
    lengths, counts = base.form.spans(brief=False)
    for spans, unit in ((lengths, "字"), (counts, "项")):
        span = spans.get(hint.field)
        if span is not None:
            text += (
                f"{span.least}—{span.most} {unit}" if span.most else f"不少于 {span.least} {unit}"
            )
    taxonomy = base.taxonomies.get(hint.vocabulary or "")
    if taxonomy is not None:
        yield text
        yield "　".join(f"{t.id} {t.label}；" for t in taxonomy.terms if t.merged_into is None)
        return
    yield text


def _wrapped(text: str) -> list[str]:
    """A remark on lines of bearable width, broken at wide spaces where it has them."""
    lines, line, width = [], "", 0
    for piece in re.split("(　)", text.replace("\n", " ")):
        size = sum(1 if char.isascii() else 2 for char in piece)
        if line and width + size > _WIDTH:
            lines.append(line.strip())
            line, width = "", 0
        for char in piece:
            wide = 1 if char.isascii() else 2
            if width + wide > _WIDTH:
                lines.append(line)
                line, width = "", 0
            line, width = line + char, width + wide
    return [*lines, line.strip()]
