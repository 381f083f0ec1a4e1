"""The index on disk: what is rebuilt when, and what is never trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casebase.model import Case, Taxonomy
from casebase.search.dense import DenseIndex, choose_kind
from casebase.search.errors import IndexCorruptError, SearchError
from casebase.search.index import IndexStore

Taxonomies = dict[str, Taxonomy]


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    return IndexStore("fake/1", cache=tmp_path, slot="t")


def test_only_changed_records_are_encoded(
    store: IndexStore,
    cases: list[Case],
    taxonomies: Taxonomies,
    encoder: Any,
    new_case: Callable[..., Case],
) -> None:
    store.update(cases, taxonomies, encoder)
    assert encoder.texts
    encoder.texts.clear()
    store.update(list(reversed(cases)), taxonomies, encoder)
    assert encoder.texts == []  # nothing changed, order does not matter
    changed = [*cases[:-1], new_case(5, 基本案情="沙发弹簧断了，商家推脱。")]
    index = store.update(changed, taxonomies, encoder)
    assert encoder.texts
    assert all("沙发" in text or "健身" in text for text in encoder.texts)
    assert len(index) == len(cases)
    encoder.texts.clear()
    store.update(cases, taxonomies, encoder)  # back again: all known
    assert encoder.texts == []


def test_an_index_built_in_steps_equals_one_built_at_once(
    tmp_path: Path, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    stepwise = IndexStore("fake/1", cache=tmp_path / "a")
    for end in (2, 4, 5):
        stepwise.update(cases[:end], taxonomies, encoder)
    atonce = IndexStore("fake/1", cache=tmp_path / "b")
    atonce.update(cases, taxonomies, encoder)
    assert stepwise.manifest()["files"] == atonce.manifest()["files"]


def files_of(store: IndexStore) -> list[Path]:
    return sorted(next(iter(store.folder.glob("g-*"))).iterdir())


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "gone"])
def test_any_damaged_file_is_noticed_and_rebuilt(
    store: IndexStore, cases: list[Case], taxonomies: Taxonomies, encoder: Any, harm: str
) -> None:
    store.update(cases, taxonomies, encoder)
    for name in [path.name for path in files_of(store)]:
        path = store.folder / (store.folder / "CURRENT").read_text() / name
        data = path.read_bytes()
        if harm == "flip":
            middle = len(data) // 2
            path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        elif harm == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif harm == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
        if name != "manifest.json":
            with pytest.raises(IndexCorruptError):
                store.open()
        index = store.update(cases, taxonomies, encoder)
        assert len(index) == len(cases)
        if name != "manifest.json":
            assert any("重新建立" in note for note in index.notes)


def test_leftovers_of_killed_builders_neither_harm_nor_stay(
    store: IndexStore, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    orphan = store.folder / ".tmp-1-dead"
    orphan.mkdir(parents=True)
    (orphan / "vectors.npy").write_bytes(b"half")
    half = store.folder / "g-00000000000000000000000000000000"
    half.mkdir()
    old = time.time() - 30 * 24 * 3600
    for path in (orphan, half):
        os.utime(path, (old, old))
    assert len(store.update(cases, taxonomies, encoder)) == len(cases)
    assert not orphan.exists()
    assert not half.exists()


def test_a_pointer_to_elsewhere_is_not_followed(
    store: IndexStore, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    store.update(cases, taxonomies, encoder)
    (store.folder / "CURRENT").write_text("../../etc", encoding="utf-8")
    with pytest.raises(IndexCorruptError):
        store.open()
    assert len(store.update(cases, taxonomies, encoder)) == len(cases)


def test_a_damaged_embedding_segment_is_encoded_anew(
    store: IndexStore, tmp_path: Path, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    store.update(cases, taxonomies, encoder)
    for segment in (tmp_path / "embeddings").rglob("*.npz"):
        segment.write_bytes(segment.read_bytes()[:-9])
    encoder.texts.clear()
    store.update(cases[:3], taxonomies, encoder)
    assert encoder.texts


def test_another_encoder_never_sees_this_index(
    store: IndexStore, tmp_path: Path, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    store.update(cases, taxonomies, encoder)
    other = IndexStore("other/1", cache=tmp_path, slot="t")
    with pytest.raises(IndexCorruptError, match="还没有"):
        other.open()
    with pytest.raises(SearchError, match="编码模型不符"):
        other.update(cases, taxonomies, encoder)


def test_two_cases_with_one_id_are_refused(
    store: IndexStore, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    with pytest.raises(SearchError, match="编号重复"):
        store.update([*cases, cases[0]], taxonomies, encoder)


def test_an_empty_casebase_has_an_index_too(
    store: IndexStore, taxonomies: Taxonomies, encoder: Any
) -> None:
    assert len(store.update([], taxonomies, encoder)) == 0


def test_the_source_mark_belongs_to_one_generation(
    store: IndexStore, cases: list[Case], taxonomies: Taxonomies, encoder: Any
) -> None:
    store.update(cases, taxonomies, encoder)
    store.mark("token", "说明")
    assert store.source() == ("token", "说明")
    store.update(cases[:2], taxonomies, encoder)
    assert store.source() is None


@pytest.mark.parametrize("kind", ["flat", "hnsw", "ivf"])
def test_all_kinds_of_vector_index_find_the_nearest(kind: str, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(3000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    built = DenseIndex(vectors, choose_kind(len(vectors), kind))
    folder = tmp_path / "中文 文件夹"
    folder.mkdir()
    built.save(folder)
    loaded = DenseIndex.load(folder, built.kind, 32)
    exact = np.argsort(-(vectors[:20] @ vectors.T), axis=1)[:, :5]
    found = loaded.search(vectors[:20], 5)
    share = np.mean(
        [len({r for r, _ in f} & set(e)) / 5 for f, e in zip(found, exact, strict=True)]
    )
    assert share > 0.9
    assert len(loaded.search(vectors[:1], 10**6)[0]) == 3000  # k > n


def test_vectors_that_are_none_are_refused() -> None:
    index = DenseIndex(np.eye(4, dtype=np.float32), "flat")
    for bad in (np.zeros((1, 4)), np.full((1, 4), np.nan), np.full((1, 4), np.inf)):
        with pytest.raises(SearchError):
            index.search(bad.astype(np.float32), 2)
    assert DenseIndex(np.empty((0, 4), np.float32), "flat").search(np.eye(4, dtype=np.float32), 3)
    with pytest.raises(SearchError, match="没有这种"):
        choose_kind(3, "lsh")
    assert choose_kind(200_001) == "hnsw"
