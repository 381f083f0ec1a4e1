"""What a record is: frozen models with Chinese keys, no I/O."""

from casebase.model.base import Record, Severity
from casebase.model.case import (
    Amounts,
    Case,
    Classification,
    Outcome,
    Source,
    Step,
    Training,
)
from casebase.model.citation import Citation
from casebase.model.dates import DateRange, PartialDate
from casebase.model.district import District
from casebase.model.finding import Finding
from casebase.model.form import FormRules
from casebase.model.limit import Extension, LimitSource, TimeLimit
from casebase.model.review import Review, ReviewRules, ReviewStep, Status
from casebase.model.statute import Article, Statute, StatuteVersion
from casebase.model.taxonomy import Taxonomy, Term
from casebase.model.workday import WorkdayYear

__all__ = [
    "Amounts",
    "Article",
    "Case",
    "Citation",
    "Classification",
    "DateRange",
    "District",
    "Extension",
    "Finding",
    "FormRules",
    "LimitSource",
    "Outcome",
    "PartialDate",
    "Record",
    "Review",
    "ReviewRules",
    "ReviewStep",
    "Severity",
    "Source",
    "Status",
    "Statute",
    "StatuteVersion",
    "Step",
    "Taxonomy",
    "Term",
    "TimeLimit",
    "Training",
    "WorkdayYear",
]
