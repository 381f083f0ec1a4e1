"""Importing a workbook up to the point where a person has to say yes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebase.curation.exchange import guard
from casebase.curation.exchange.columns import layout_of
from casebase.curation.exchange.compare import Plan, compare
from casebase.curation.exchange.marked import write_marked
from casebase.curation.exchange.read import read_book
from casebase.curation.store import open_casebase
from casebase.errors import CasebaseError


@dataclass(frozen=True)
class Taken:
    """What a workbook would change, and the marked copy if it may not."""

    file: Path
    root: Path
    plan: Plan
    marked: Path | None

    def as_json(self, *, written: bool) -> dict[str, Any]:
        """The object of ``exchange import --json``."""
        return {
            "file": str(self.file),
            "changes": [
                {
                    "id": change.id,
                    "file": change.path.relative_to(self.root).as_posix(),
                    "new": change.old_text is None,
                    "fields": [
                        {"key": part.key, "old": part.old, "new": part.new}
                        for part in change.fields
                    ],
                }
                for change in self.plan.changes
            ],
            "findings": [finding.as_json(self.file.name) for finding in self.plan.findings],
            "unchanged": self.plan.unchanged,
            "ahead": self.plan.ahead,
            "absent": list(self.plan.absent),
            "hidden": self.plan.hidden,
            "written": [change.id for change in self.plan.changes] if written else [],
            "marked": str(self.marked) if self.marked else None,
        }


def take_in(file: Path, records: Path | None) -> Taken:
    """Read and check a workbook against the records folder; only a marked copy is written.

    Raises:
        RefusedError: the file is not taken in at all.
        CasebaseError: the records folder cannot be read.
        OSError: ``file`` cannot be read.
    """
    guard.admit(file)  # before anything else is read
    casebase = open_casebase(records)
    layout = layout_of(casebase)
    book = read_book(file, layout)
    plan = compare(book, casebase, layout)
    marked = None
    if plan.blocked:
        try:
            marked = write_marked(book.workbook, plan.findings, file)
        except OSError as problem:
            raise CasebaseError(
                f"有错误，没有写入任何案例；标明问题的副本也写不出来（{problem.strerror}）。"
                "把工作簿复制到可以写的文件夹再导入。"
            ) from None
    return Taken(file, casebase.root, plan, marked)
