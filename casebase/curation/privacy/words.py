"""The word lists of the privacy finder: data files, read strictly and once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casebase.curation import io, layout

#: Always the lists shipped with the program: a casebase of one's own may hold cases only.
FOLDER = layout.BUNDLED / "privacy"


@cache
def section(file: str, name: str) -> tuple[str, ...]:
    """The words of one list, longest first.

    Args:
        file: stem of a file under ``records/privacy``.
        name: the list's key in that file.
    """
    words = dict.fromkeys(_read(FOLDER / f"{file}.yaml")[name].split())
    return tuple(sorted(words, key=lambda word: -len(word)))


@cache
def characters(file: str, name: str) -> frozenset[str]:
    """The single characters of one list."""
    return frozenset(_read(FOLDER / f"{file}.yaml")[name]) - frozenset(" \n")


@cache
def sections(file: str) -> tuple[str, ...]:
    """The keys of a file, in its order."""
    return tuple(_read(FOLDER / f"{file}.yaml"))


@cache
def _read(path: Path) -> dict[str, str]:
    data = io.parse_yaml(io.read_bounded(path)).data
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise io.UnreadableFileError("CB005", 0, f"{path.name} 应是“栏目: 词 词 词”", "照原样改回")
    return data


@dataclass(frozen=True)
class Surnames:
    """Family names by what they need as evidence."""

    single: frozenset[str]
    wary: frozenset[str]  # also everyday words, so never enough by themselves
    compound: frozenset[str]

    def length(self, text: str, start: int = 0) -> int:
        """How many characters at ``start`` are a family name: 0, 1, 2 or more."""
        for size in (4, 3, 2):
            if text[start : start + size] in self.compound:
                return size
        return 1 if text[start : start + 1] in self.single else 0


@cache
def surnames() -> Surnames:
    """The family names of ``surnames.yaml``."""
    return Surnames(
        characters("surnames", "单姓"),
        characters("surnames", "慎用"),
        frozenset(section("surnames", "复姓")),
    )


def alternatives(words: tuple[str, ...]) -> str:
    """A regular expression that matches any of ``words``, the longest first.

    Written so that the engine can skip ahead by first characters: every branch starts with one.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rests in by_first.items():
        ends = "|".join(re.escape(rest) for rest in sorted(rests, key=len, reverse=True))
        branches.append(re.escape(first) + (f"(?:{ends})" if ends else ""))
    return "|".join(branches)
