"""The house rules for the form of a case, 体例."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from casebase.model.base import Record


class Span(Record):
    """At least and at most; ``most=None`` is unbounded."""

    least: int = Field(alias="至少", ge=0)
    most: int | None = Field(alias="至多", default=None, ge=1)


class FormRules(Record):
    """Lengths in characters without white space, and numbers of items."""

    current_rules_since: date = Field(alias="现行办法施行日")
    lengths: dict[str, Span] = Field(alias="字数")
    counts: dict[str, Span] = Field(alias="条数")
    brief_lengths: dict[str, Span] = Field(alias="简案字数", default_factory=dict)
    brief_counts: dict[str, Span] = Field(alias="简案条数", default_factory=dict)

    def spans(self, *, brief: bool) -> tuple[dict[str, Span], dict[str, Span]]:
        """Lengths and counts that hold for a full or a brief case (详案、简案)."""
        if not brief:
            return self.lengths, self.counts
        return self.lengths | self.brief_lengths, self.counts | self.brief_counts
