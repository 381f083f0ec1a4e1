"""The notebooks run from top to bottom, offline, and are committed without outputs."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

from casebase.curation import layout

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


def test_there_is_a_notebook() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_is_committed_without_outputs_and_in_step_with_its_text(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    text = jupytext.read(path.with_suffix(".py"))
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        (c.cell_type, c.source) for c in text.cells
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEGUIDE_OUTPUT", str(tmp_path))
    monkeypatch.delenv("CASEGUIDE_RECORDS", raising=False)
    bundled = {file: file.read_bytes() for file in layout.BUNDLED.rglob("*.yaml")}
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}
    )
    client.execute()
    assert bool(list(tmp_path.glob("*.docx"))) is ("build_guide" in str(notebook.cells))
    assert {file: file.read_bytes() for file in layout.BUNDLED.rglob("*.yaml")} == bundled
    text = "".join(str(o) for c in notebook.cells for o in c.get("outputs", ()))
    assert "XC-" in text
