"""All rules on numbers and codes, in order of precedence."""

from __future__ import annotations

from functools import lru_cache

from casebase.curation.privacy.certificates import certificates, papers, vehicles
from casebase.curation.privacy.contacts import accounts, links, telephones
from casebase.curation.privacy.payments import bare_orders, cards, labelled_orders
from casebase.curation.privacy.rules import Rule


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Earlier rules win where two overlap: what carries a label or a check digit comes first."""
    return (
        *links(),
        *papers(),
        *labelled_orders(),
        *certificates(),
        *vehicles(),
        *cards(),
        *telephones(),
        *accounts(),
        *bare_orders(),
    )
