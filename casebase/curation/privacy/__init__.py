"""Personal data in Chinese text: what it is, where it stands, and what to write instead."""

from casebase.curation.privacy.cleared import cleared
from casebase.curation.privacy.finder import find, find_each
from casebase.curation.privacy.kinds import (
    KINDS,
    OPTIONAL,
    Kind,
    PrivateSpan,
    branding,
    shortened,
)
from casebase.curation.privacy.masking import Proposal, dates, masked, propose

__all__ = [
    "KINDS",
    "OPTIONAL",
    "Kind",
    "PrivateSpan",
    "Proposal",
    "branding",
    "cleared",
    "dates",
    "find",
    "find_each",
    "masked",
    "propose",
    "shortened",
]
