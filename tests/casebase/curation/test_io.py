"""Reading YAML from people: what is refused, with which code and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.curation import io

REFUSED = [
    pytest.param("a: 1\na: 2", "CB007", 2, id="the same key twice"),
    pytest.param("a: {b: 1, b: 2}", "CB007", 1, id="twice in one line"),
    pytest.param("a: &x 1\nb: *x", "CB006", 1, id="an anchor"),
    pytest.param("a: !!python/object:os.system x", "CB006", 1, id="a python tag"),
    pytest.param("[" * 40, "CB005", 1, id="nested too deep"),
    pytest.param("a: [1, 2", "CB005", 1, id="a bracket left open"),
    pytest.param("a: b: c", "CB005", 1, id="two colons"),
    pytest.param("", "CB005", 0, id="an empty file"),
    pytest.param("a:\n\t- b", "CB005", 2, id="a tab"),
    pytest.param("? [a]\n: b", "CB005", 1, id="a list as key"),
]


@pytest.mark.parametrize(("text", "code", "line"), REFUSED)
def test_refused_yaml(text: str, code: str, line: int) -> None:
    with pytest.raises(io.UnreadableFileError) as caught:
        io.parse_yaml(text)
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: no", "no", id="YAML 1.1 would read False"),
        pytest.param("a: 12:30:00", "12:30:00", id="YAML 1.1 would read 45000"),
        pytest.param("a: 2018-11-26", "2018-11-26", id="a date stays text"),
        pytest.param("a: '012345'", "012345", id="quoted digits stay text"),
        pytest.param("a: 7", 7, id="a number"),
        pytest.param("a: true", True, id="a truth value"),
        pytest.param("a: null", None, id="nothing"),
    ],
)
def test_scalars_are_read_as_written(text: str, value: object) -> None:
    assert io.parse_yaml(text).data == {"a": value}


def test_lines_point_to_the_key() -> None:
    document = io.parse_yaml("a: 1\nb:\n  - c: 2\n    d: |-\n      x\n      y\ne: 3\n")
    assert document.line_of(("b", 0, "d")) == 4
    assert document.line_of(("e",)) == 7
    assert document.line_of(("b", 0, "missing")) == 3


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("标题: 一".encode("gbk"), "CB003", id="saved as GBK"),
        pytest.param(b"a: x\x08y", "CB004", id="a backspace from a paste"),
        pytest.param(b"a: " + b"x" * io.MAX_BYTES, "CB002", id="too large"),
    ],
)
def test_refused_files(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    with pytest.raises(io.UnreadableFileError) as caught:
        io.read_bounded(path)
    assert caught.value.code == code


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert io.parse_yaml(io.read_bounded(path)).data == {"a": 1}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    try:
        io.parse_yaml(text)
    except io.UnreadableFileError as refused:
        assert refused.message
        assert refused.fix


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    io.write_atomic(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(io.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        io.write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
