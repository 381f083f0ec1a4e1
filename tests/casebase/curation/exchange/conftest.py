"""A casebase of a few records, its exported workbook, and ways to edit and import it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner, Result

from casebase.curation import layout, store
from casebase.curation.exchange.write import workbook_bytes
from casebase.curation.store import open_casebase
from guide_builder.cli import app

IDS = ("XC-2021-FUR-001", "XC-0000-BLD-001", "XC-2012-LAU-001")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parse cache of these tests alone: the user's may hold thousands of other texts."""
    return tmp_path_factory.mktemp("cache")


_LAW: dict[str, tuple[Any, ...]] = {}


@pytest.fixture(autouse=True)
def _fast(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An own cache, and law read once: no test here changes the law."""
    monkeypatch.setenv("CASEGUIDE_CACHE", str(cache))
    real = store._Reader.must

    def must(self: Any, place: Path, model: Any) -> tuple[Any, ...]:
        name = place.relative_to(self.root).as_posix()
        if name not in _LAW:
            _LAW[name] = real(self, place, model)
        return _LAW[name]

    monkeypatch.setattr(store._Reader, "must", must)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The records folder of these tests, to be changed at will."""
    return records_at(tmp_path / "records")


def records_at(target: Path) -> Path:
    """A records folder with three cases, whose similar cases are there as well."""
    shutil.copytree(layout.BUNDLED, target, ignore=shutil.ignore_patterns("cases"))
    for case_id in (*IDS, "XC-2024-BLD-001", "XC-2022-APL-001", "XC-2014-DIG-001"):
        path = target / "cases" / case_id.split("-")[1] / f"{case_id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(layout.BUNDLED / path.relative_to(target), path)
    return target


@pytest.fixture
def run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``caseguide exchange …`` in ``tmp_path`` on ``root``."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str | None = None) -> Result:
        given = ["exchange", *arguments, "--records", str(root)]
        return CliRunner().invoke(app, given, input=stdin)

    return call


@pytest.fixture
def take(run: Callable[..., Result]) -> Callable[..., dict[str, Any]]:
    """Import a workbook and return its JSON, with the exit code under ``code``."""

    def call(file: str = "a.xlsx", *options: str) -> dict[str, Any]:
        result = run("import", file, "--json", *options)
        assert result.exit_code in (0, 1), result.output
        return {**json.loads(result.stdout), "code": result.exit_code}

    return call


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of all cases of an unchanged ``root``."""
    casebase = open_casebase(records_at(tmp_path_factory.mktemp("exported") / "records"))
    return workbook_bytes(casebase, casebase.loaded)


@pytest.fixture
def book(exported: bytes, tmp_path: Path) -> Path:
    """The exported workbook as a file beside ``root``."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(exported)
    return path


class Editor:
    """A workbook opened as staff would: cells by 编号 (and 序) and heading."""

    def __init__(self, path: Path) -> None:
        self.path, self.workbook = path, load_workbook(path)

    def sheet(self, name: str) -> Worksheet:
        return self.workbook[name]

    def column(self, name: str, heading: str) -> int:
        return next(cell.column for cell in self.sheet(name)[1] if cell.value == heading)

    def cell(self, heading: str, case_id: str = IDS[0], sheet: str = "案例", order: int = 1) -> Any:
        rows = [r for r in self.sheet(sheet).iter_rows(min_row=2) if r[0].value == case_id]
        return rows[order - 1][self.column(sheet, heading) - 1]

    def save(self) -> None:
        self.workbook.save(self.path)


@pytest.fixture
def editor(book: Path) -> Editor:
    """The exported workbook, open for editing."""
    return Editor(book)


@pytest.fixture
def tree(root: Path) -> Callable[[], dict[str, bytes]]:
    """All case files and their bytes."""
    return lambda: {str(p): p.read_bytes() for p in sorted((root / "cases").rglob("*.yaml"))}
