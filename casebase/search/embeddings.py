"""Vectors by text: what was encoded once is never encoded again.

Append-only segment files, one a few thousand texts, each named by the hash of its bytes. A build
that is killed goes on from its last segment; a damaged segment is dropped and its texts encoded
anew.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from casebase.search.encoder import Encoder, Vectors, empty_vectors
from casebase.search.paths import Progress, silent, sweep, write_bytes
from casebase.search.text import text_key

Kind = Literal["query", "record"]

_SEGMENT = 2000
_MERGE_FROM = 8


class EmbeddingCache:
    """The vectors one encoder has made, in ``folder``."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        slug = hashlib.sha256(encoder.id.encode()).hexdigest()[:16]
        self._folder = folder / slug
        self._known: dict[bytes, int] = {}
        self._vectors: list[Vectors] = []
        self._count = 0
        self.encoded = 0
        self._load()

    def vectors(self, kind: Kind, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """(len(texts), dim) vectors, encoding only what is not known yet."""
        keys = [text_key(kind, text) for text in texts]
        given = dict(zip(keys, texts, strict=True))
        missing = {key: text for key, text in given.items() if key not in self._known}
        names = list(missing)
        encode = self._encoder.encode_queries if kind == "query" else self._encoder.encode_records
        for start in range(0, len(names), _SEGMENT):
            part = names[start : start + _SEGMENT]
            made = encode([missing[key] for key in part], _shifted(progress, start, len(names)))
            self.encoded += len(part)
            self._add(part, made)
            self._save(part, made)
        if not keys:
            return empty_vectors(self._encoder.dim)
        table = np.vstack(self._vectors)
        return np.ascontiguousarray(table[[self._known[key] for key in keys]])

    def _add(self, keys: list[bytes], vectors: Vectors) -> None:
        for offset, key in enumerate(keys):
            self._known[key] = self._count + offset
        self._vectors.append(vectors)
        self._count += len(keys)

    def _save(self, keys: list[bytes], vectors: Vectors) -> Path:
        buffer = io.BytesIO()
        names = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16)
        np.savez(buffer, allow_pickle=False, keys=names, vectors=vectors)
        data = buffer.getvalue()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(data).hexdigest()}.npz"
        write_bytes(path, data)
        return path

    def _load(self) -> None:
        paths = sorted(self._folder.glob("*.npz")) if self._folder.is_dir() else []
        for path in paths:
            try:
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() != path.stem:
                    raise ValueError("checksum")
                with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                    names, vectors = stored["keys"], np.asarray(stored["vectors"], np.float32)
                if names.shape != (len(vectors), 16) or vectors.shape[1:] != (self._encoder.dim,):
                    raise ValueError("shape")
            except (OSError, ValueError, KeyError):
                path.unlink(missing_ok=True)
                continue
            self._add([bytes(name) for name in names], vectors)
        if len(paths) >= _MERGE_FROM and self._known:
            self._merge(paths)

    def _merge(self, paths: list[Path]) -> None:
        """Many small segments into one; readers of the old ones simply encode again."""
        sweep(self._folder)
        table = np.vstack(self._vectors)
        keys = list(self._known)
        merged = self._save(keys, np.ascontiguousarray(table[[self._known[key] for key in keys]]))
        for path in paths:
            if path != merged:
                path.unlink(missing_ok=True)


def _shifted(progress: Progress, start: int, total: int) -> Progress:
    """Progress of one segment, told as progress of the whole."""
    return lambda what, done, _: progress(what, start + done, total)
