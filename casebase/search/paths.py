"""Where derived files live: one cache folder that can be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from casebase.curation.layout import cache_root

#: ``progress(what, done, total)``; called often, must be cheap.
Progress = Callable[[str, int, int], None]

#: Unfinished builds older than this are swept away; younger ones may belong to a live process.
STALE_SECONDS = 6 * 3600.0
_TEMPORARY = ".tmp-"


def silent(what: str, done: int, total: int) -> None:
    """The progress callback that says nothing."""


def cache_dir(explicit: str | os.PathLike[str] | None = None) -> Path:
    """The cache folder: ``explicit``, else ``CASEGUIDE_CACHE``, else the user's cache folder."""
    return Path(explicit) if explicit else cache_root()


@contextlib.contextmanager
def new_folder(parent: Path) -> Iterator[Path]:
    """A fresh folder with a unique name inside ``parent``; removed if the block fails.

    The block moves it to its final place; a process that is killed leaves an orphan, which
    :func:`sweep` removes later.
    """
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f"{_TEMPORARY}{os.getpid()}-{uuid.uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path, *, older_than: float = STALE_SECONDS) -> None:
    """Remove what killed builders left behind in ``parent``."""
    now = time.time()
    for path in parent.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > older_than:
                shutil.rmtree(path, ignore_errors=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Old or new, never half (see :func:`casebase.curation.io.write_atomic`)."""
    from casebase.curation.io import write_atomic  # loads the YAML reader: only when writing

    write_atomic(path, data)


def write_json(path: Path, value: Any) -> None:
    """``value`` as readable UTF-8 JSON, written atomically."""
    write_bytes(path, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))


def sha256_file(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
