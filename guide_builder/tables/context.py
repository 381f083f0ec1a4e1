"""What every table maker is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casebase.curation.store import Casebase
from casebase.law.texts import ArticleTexts
from casebase.model import Case
from guide_builder.blocks import Span, Spans
from guide_builder.marks import case_anchor


@dataclass(frozen=True)
class Context:
    """The casebase, the day whose law is printed, and the cases of this edition in print order."""

    casebase: Casebase
    as_of: date
    cases: tuple[Case, ...]
    numbers: dict[str, int]
    wording: ArticleTexts | None = None  # official text of articles, where it was imported

    def case_links(self, cases: list[Case]) -> Spans:
        """«案例3（25）、案例7（41）» with the page numbers filled in by the renderer."""
        spans: list[Span] = []
        for case in sorted(cases, key=lambda c: self.numbers[c.id]):
            anchor = case_anchor(case)
            lead = "、" if spans else ""
            spans.append(Span(f"{lead}案例{self.numbers[case.id]}（", target=anchor))
            spans.append(Span("", target=anchor, page=True))
            spans.append(Span("）", target=anchor))
        return tuple(spans)
