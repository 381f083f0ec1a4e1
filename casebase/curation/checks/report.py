"""The one way a check makes a finding."""

from __future__ import annotations

from casebase.curation.io import Keys
from casebase.curation.store import Loaded
from casebase.model import Case, Finding, Severity


def finding(
    loaded: Loaded[Case],
    keys: Keys,
    code: str,
    message: str,
    fix: str,
    severity: Severity = Severity.ERROR,
    before: str = "",
) -> Finding:
    """A finding at the value under ``keys`` of a case file.

    ``before`` is the part of the text that precedes the place, for a finding inside a long text.
    """
    path = ".".join(map(str, keys))
    line = loaded.document.line_in_text(keys, before)
    return Finding(loaded.file, line, path, code, severity, message, fix)
