"""Open a searcher over a casebase: encoder, index, freshness."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebase.curation.layout import records_root
from casebase.model.review import SHOWN
from casebase.search.encoder import encoder_id, open_encoder
from casebase.search.errors import IndexCorruptError
from casebase.search.index import IndexStore, SearchIndex
from casebase.search.paths import Progress, silent
from casebase.search.service import Searcher

if TYPE_CHECKING:
    from casebase.curation.store import Casebase


def open_searcher(
    base: Casebase | None = None,
    *,
    records: Path | None = None,
    model: str | None = None,
    cache: str | os.PathLike[str] | None = None,
    kind: str | None = None,
    progress: Progress = silent,
) -> Searcher:
    """A searcher whose index is up to date with the casebase; built or updated if it is not.

    :param base: an open casebase; without it the folder ``records`` is read, and not even that
        if no file in it has changed since the index was made.
    :param model: see :func:`casebase.search.encoder.open_encoder`.
    :param cache: folder for the index; the default is the program's cache folder.
    :param kind: ``auto``, ``flat``, ``hnsw`` or ``ivf``.
    :raises CasebaseError: the casebase, the model or the request is at fault.
    """
    encoder = open_encoder(model, progress=progress)
    root = base.root if base else records_root(records)
    store = IndexStore(encoder.id, cache=cache, slot=str(root))
    token = folder_token(root)
    damaged = ""
    known = store.source()
    if base is None and kind is None and known and known[0] == token:
        try:
            return Searcher(_noted(store.open(), known[1], encoder.note), encoder)
        except IndexCorruptError as error:
            damaged = f"{error}，已重新建立。"
    if base is None:
        from casebase.curation.store import open_casebase

        base = open_casebase(records)
    index = store.update(
        [case for case in base.cases if case.review.status in SHOWN],
        base.taxonomies,
        encoder,
        statute_names={
            statute.id: statute.title.removeprefix("中华人民共和国") for statute in base.statutes
        },
        kind=kind,
        progress=progress,
    )
    unread = len(base.findings)
    note = f"有 {unread} 处记录读不出，未进索引；请运行 caseguide check。" if unread else ""
    store.mark(token, note)
    return Searcher(_noted(index, damaged, note, encoder.note), encoder)


def folder_token(root: Path) -> str:
    """Names, sizes and times of the files that the index is made from, in one hash."""
    digest = hashlib.sha256()
    for part in ("cases", "taxonomy", "law/statutes"):
        for folder, names, files in os.walk(root / part):
            names.sort()
            for name in sorted(files):
                path = Path(folder) / name
                state = path.stat()
                line = f"{path.relative_to(root).as_posix()}|{state.st_size}|{state.st_mtime_ns}\n"
                digest.update(line.encode())
    return digest.hexdigest()


def _noted(index: SearchIndex, *notes: str) -> SearchIndex:
    """The index with further notes; empty and repeated ones are left out."""
    every = dict.fromkeys(note for note in (*index.notes, *notes) if note)
    return replace(index, notes=tuple(every))


def index_status(
    records: Path | None = None,
    *,
    model: str | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> dict[str, Any]:
    """What there is on disk: ``state`` is 没有, 损坏, 过期 or 最新; nothing is built."""
    root = records_root(records)
    store = IndexStore(encoder_id(model), cache=cache, slot=str(root))
    state: dict[str, Any] = {"encoder": store.encoder_id, "folder": str(store.folder)}
    if not store.exists():
        return {"state": "没有", **state}
    try:
        manifest = store.manifest()
        index = store.open()
    except IndexCorruptError as error:
        return {"state": "损坏", "problem": str(error), **state}
    known = store.source()
    fresh = known is not None and known[0] == folder_token(root)
    return {
        "state": "最新" if fresh else "过期",
        **state,
        "records": len(index),
        "passages": len(index.dense),
        "kind": index.dense.kind,
        "format": manifest["format"],
    }
