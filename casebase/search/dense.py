"""Nearest vectors by inner product (faiss), with the traps of the library closed.

Exact up to 200,000 vectors, HNSW (Malkov & Yashunin 2018) above; both can be forced, so can IVF.
Vectors lie in a plain ``.npy`` file; a faiss file exists only for HNSW and IVF and is read only
after its checksum was compared, since faiss accepts a file with a flipped bit without a word.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from casebase.search.encoder import Vectors, checked_vectors
from casebase.search.errors import IndexCorruptError, SearchError

Kind = Literal["flat", "hnsw", "ivf"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: From this many vectors on, ``auto`` means HNSW.
APPROXIMATE_FROM = 200_000
_LINKS, _EF_CONSTRUCTION, _EF_SEARCH, _NPROBE = 32, 100, 256, 64
_FILE = "dense.faiss"
#: Limit for one vector inside a faiss file: 64 GiB. Far above need, far below an overflow.
_LIMIT = 1 << 36
_LOOPS = 1 << 30


def choose_kind(count: int, wanted: str | None = None) -> Kind:
    """The kind of index for ``count`` vectors; ``wanted`` wins.

    :raises SearchError: ``wanted`` is no kind.
    """
    if wanted in (None, "", "auto"):
        return "flat" if count <= APPROXIMATE_FROM else "hnsw"
    for kind in KINDS:
        if wanted == kind:
            return kind
    raise SearchError(f"没有这种向量索引：{wanted}。可选：auto、{'、'.join(KINDS)}。")


class DenseIndex:
    """Unit vectors with a faiss index over them; ids are row numbers."""

    def __init__(self, vectors: Vectors, kind: Kind, index: Any = None) -> None:
        self.vectors, self.kind = vectors, kind
        self._index = index if index is not None else _build(vectors, kind)

    def __len__(self) -> int:
        return len(self.vectors)

    def search(self, queries: Vectors, k: int) -> list[list[tuple[int, float]]]:
        """For each query the ``k`` nearest rows as (row, inner product), best first, ties by row.

        ``k`` may exceed the number of vectors. Asking for most of them is answered exactly.

        :raises EncoderError: a query is not finite or zero.
        """
        if not len(self) or k <= 0 or not len(queries):
            return [[] for _ in range(len(queries))]
        queries = checked_vectors(np.atleast_2d(queries), self.vectors.shape[1])
        k = min(k, len(self))
        if self.kind != "flat" and 2 * k > len(self):
            scores = queries @ self.vectors.T
            return [_sorted(np.arange(len(self)), row)[:k] for row in scores]
        self._widen(k)
        scores, ids = self._index.search(queries, k)
        return [_sorted(i[i >= 0], s[i >= 0]) for s, i in zip(scores, ids, strict=True)]

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Exact inner products of one query with chosen rows."""
        return np.asarray(self.vectors[rows] @ query, np.float32)

    def save(self, folder: Path) -> None:
        """Write ``vectors.npy`` and, unless flat, the faiss file."""
        np.save(folder / "vectors.npy", self.vectors, allow_pickle=False)
        if self.kind != "flat":
            import faiss

            data = faiss.serialize_index(self._index)  # faiss itself cannot write Chinese paths
            (folder / _FILE).write_bytes(data.tobytes())

    @classmethod
    def load(cls, folder: Path, kind: Kind, dim: int) -> DenseIndex:
        """Read what :meth:`save` wrote; the caller has compared the checksums.

        :raises IndexCorruptError: the parts do not fit together.
        """
        try:
            vectors = np.load(folder / "vectors.npy", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise IndexCorruptError(f"向量文件读不出：{error}") from error
        if vectors.ndim != 2 or vectors.shape[1] != dim or vectors.dtype != np.float32:
            raise IndexCorruptError("向量文件形状不对")
        if kind == "flat":
            return cls(vectors, kind)
        index = _read(folder / _FILE)
        if index.ntotal != len(vectors) or index.d != dim:
            raise IndexCorruptError("向量索引与向量文件对不上")
        return cls(vectors, kind, index)

    def _widen(self, k: int) -> None:
        """HNSW looks at ``efSearch`` candidates: never fewer than asked for."""
        if self.kind == "hnsw":
            import faiss

            inner: Any = faiss.downcast_index(self._index.index)
            inner.hnsw.efSearch = max(_EF_SEARCH, k)


def _build(vectors: Vectors, kind: Kind) -> Any:
    import faiss

    count, dim = vectors.shape
    inner: Any
    if kind == "hnsw":
        inner = faiss.IndexHNSWFlat(dim, _LINKS, faiss.METRIC_INNER_PRODUCT)
        inner.hnsw.efConstruction = _EF_CONSTRUCTION
        inner.hnsw.efSearch = _EF_SEARCH
    elif kind == "ivf":
        lists = max(1, min(int(4 * count**0.5), count // 39))
        inner = faiss.index_factory(dim, f"IVF{lists},Flat", faiss.METRIC_INNER_PRODUCT)
        if count:
            inner.train(vectors)
        inner.nprobe = _NPROBE
    else:
        inner = faiss.IndexFlatIP(dim)
    index = faiss.IndexIDMap2(inner)
    inner.this.disown()
    index.own_fields = True
    if count:
        index.add_with_ids(vectors, np.arange(count, dtype=np.int64))
    return index


def _read(path: Path) -> Any:
    import faiss

    try:
        faiss.set_deserialization_vector_byte_limit(_LIMIT)
        faiss.set_deserialization_loop_limit(_LOOPS)
        data = np.frombuffer(path.read_bytes(), np.uint8)
        return faiss.deserialize_index(data)
    except (OSError, RuntimeError) as error:
        raise IndexCorruptError(f"向量索引读不出：{str(error)[:120]}") from error


def _sorted(rows: NDArray[np.int64], scores: NDArray[np.float32]) -> list[tuple[int, float]]:
    order = np.lexsort((rows, -scores))
    return [(int(rows[at]), float(scores[at])) for at in order]
