"""Recall and precision of the finder on marked sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebase.curation.privacy import PrivateSpan, find_each

_MARK = re.compile(r"\{([A-Z_]+):([^{}]+)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence without its marks, what must be found in it, and why it is there."""

    text: str
    wanted: tuple[PrivateSpan, ...]
    reason: str


@dataclass
class Score:
    """Counts by kind, and the sentences behind what went wrong."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        """Share of the stretches of ``kind`` that are covered by findings, whatever their kind."""
        return self.found[kind] / self.wanted[kind] if self.wanted[kind] else 1.0

    def precision(self, kind: str) -> float:
        """Share of the findings of ``kind`` that touch a marked stretch."""
        return self.right[kind] / self.given[kind] if self.given[kind] else 1.0


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file: text with ``{KIND:stretch}``, a tab, the reason."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        marked, _, reason = line.partition("\t")
        yield parse(marked, reason)


def parse(marked: str, reason: str = "") -> Sentence:
    """A sentence from its marked form."""
    text, wanted, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match[2]
        wanted.append(PrivateSpan(start, len(text), match[1], match[2]))
        at = match.end()
    return Sentence(text + marked[at:], tuple(wanted), reason)


def score(sentences: Iterable[Sentence]) -> Score:
    """How the finder does. A stretch counts as found when every character of it is covered."""
    sentences = list(sentences)
    result = Score()
    answers = find_each([sentence.text for sentence in sentences])
    for sentence, spans in zip(sentences, answers, strict=True):
        covered = {i for span in spans for i in range(span.start, span.end)}
        marked = {i for span in sentence.wanted for i in range(span.start, span.end)}
        for span in sentence.wanted:
            whole = covered.issuperset(range(span.start, span.end))
            whole = whole or "某" in span.text
            result.wanted[span.kind] += 1
            result.found[span.kind] += whole
            if not whole:
                result.missed.append(f"{span.kind} {span.text}｜{sentence.text}")
        for span in spans:
            touches = not marked.isdisjoint(range(span.start, span.end))
            result.given[span.kind] += 1
            result.right[span.kind] += touches
            if not touches:
                result.wrong.append(f"{span.kind} {span.text}｜{sentence.text}")
    return result
