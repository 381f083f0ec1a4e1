"""New cases: a blank draft, a written case (.docx) or a ledger row becomes a draft record."""

from casebase.curation.intake.blank import blank_draft, checked_chapter, checked_title, find_subject
from casebase.curation.intake.checked import findings
from casebase.curation.intake.draft import Draft, Proposal
from casebase.curation.intake.ledger import ledger_draft, row_summary
from casebase.curation.intake.numbering import Written, write_draft
from casebase.curation.intake.rows import MOST_LISTED, Row, read_rows
from casebase.curation.intake.splitter import WordCase
from casebase.curation.intake.word_case import word_draft
from casebase.curation.intake.word_split import read_cases

__all__ = [
    "MOST_LISTED",
    "Draft",
    "Proposal",
    "Row",
    "WordCase",
    "Written",
    "blank_draft",
    "checked_chapter",
    "checked_title",
    "find_subject",
    "findings",
    "ledger_draft",
    "read_cases",
    "read_rows",
    "row_summary",
    "word_draft",
    "write_draft",
]
