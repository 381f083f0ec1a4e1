"""The standing text held against the law of the guide's day, as findings."""

from __future__ import annotations

from casebase.curation.store import Casebase
from casebase.model import Finding, Severity
from guide_builder.build import HOME
from guide_builder.outline import read_outline
from guide_builder.plan import Edition, text_faults


def text_findings(casebase: Casebase) -> tuple[Finding, ...]:
    """One finding (CB351) for every line of the guide's text that names a rule no longer good."""
    outline = read_outline(HOME / "outline.yaml")
    edition = Edition(outline, outline.as_of, HOME / "text")
    fix = "按现行规定改写这一处；确为旧规定的用“旧法条”“旧条”"
    return tuple(
        Finding(f"text/{place.file}", place.line, "", "CB351", Severity.ERROR, message, fix)
        for place, message in text_faults(casebase, edition)
    )
