"""Write each notebook's .ipynb from its .py text, with fixed cell ids and no outputs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import jupytext
import nbformat

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
METADATA = {
    "jupytext": {"formats": "ipynb,py:percent"},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main() -> None:
    """Pair all notebooks."""
    for path in sorted(NOTEBOOKS.glob("*.py")):
        notebook = jupytext.read(path)
        notebook.metadata = nbformat.NotebookNode(METADATA)
        notebook.nbformat_minor = 5
        for i, cell in enumerate(notebook.cells):
            name = f"{path.stem}:{i}:{cell.cell_type}"
            cell["id"] = hashlib.sha256(name.encode()).hexdigest()[:12]
        nbformat.write(notebook, path.with_suffix(".ipynb"))


if __name__ == "__main__":
    main()
