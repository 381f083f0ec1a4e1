"""A case as the texts that are indexed, field by field.

What happened is kept apart from how the authority reasoned (SAILER, Li et al. 2023: complaints
resemble facts, not reasoning): the head and the facts carry the vectors, the handlers' advice only
lends its words, with little weight.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from casebase.model import Case, Taxonomy, Term
from casebase.search.tokens import terms

#: A window in characters; at one token a character it still fits the encoder's 512 tokens.
WINDOW, OVERLAP = 480, 80


class Field(IntEnum):
    """Which part of a case a passage comes from."""

    HEAD = 0
    FACTS = 1
    DISPUTE = 2


FIELD_NAMES = {Field.HEAD: "标题与分类", Field.FACTS: "基本案情", Field.DISPUTE: "要旨与争议焦点"}


@dataclass(frozen=True)
class Passage:
    """One text to be encoded."""

    field: Field
    text: str


def passages(case: Case, taxonomies: Mapping[str, Taxonomy]) -> tuple[Passage, ...]:
    """The passages of a case, long fields in overlapping windows."""
    fields = {
        Field.HEAD: head(case, taxonomies),
        Field.FACTS: case.facts,
        Field.DISPUTE: "".join([case.rule, *case.disputes]),
    }
    return tuple(
        Passage(field, window) for field, text in fields.items() for window in windows(text)
    )


def head(case: Case, taxonomies: Mapping[str, Taxonomy]) -> str:
    """Title, keywords and the names of goods or service and issues, in one line."""
    labels = [term.label for term in case_terms(case, taxonomies)]
    return "。".join([case.title, "、".join(case.keywords), "、".join(labels)])


def mirror(case: Case, taxonomies: Mapping[str, Taxonomy]) -> str:
    """The text by which cases are compared with each other."""
    return f"{head(case, taxonomies)}。{case.facts}"[:WINDOW]


def windows(text: str) -> list[str]:
    """``text`` in pieces of at most ``WINDOW`` characters that overlap by ``OVERLAP``."""
    text = text.strip()
    if len(text) <= WINDOW:
        return [text] if text else []
    step = WINDOW - OVERLAP
    return [text[start : start + WINDOW] for start in range(0, len(text) - OVERLAP, step)]


def weighted_terms(case: Case, taxonomies: Mapping[str, Taxonomy]) -> dict[str, float]:
    """The words of a case for BM25, each with its frequency times its field's weight."""
    fields: list[tuple[float, Iterable[str]]] = [
        (2.5, [case.title, *case.keywords]),
        (1.0, [term.label for term in case_terms(case, taxonomies)]),
        (1.0, [case.facts]),
        (1.0, [case.rule, *case.disputes]),
        (0.25, [case.comment, *case.points, *case.risks, case.advice_consumer or ""]),
    ]
    total: dict[str, float] = {}
    for weight, texts in fields:
        for term, count in Counter(term for text in texts for term in terms(text)).items():
            total[term] = total.get(term, 0.0) + weight * count
    return total


def case_terms(case: Case, taxonomies: Mapping[str, Taxonomy]) -> list[Term]:
    """Vocabulary entries of goods or service, issues, channel and dispositions, as far as known."""
    kinds = case.classification
    wanted = [
        ("subject", (kinds.subject, *kinds.other_subjects)),
        ("issue", kinds.issues),
        ("channel", (kinds.channel,)),
        ("disposition", kinds.dispositions),
    ]
    found: list[Term] = []
    for dimension, ids in wanted:
        taxonomy = taxonomies.get(dimension)
        known = taxonomy.by_id if taxonomy else {}
        found.extend(known[name] for name in ids if name in known)
    return found


def term_text(term: Term) -> str:
    """A vocabulary entry as a sentence to be encoded: its name and how people say it."""
    return f"{term.label}：{'、'.join(term.keywords[:24])}" if term.keywords else term.label


def text_key(kind: str, text: str) -> bytes:
    """16 bytes that name a text as encoded in one way (``kind``)."""
    return hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=16).digest()
