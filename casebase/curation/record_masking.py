"""Masking inside the texts of a record file, every other byte as it was.

The file is not written anew from its data (that would change quotes, comments and line breaks):
each word is looked up in the stretch of the file that holds its text. What cannot be found exactly,
as over a folded line or behind an escape, is shown but never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebase.curation import privacy
from casebase.curation.io import Keys, UnreadableFileError, parse_yaml
from casebase.curation.privacy import PrivateSpan
from casebase.errors import CasebaseError

#: Links to the public source are meant to be there.
_OPEN: tuple[Keys, ...] = (("来源", "网址"),)

#: Dates of law and of publication stay whole.
_DATED = ("来源", "来源原引", "审核", "法律依据", "现行法提示")


@dataclass(frozen=True)
class Place:
    """A proposal and where it stands in the file; ``start`` is ``None`` where that is unsure."""

    keys: Keys
    span: PrivateSpan
    replacement: str
    start: int | None

    @property
    def end(self) -> int | None:
        """The place after the words in the file."""
        return None if self.start is None else self.start + len(self.span.text)


@dataclass(frozen=True)
class _Value:
    keys: Keys
    text: str
    start: int
    end: int


def places(text: str, *, dates: bool = False) -> tuple[Place, ...]:
    """Proposals for every text of a record file; names agree throughout the record.

    Raises:
        UnreadableFileError: not a record.
    """
    parse_yaml(text)
    values = [value for value in _values(text) if value.keys not in _OPEN]
    starts = [0, *accumulate(len(value.text) + 1 for value in values)]
    spans = [
        PrivateSpan(start + span.start, start + span.end, span.kind, span.text)
        for value, start, found in zip(
            values, starts, privacy.find_each([value.text for value in values]), strict=False
        )
        for span in (
            *found,
            *_dates(value.text, found, wanted=dates and value.keys[0] not in _DATED),
        )
    ]
    proposals = privacy.propose("\n".join(value.text for value in values), sorted(spans))
    return tuple(_placed(text, values, starts, proposals))


def with_places(text: str, chosen: Iterable[Place]) -> str:
    """``text`` with the chosen proposals carried out.

    Raises:
        CasebaseError: a place is unsure, or the file would no longer read as it should.
    """
    chosen = tuple(chosen)
    new = text
    for place in sorted(chosen, key=lambda p: -(p.start or 0)):
        if place.start is None:
            raise CasebaseError(
                f"在文件里找不准“{place.span.text}”（{'.'.join(map(str, place.keys))}）："
                "这段文字折了行或者用了转义。没有改动文件，请手工修改这一处。"
            )
        new = new[: place.start] + place.replacement + new[place.start + len(place.span.text) :]
    if not _same_elsewhere(text, new, {place.keys for place in chosen}):
        raise CasebaseError("改后的文件读出来与预期不符，没有改动文件，请手工修改。")
    return new


def _same_elsewhere(old: str, new: str, changed: set[Keys]) -> bool:
    """Whether the new file is a record whose other texts are as they were."""
    try:
        parse_yaml(new)
    except UnreadableFileError:
        return False
    before = {value.keys: value.text for value in _values(old)}
    after = {value.keys: value.text for value in _values(new)}
    return before.keys() == after.keys() and all(
        after[keys] == text for keys, text in before.items() if keys not in changed
    )


def _dates(text: str, found: Sequence[PrivateSpan], *, wanted: bool) -> Iterator[PrivateSpan]:
    if wanted:
        yield from (
            date
            for date in privacy.dates(text)
            if not any(span.start < date.end and date.start < span.end for span in found)
        )


def _placed(
    text: str,
    values: Sequence[_Value],
    starts: Sequence[int],
    proposals: Iterable[privacy.Proposal],
) -> Iterator[Place]:
    at = 0
    for proposal in proposals:
        while at + 1 < len(values) and starts[at + 1] <= proposal.span.start:
            at += 1
        value, offset = values[at], proposal.span.start - starts[at]
        found = _locate(text[value.start : value.end], value.text, proposal.span.text, offset)
        start = None if found is None else value.start + found
        yield Place(value.keys, proposal.span, proposal.replacement, start)


def _locate(raw: str, value: str, words: str, offset: int) -> int | None:
    """Where ``words`` at ``offset`` of a value stands in its written form: the same occurrence."""
    if raw.count(words) != value.count(words):
        return None
    at = -1
    for _ in range(value.count(words, 0, offset) + 1):
        at = raw.find(words, at + 1 if at < 0 else at + len(words))
    return at if at >= 0 else None


def _values(text: str) -> Iterator[_Value]:
    """Every text of a YAML file with its place."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    node = reader.compose(text)
    if node is not None:
        yield from _under(node, ())


def _under(node: Node, keys: Keys) -> Iterator[_Value]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _under(value, (*keys, str(key.value)))
    elif isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            yield from _under(value, (*keys, at))
    elif isinstance(node, ScalarNode):
        yield _Value(keys, str(node.value), node.start_mark.index, node.end_mark.index)
