"""Hostile record files: a clear finding, quickly, in little memory, and nothing else touched."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY = 1024 * 1024 * 1024  # address space of the child; the interpreter itself maps most of it

HOSTILE: list[object] = [
    pytest.param(b"[" * 100_000, "CB005", id="100,000 open brackets"),
    pytest.param(b"a: &a [x]\n" + b"b: [*a,*a,*a,*a]\n" * 9, "CB006", id="an alias bomb"),
    pytest.param("编号: !!python/object/apply:os.system [id]".encode(), "CB006", id="a python tag"),
    pytest.param(b"a: " + b"x" * 5_000_000, "CB002", id="a field of 5 MB"),
    pytest.param("编号: 案例".encode("gbk"), "CB003", id="GBK"),
    pytest.param("编号: 案例".encode("utf-16"), "CB003", id="UTF-16"),
    pytest.param(b"a: \x00", "CB004", id="a NUL byte"),
    pytest.param("a: \u0085b".encode(), "CB004", id="a C1 control"),
    pytest.param(b"", "CB005", id="an empty file"),
    pytest.param(b"\xff\xfe\x00", "CB003", id="garbage"),
    pytest.param("编号: ../../etc/passwd".encode(), "CB103", id="an id like a path"),
    pytest.param('编号: "XC-2021-FUR-001\\n"'.encode(), "CB101", id="an id with a line end"),
    pytest.param("- 一\n- 二".encode(), "CB103", id="a list instead of a record"),
    pytest.param("只有一句话".encode(), "CB103", id="a sentence instead of a record"),
]


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize(("raw", "code"), HOSTILE)
def test_a_hostile_file_gives_a_finding(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-m", "guide_builder.cli", "check", str(path), "--json"],
        capture_output=True,
        timeout=60,
        preexec_fn=limit,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert code in {f["code"] for f in found}
    assert all(f["message"] and f["fix"] for f in found)
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]
