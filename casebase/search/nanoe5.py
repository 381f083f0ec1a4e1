"""multilingual-e5-small out of ``e5-small-q4.bin``, as an ordinary SentenceTransformer.

File layout (little endian): ``E5S1``, u32 version, seven i32 (hidden, layers, heads, feed-forward,
vocabulary, positions, token types), f32 layer-norm epsilon, i32 block size; the tokenizer (piece
table with scores, code-point normaliser); a directory of tensors. Matrices are Q4_0: blocks of 32
weights, one fp16 scale and 16 bytes, low nibbles first, minus 8.

Model: Wang et al. 2024, *Multilingual E5 Text Embeddings* (arXiv 2402.05672). Queries carry the
prefix ``query: ``, records ``passage: ``; a wrong prefix costs a quarter of NDCG@10.
"""

from __future__ import annotations

import json
import struct
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from casebase.search.errors import WeightsError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
MAX_TOKENS = 512

_BLOCK = 32
_BLOCK_BYTES = 18
_Q4 = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])
_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class _Entry:
    quantised: bool
    count: int
    offset: int
    size: int


class PackedE5:
    """The parsed file: sizes, tokenizer tables and tensors (dequantised on demand).

    :raises WeightsError: the bytes are not such a file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._parse()
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise WeightsError(f"权重文件结构不符：{error}") from error

    def _parse(self) -> None:
        if self._data[:4] != b"E5S1":
            raise WeightsError("权重文件开头不是 E5S1")
        at = 8
        sizes = struct.unpack_from("<7i", self._data, at)
        self.hidden, self.layers, self.heads, self.inner, self.vocab, self.positions, _ = sizes
        (self.epsilon, block) = struct.unpack_from("<fi", self._data, at + 28)
        if block != _BLOCK:
            raise WeightsError(f"权重文件的块长是 {block}，应为 {_BLOCK}")
        at += 36
        pieces, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", self._data, at)
        (blob_bytes,) = struct.unpack_from("<Q", self._data, at + 20)
        at += 28
        offsets = np.frombuffer(self._data, "<u4", pieces + 1, at).tolist()
        at += 4 * (pieces + 1)
        scores = np.frombuffer(self._data, "<f4", pieces, at).tolist()
        at += 4 * pieces
        blob = self._data[at : at + blob_bytes]
        at += blob_bytes
        self.pieces: list[tuple[str, float]] = [
            (blob[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(pieces)
        ]
        count, size = struct.unpack_from("<iI", self._data, at)
        at += 8
        self.normaliser = _read_normaliser(self._data[at : at + size], count)
        at += size
        self._directory = self._read_directory(at)

    def _read_directory(self, at: int) -> dict[str, _Entry]:
        (count,) = struct.unpack_from("<i", self._data, at)
        at += 4
        directory = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._data[at + 2 : at + 2 + length].decode("ascii")
            at += 2 + length
            number, offset, size = struct.unpack_from("<IQQ", self._data, at + 1)
            at += 21
            if offset + size > len(self._data):
                raise WeightsError(f"权重文件被截断：张量 {name} 超出文件末尾")
            directory[name] = _Entry(size != 4 * number, number, offset, size)
        return directory

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor as flat float32."""
        entry = self._directory[name]
        if not entry.quantised:
            return np.frombuffer(self._data, "<f4", entry.size // 4, entry.offset)
        blocks = np.frombuffer(self._data, _Q4, entry.size // _BLOCK_BYTES, entry.offset)
        return dequantise(blocks)

    def state(self) -> dict[str, NDArray[np.float32]]:
        """Tensors under the names of :class:`transformers.BertModel`, float32, in their shapes."""
        hidden, inner = self.hidden, self.inner
        emb = "embeddings."
        state = {
            emb + "word_embeddings.weight": self.tensor("emb.word").reshape(-1, hidden),
            emb + "position_embeddings.weight": self.tensor("emb.pos").reshape(-1, hidden),
            emb + "token_type_embeddings.weight": self.tensor("emb.type").reshape(-1, hidden),
            emb + "LayerNorm.weight": self.tensor("emb.ln.w"),
            emb + "LayerNorm.bias": self.tensor("emb.ln.b"),
        }
        shapes = {"fi": (inner, hidden), "fo": (hidden, inner)}
        for layer in range(self.layers):
            for short, long in _MATRICES.items():
                key = f"encoder.layer.{layer}.{long}"
                weight = self.tensor(f"l{layer}.{short}.w")
                norm = short.endswith("ln")
                shape = (hidden,) if norm else shapes.get(short, (hidden, hidden))
                state[key + ".weight"] = weight.reshape(shape)
                state[key + ".bias"] = self.tensor(f"l{layer}.{short}.b")
        state["pooler.dense.weight"] = np.zeros(
            (hidden, hidden), np.float32
        )  # unused: mean pooling
        state["pooler.dense.bias"] = np.zeros(hidden, np.float32)
        return state

    @cached_property
    def odd(self) -> dict[str, str]:
        """What the file's normaliser does otherwise than NFKC: control characters, odd spaces."""
        return {
            old: new
            for old, new in self.normaliser.items()
            if unicodedata.normalize("NFKC", old) != new
        }

    @cached_property
    def config(self) -> dict[str, Any]:
        """Arguments of :class:`transformers.BertConfig`."""
        return {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": self.vocab,
            "hidden_size": self.hidden,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "intermediate_size": self.inner,
            "max_position_embeddings": self.positions,
            "type_vocab_size": len(self.tensor("emb.type")) // self.hidden,
            "layer_norm_eps": float(np.float32(self.epsilon)),
            "hidden_act": "gelu",
            "pad_token_id": self.pad,
            "bos_token_id": self.bos,
            "eos_token_id": self.eos,
        }


def dequantise(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """Q4_0 blocks -> flat float32, 32 a block."""
    out = np.empty((len(blocks), _BLOCK), np.float32)
    scale = blocks["scale"].astype(np.float32)[:, None]
    codes = blocks["codes"]
    np.multiply((codes & 15).astype(np.int8) - 8, scale, out=out[:, :16])
    np.multiply((codes >> 4).astype(np.int8) - 8, scale, out=out[:, 16:])
    return out.reshape(-1)


def _read_normaliser(data: bytes, count: int) -> dict[str, str]:
    table, at = {}, 0
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        at += 5
        out = struct.unpack_from(f"<{length}I", data, at)
        at += 4 * length
        table[chr(code)] = "".join(map(chr, out))
    return table


def build_tokenizer(packed: PackedE5) -> Tokenizer:
    """The XLM-R unigram tokenizer: the file's normaliser, collapsed spaces, metaspace, <s> … </s>.

    NFKC does nearly all of the file's normaliser; what it does otherwise (control characters,
    odd spaces) is replaced first.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    odd = packed.odd
    by_result: dict[str, list[str]] = {}
    for old, new in odd.items():
        by_result.setdefault(new, []).append(old)
    steps: list[Any] = []
    for new, olds in sorted(by_result.items()):
        members = "".join(f"\\x{{{ord(char):X}}}" for char in sorted(olds))
        steps.append(normalizers.Replace(Regex(f"[{members}]"), new))
    steps += [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = packed.pieces[packed.bos][0], packed.pieces[packed.eos][0]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, packed.bos), (eos, packed.eos)]
    )
    return tokenizer


def save_sentence_transformer(packed: PackedE5, folder: Path) -> None:
    """Write a standard SentenceTransformer folder (config, safetensors, tokenizer, prompts)."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    state = {name: np.ascontiguousarray(value) for name, value in packed.state().items()}
    save_file(state, str(folder / "model.safetensors"), metadata={"format": "pt"})
    build_tokenizer(packed).save(str(folder / "tokenizer.json"))
    special = {
        "bos_token": packed.pieces[packed.bos][0],
        "eos_token": packed.pieces[packed.eos][0],
        "sep_token": packed.pieces[packed.eos][0],
        "cls_token": packed.pieces[packed.bos][0],
        "pad_token": packed.pieces[packed.pad][0],
        "unk_token": packed.pieces[packed.unk][0],
    }
    kind = "sentence_transformers."
    files: dict[str, Any] = {
        "config.json": packed.config,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "clean_up_tokenization_spaces": False,
            **special,
        },
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {
                "query": QUERY_PROMPT,
                "document": PASSAGE_PROMPT,
                "passage": PASSAGE_PROMPT,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": kind + "models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": kind + "models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": kind + "models.Normalize"},
        ],
    }
    (folder / "2_Normalize").mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def load_sentence_transformer(packed: PackedE5) -> SentenceTransformer:
    """The encoder as a real :class:`SentenceTransformer` (fp32, mean pooling, normalised, CPU).

    It goes through a temporary folder in the library's own format, so that nothing of it is
    special: it can be saved, fine-tuned and exported like any other.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory(prefix="caseguide-e5-", ignore_cleanup_errors=True) as name:
        save_sentence_transformer(packed, Path(name))
        model = SentenceTransformer(name, device="cpu", local_files_only=True)
        for parameter in model.parameters():  # off the mapped file before the folder goes
            parameter.data = parameter.data.clone()
    return model
