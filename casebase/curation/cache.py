"""Parsed YAML by content hash, so that unchanged files are parsed once.

Strict YAML in pure Python costs milliseconds a record; plain JSON costs microseconds. The
cache is derived: a missing, foreign or broken one is simply filled again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casebase.curation import io

_FORMAT = "caseguide-parse-2"
_MOST = 20_000  # entries; beyond that, those not used this time are dropped


class ParseCache:
    """A map from the hash of a text to its parsed document, kept in one JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: dict[str, Any] = {}
        self._changed = False
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            self._stored = stored["entries"] if stored["format"] == _FORMAT else {}
        except (OSError, ValueError, KeyError, TypeError):
            self._stored = {}

    def get(self, digest: str) -> io.YamlDocument | None:
        """The document parsed from the text with this hash, if it is known."""
        entry = self._stored.get(digest)
        if entry is None:
            return None
        self._used[digest] = entry
        try:
            lines = {tuple(keys): line for *keys, line in entry["lines"]}
            return io.YamlDocument(entry["data"], lines)
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, digest: str, document: io.YamlDocument) -> io.YamlDocument:
        """Remember a document and return it."""
        lines = [[*keys, line] for keys, line in document.lines.items()]
        self._stored[digest] = self._used[digest] = {"data": document.data, "lines": lines}
        self._changed = True
        return document

    def save(self) -> None:
        """Write the cache if anything was added; a cache that cannot be written is no error."""
        if not self._changed:
            return
        entries = self._stored if len(self._stored) <= _MOST else self._used
        body = json.dumps({"format": _FORMAT, "entries": entries}, ensure_ascii=False)
        try:
            io.write_atomic(self._path, body.encode())
        except OSError:
            return
