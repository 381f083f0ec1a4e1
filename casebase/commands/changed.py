"""``caseguide check --changed``: what must be read again after a law was amended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from casebase.commands.common import emit_json, out
from casebase.commands.statute import one_law
from casebase.curation.dependents import dependents
from casebase.curation.store import Casebase
from casebase.law.wording import article_words, short_title

#: Under this key the program that mounts the verbs passes what it publishes (see ``Places``).
PUBLICATION = "publication"

#: Under this key it passes a check of the publication's own text.
TEXT_CHECK = "text_check"

#: Parts of a publication: ``anchor``, ``headings``, ``page``, ``cited``.
Places = Sequence[Mapping[str, Any]]
Publication = Callable[[Casebase, str, int | None], Places]


def show_dependents(
    casebase: Casebase, changed: str, publication: Publication | None, *, as_json: bool
) -> None:
    """Print the cases (file:line) and the parts of the guide that rest on ``changed``."""
    statute, article = one_law(casebase.statutes, changed)
    cases = dependents(casebase, statute, article)
    places = publication(casebase, statute, article) if publication else ()
    if as_json:
        emit_json(
            {
                "statute": statute,
                "article": article,
                "cases": [case.as_json() for case in cases],
                "guide": [dict(place) for place in places],
            }
        )
        return
    law = casebase.statutes.get(statute)
    assert law is not None
    out.print(f"《{short_title(law.title)}》{article_words(article)}", style="bold", markup=False)
    count = len({case.id for case in cases})
    out.print(f"须复查的案例 {count} 件、{len(cases)} 处", style="bold", markup=False)
    for case_id, group in groupby(cases, key=lambda case: case.id):
        rows = list(group)
        out.print(f"{case_id}　{rows[0].title}", markup=False)
        for row in rows:
            out.print(f"  {row.file}:{row.line}　{row.path}　{row.cited}", markup=False)
    out.print(f"须复查的指南章节 {len(places)} 处", style="bold", markup=False)
    for place in places:
        page = f"第 {place['page']} 页　" if place["page"] else ""
        out.print(f"  {page}{' / '.join(place['headings'])}", markup=False)
        out.print(f"    {'；'.join(place['cited'])}", style="dim", markup=False)
