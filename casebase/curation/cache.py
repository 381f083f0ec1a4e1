"""Parsed YAML by content hash, so that unchanged files are parsed once.

Strict YAML in pure Python costs milliseconds a record; plain JSON costs microseconds. A
document is kept as JSON text, so that a record is validated straight from it and line numbers
are read only where something has to be reported. The cache is derived: a missing, foreign or
broken one is simply filled again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from casebase.curation import io

_FORMAT = "caseguide-parse-3"
_SPARE = 2_000  # entries of other folders that are kept beside those used this time


@dataclass(frozen=True)
class Parsed:
    """A parsed document as JSON text: its data, and the line of each value."""

    data: str
    lines: str

    @classmethod
    def of(cls, document: io.YamlDocument) -> Parsed:
        """A document as it is kept."""
        lines = [[*keys, line] for keys, line in document.lines.items()]
        return cls(json.dumps(document.data, ensure_ascii=False), json.dumps(lines))

    @cached_property
    def document(self) -> io.YamlDocument:
        """The document itself."""
        lines = {tuple(keys): line for *keys, line in json.loads(self.lines)}
        return io.YamlDocument(json.loads(self.data), lines)


class ParseCache:
    """A map from the hash of a file to its parsed document, kept in one JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: dict[str, Any] = {}
        self._changed = False
        try:
            stored = json.loads(path.read_bytes())
            self._stored = stored["entries"] if stored["format"] == _FORMAT else {}
        except (OSError, ValueError, KeyError, TypeError):
            self._stored = {}

    def get(self, digest: str) -> Parsed | None:
        """The document parsed from the file with this hash, if it is known."""
        match self._stored.get(digest):
            case [str(data), str(lines)] as entry:
                self._used[digest] = entry
                return Parsed(data, lines)
        return None

    def put(self, digest: str, document: io.YamlDocument) -> Parsed:
        """Remember a document and return it as it is kept."""
        parsed = Parsed.of(document)
        self._stored[digest] = self._used[digest] = [parsed.data, parsed.lines]
        self._changed = True
        return parsed

    def save(self) -> None:
        """Write the cache if anything was added; a cache that cannot be written is no error."""
        if not self._changed:
            return
        many = len(self._stored) > len(self._used) + _SPARE
        entries = self._used if many else self._stored
        body = json.dumps({"format": _FORMAT, "entries": entries}, ensure_ascii=False)
        try:
            io.write_atomic(self._path, body.encode())
        except OSError:
            return
