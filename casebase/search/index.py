"""The index on disk: immutable generations, one pointer, nothing trusted unchecked.

``<cache>/index/<slot>/<generation>/`` holds one complete index; ``CURRENT`` names the one in use.
A build writes a new generation under a unique name and then moves the pointer, so that readers
always see a whole one and a killed build leaves only an orphan. Every file's sha256 stands in the
manifest and is compared before the file is read. Vectors come from the embedding cache, so only
new or changed records are encoded.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebase.model import Case, Taxonomy
from casebase.search.dense import DenseIndex, choose_kind
from casebase.search.embeddings import EmbeddingCache
from casebase.search.encoder import Encoder, Vectors
from casebase.search.errors import IndexCorruptError, SearchError
from casebase.search.lexical import LexicalIndex
from casebase.search.paths import (
    Progress,
    cache_dir,
    new_folder,
    sha256_file,
    silent,
    sweep,
    write_bytes,
    write_json,
)
from casebase.search.records import (
    Entry,
    dump_entries,
    dump_taxonomies,
    entry,
    load_entries,
    load_taxonomies,
)
from casebase.search.text import mirror, passages, term_text, weighted_terms

FORMAT = 1
#: Vocabularies that queries are held against.
DETECTED = ("subject", "issue")

#: Replaced generations live on this long for readers that are still opening them.
_KEEP_SECONDS = 600.0

_MANIFEST, _CURRENT, _SOURCE = "manifest.json", "CURRENT", "SOURCE"


@dataclass(frozen=True)
class SearchIndex:
    """A complete index in memory.

    ``owners[row]`` is the record of a passage, ``fields[row]`` its part of the case;
    ``mirrors[record]`` is the vector for comparing cases with each other; ``term_vectors`` those
    of the vocabularies' entries.
    """

    encoder_id: str
    dim: int
    corpus: str
    entries: list[Entry]
    taxonomies: dict[str, Taxonomy]
    statute_names: dict[str, str]
    lexical: LexicalIndex
    dense: DenseIndex
    owners: NDArray[np.int32]
    fields: NDArray[np.int8]
    mirrors: Vectors
    term_vectors: dict[str, Vectors]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)


class IndexStore:
    """Builds, keeps and opens the indexes of one cache folder.

    :param slot: name of the casebase (its folder, as a rule); each encoder has its own place.
    """

    def __init__(
        self,
        encoder_id: str,
        *,
        cache: str | os.PathLike[str] | None = None,
        slot: str = "",
    ) -> None:
        self.cache = cache_dir(cache)
        name = hashlib.sha256(f"{slot}\0{encoder_id}".encode()).hexdigest()[:16]
        self.folder = self.cache / "index" / name
        self.encoder_id = encoder_id

    def exists(self) -> bool:
        """Whether an index was ever finished here."""
        return (self.folder / _CURRENT).exists()

    def source(self) -> tuple[str, str] | None:
        """Token and note stored with the current index by :meth:`mark`; ``None`` without one."""
        try:
            generation, token, note = (self.folder / _SOURCE).read_text("utf-8").split("\n", 2)
            return (token, note) if generation == self._current_name() else None
        except (OSError, ValueError, IndexCorruptError):
            return None

    def mark(self, token: str, note: str = "") -> None:
        """Remember that the current index was made from the files described by ``token``."""
        write_bytes(self.folder / _SOURCE, f"{self._current_name()}\n{token}\n{note}".encode())

    def manifest(self) -> dict[str, Any]:
        """The manifest of the current index.

        :raises IndexCorruptError: there is none, or it cannot be read.
        """
        try:
            path = self.folder / self._current_name() / _MANIFEST
            value = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise IndexCorruptError("还没有建立索引") from None
        except (OSError, ValueError) as error:
            raise IndexCorruptError(f"索引目录读不出：{error}") from error
        if not isinstance(value, dict):
            raise IndexCorruptError("索引目录内容不对")
        return value

    def open(self) -> SearchIndex:
        """The current index, checked.

        :raises IndexCorruptError: missing, damaged, or of another format or encoder.
        """
        manifest = self.manifest()
        folder = self.folder / self._current_name()
        try:
            if manifest["format"] != FORMAT:
                raise IndexCorruptError("索引由其他版本的程序建立")
            if manifest["encoder"] != self.encoder_id:
                raise IndexCorruptError("索引由其他编码模型建立")
            for name, digest in manifest["files"].items():
                if Path(name).name != name or sha256_file(folder / name) != digest:
                    raise IndexCorruptError(f"索引文件 {name} 已损坏")
            return _load(folder, manifest)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexCorruptError(f"索引不完整：{error}") from error

    def update(
        self,
        cases: Sequence[Case],
        taxonomies: Mapping[str, Taxonomy],
        encoder: Encoder,
        *,
        statute_names: Mapping[str, str] | None = None,
        kind: str | None = None,
        progress: Progress = silent,
    ) -> SearchIndex:
        """The index of exactly these cases: the current one if it fits, else a new one.

        :param statute_names: how to call the laws cited, by id (for display only).
        :raises SearchError: two cases share an id, or the encoder is not the store's.
        """
        if encoder.id != self.encoder_id:
            raise SearchError(f"编码模型不符：索引为 {self.encoder_id}，给的是 {encoder.id}")
        ids = [case.id for case in cases]
        if len(set(ids)) != len(ids):
            twice = sorted({name for name in ids if ids.count(name) > 1})
            raise SearchError(f"案例编号重复：{'、'.join(twice[:5])}，请先改正再建索引。")
        ordered = sorted(cases, key=lambda case: case.id)
        names = dict(sorted((statute_names or {}).items()))
        corpus = corpus_hash(ordered, taxonomies, names)
        notes: tuple[str, ...] = ()
        try:
            current = self.open()
            if current.corpus == corpus and kind in (None, "", "auto", current.dense.kind):
                return current
        except IndexCorruptError as error:
            if self.exists():
                notes = (f"{error}，已重新建立。",)
        self._build(
            ordered, taxonomies, encoder, names, corpus=corpus, kind=kind, progress=progress
        )
        built = self.open()
        return SearchIndex(**{**built.__dict__, "notes": notes})

    def _build(
        self,
        cases: Sequence[Case],
        taxonomies: Mapping[str, Taxonomy],
        encoder: Encoder,
        names: Mapping[str, str],
        *,
        corpus: str,
        kind: str | None,
        progress: Progress,
    ) -> None:
        sweep(self.folder)
        embeddings = EmbeddingCache(self.cache / "embeddings", encoder)
        parts = [
            (row, part) for row, case in enumerate(cases) for part in passages(case, taxonomies)
        ]
        vectors = embeddings.vectors("record", [part.text for _, part in parts], progress)
        mirrored = [mirror(case, taxonomies) for case in cases]
        mirrors = embeddings.vectors("query", mirrored, progress)
        terms = {
            name: embeddings.vectors("record", [term_text(t) for t in taxonomies[name].terms])
            for name in DETECTED
            if name in taxonomies
        }
        lexical = LexicalIndex.build(weighted_terms(case, taxonomies) for case in cases)
        dense = DenseIndex(vectors, choose_kind(len(vectors), kind))
        with new_folder(self.folder) as folder:
            dense.save(folder)
            lexical.save(folder)
            arrays = {f"terms_{name}": value for name, value in terms.items()}
            arrays["mirrors"] = mirrors
            arrays["owners"] = np.array([row for row, _ in parts], np.int32)
            arrays["fields"] = np.array([part.field for _, part in parts], np.int8)
            with (folder / "arrays.npz").open("wb") as handle:
                np.savez(handle, allow_pickle=False, **arrays)
            (folder / "entries.jsonl").write_bytes(dump_entries([entry(case) for case in cases]))
            (folder / "taxonomies.json").write_bytes(dump_taxonomies(taxonomies))
            write_json(folder / "statutes.json", names)
            files = {path.name: sha256_file(path) for path in sorted(folder.iterdir())}
            write_json(
                folder / _MANIFEST,
                {
                    "format": FORMAT,
                    "encoder": encoder.id,
                    "dim": encoder.dim,
                    "kind": dense.kind,
                    "records": len(cases),
                    "passages": len(vectors),
                    "encoded": embeddings.encoded,
                    "corpus": corpus,
                    "files": files,
                },
            )
            self._publish(folder)

    def _publish(self, folder: Path) -> None:
        """Give the generation its name, point to it, remove those nobody needs any more."""
        name = f"g-{uuid.uuid4().hex}"
        folder.replace(self.folder / name)
        try:
            old = self._current_name()
        except (OSError, IndexCorruptError):
            old = ""
        write_bytes(self.folder / _CURRENT, name.encode())
        now = time.time()
        for path in self.folder.glob("g-*"):
            if path.name in (name, old):
                continue
            with contextlib.suppress(OSError):
                if now - path.stat().st_mtime > _KEEP_SECONDS:  # a young one may be moving in
                    shutil.rmtree(path, ignore_errors=True)

    def _current_name(self) -> str:
        try:
            name = (self.folder / _CURRENT).read_text("ascii").strip()
        except ValueError as error:
            raise IndexCorruptError(f"索引指针读不出：{error}") from error
        if not name.startswith("g-") or not name[2:].isalnum():
            raise IndexCorruptError("索引指针内容不对")
        return name


def corpus_hash(
    cases: Sequence[Case], taxonomies: Mapping[str, Taxonomy], names: Mapping[str, str]
) -> str:
    """A hash of all that the index depends on; changes exactly when a record changes."""
    digest = hashlib.sha256(dump_taxonomies(taxonomies))
    digest.update(json.dumps(names, ensure_ascii=False, sort_keys=True).encode())
    for case in cases:
        digest.update(case.model_dump_json(by_alias=True).encode())
    return digest.hexdigest()


def _load(folder: Path, manifest: Mapping[str, Any]) -> SearchIndex:
    dim = int(manifest["dim"])
    with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    entries = load_entries(folder / "entries.jsonl")
    taxonomies = load_taxonomies(folder / "taxonomies.json")
    statutes = json.loads((folder / "statutes.json").read_text(encoding="utf-8"))
    lexical = LexicalIndex.load(folder)
    dense = DenseIndex.load(folder, choose_kind(0, manifest["kind"]), dim)
    owners, fields, mirrors = arrays["owners"], arrays["fields"], arrays["mirrors"]
    sizes = {len(entries), lexical.size, len(mirrors)}
    if len(sizes) != 1 or not len(owners) == len(fields) == len(dense):
        raise IndexCorruptError("索引各部分的数量对不上")
    if len(owners) and not 0 <= int(owners.min()) <= int(owners.max()) < len(entries):
        raise IndexCorruptError("索引指向不存在的案例")
    terms = {name: arrays[f"terms_{name}"] for name in DETECTED if f"terms_{name}" in arrays}
    for name, vectors in terms.items():
        if len(vectors) != len(taxonomies[name].terms):
            raise IndexCorruptError("分类体系的向量数量对不上")
    return SearchIndex(
        encoder_id=str(manifest["encoder"]),
        dim=dim,
        corpus=str(manifest["corpus"]),
        entries=entries,
        taxonomies=taxonomies,
        statute_names={str(key): str(value) for key, value in statutes.items()},
        lexical=lexical,
        dense=dense,
        owners=owners,
        fields=fields,
        mirrors=mirrors,
        term_vectors=terms,
    )
