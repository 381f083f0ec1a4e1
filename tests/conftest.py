"""Shared fixtures: the bundled casebase, a writable copy of it, and no network."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebase.curation import layout
from casebase.curation.store import Casebase, open_casebase


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test may leave the machine, nor read what its user imported."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setenv("CASEGUIDE_LAW_TEXTS", "/nonexistent/law_texts")
    yield


@pytest.fixture(scope="session")
def bundled() -> Casebase:
    """The records shipped with the program."""
    return open_casebase(layout.BUNDLED)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A writable records folder with law and vocabularies and a single case."""
    root = tmp_path / "records"
    shutil.copytree(layout.BUNDLED, root, ignore=shutil.ignore_patterns("cases"))
    target = root / "cases" / "2021" / "XC-2021-FUR-001.yaml"
    target.parent.mkdir(parents=True)
    shutil.copy(layout.BUNDLED / "cases" / "2021" / target.name, target)
    text = target.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text(without_block(text, "相似案例"), encoding="utf-8")
    return root


def without_block(lines: list[str], key: str) -> str:
    """A YAML text without one top-level key (similar cases point to records left out)."""
    kept, dropping = [], False
    for line in lines:
        if not line.startswith((" ", "-")):
            dropping = line.startswith(f"{key}:")
        if not dropping:
            kept.append(line)
    return "".join(kept)


@pytest.fixture
def case_file(records: Path) -> Path:
    """The one case file in ``records``."""
    return records / "cases" / "2021" / "XC-2021-FUR-001.yaml"


@pytest.fixture
def edit(case_file: Path) -> Callable[[str, str], int]:
    """Replace a text in the case file and return the line it stands on."""

    def replace(old: str, new: str) -> int:
        text = case_file.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"the record no longer holds {old!r}"
        at = text.index(old)
        case_file.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
        return text[:at].count("\n") + 1

    return replace
