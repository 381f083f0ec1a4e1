"""The one finder: every kind of personal data in a text, in order and without overlaps.

Basis: 个人信息保护法 第六条、第二十五条 and the writing group's masking conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebase.curation.privacy import addresses, names, numbers, organisations
from casebase.curation.privacy.kinds import PrivateSpan
from casebase.curation.privacy.reader import name_reader
from casebase.curation.privacy.view import View

_HAN = re.compile(r"[\u3400-\u9fff]")


def find(text: str) -> tuple[PrivateSpan, ...]:
    """All personal data in ``text``, in order and without overlaps.

    Args:
        text: any text; spans point into it as it is written.

    Returns:
        Spans of the kinds of :data:`casebase.curation.privacy.KINDS`. Time grows with the length
        of the text only.
    """
    return _find(text, View(text))


def find_each(texts: Sequence[str]) -> list[tuple[PrivateSpan, ...]]:
    """:func:`find` for many short texts, with one call of the tagger for all of them."""
    views = [View(text) for text in texts]
    clauses = [clause for view in views for clause in view.clauses.values()]
    if clauses:
        name_reader().people(clauses)
    return [_find(text, view) for text, view in zip(texts, views, strict=True)]


def _find(text: str, view: View) -> tuple[PrivateSpan, ...]:
    taken = bytearray(len(view.plain) + 1)
    found: list[PrivateSpan] = []
    for kind, start, end in _claims(view):
        if start < end and taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            a, b = view.original(start, end)
            found.append(PrivateSpan(a, b, kind, text[a:b]))
    return tuple(sorted(found))


def _claims(view: View) -> Iterator[tuple[str, int, int]]:
    """What each finder says, the surest first: earlier claims win where two overlap."""
    for rule in numbers.rules():
        for start, end in rule.spans(view):
            yield rule.kind, start, end
    if not _HAN.search(view.plain) and not re.search(r"[A-Z][a-z]", view.plain):
        return
    yield from organisations.find(view)
    yield from addresses.find(view)
    yield from organisations.find_platforms(view)
    yield from names.find(view)
