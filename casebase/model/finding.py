"""What a check reports, 检查发现."""

from __future__ import annotations

from dataclasses import dataclass

from casebase.model.base import Severity


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, where it is, and how to mend it.

    Args:
        file: path of the record, relative to the records folder where it lies in it.
        line: 1-based line in that file; 0 where the whole file is meant.
        path: keys down to the value, joined by dots, e.g. ``法律依据.2.条``.
        code: stable code such as ``CB301``; every code stands in ``docs/findings.md``.
    """

    file: str
    line: int
    path: str
    code: str
    severity: Severity
    message: str
    fix: str

    def as_json(self) -> dict[str, str | int]:
        """The object of the ``check --json`` contract."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.file,
            "line": self.line,
            "path": self.path,
            "message": self.message,
            "fix": self.fix,
        }
