"""What ``check`` says of drafts, saved or not."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from casebase.curation.checks import check
from casebase.curation.intake.numbering import Written
from casebase.curation.store import Casebase, open_casebase
from casebase.model import Finding


def findings(drafts: Sequence[Written], base: Casebase) -> list[tuple[Finding, ...]]:
    """The findings of each draft; one without a path is checked aside and leaves no file."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [w.path or _aside(Path(folder) / str(i), w) for i, w in enumerate(drafts)]
        opened = open_casebase(base.root, cases=paths)
        each: dict[Path, list[Finding]] = {path.resolve(): [] for path in paths}
        for finding in check(opened):
            place = (base.root / finding.file).resolve()
            each.setdefault(place, []).append(finding)
        return [tuple(each[path.resolve()]) for path in paths]


def _aside(folder: Path, written: Written) -> Path:
    folder.mkdir()
    path = folder / f"{written.id}.yaml"
    path.write_text(written.text, encoding="utf-8")
    return path
