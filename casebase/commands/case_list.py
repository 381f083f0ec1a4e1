"""``caseguide case list``: all cases, how far each has come, and what is still missing."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from casebase.commands.common import JsonOption, RecordsOption, emit_json, friendly, out, status_of
from casebase.curation import review
from casebase.curation.store import open_casebase


@friendly
def list_cases(
    status: Annotated[
        str | None, typer.Option("--status", help="只列这个状态，如 送审", metavar="状态")
    ] = None,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出案例、状态和到定稿还缺的审核。

    例：caseguide case list --status 送审
    """
    casebase = open_casebase(records)
    wanted = status_of(status) if status else None
    cases = [c for c in casebase.cases if wanted is None or c.review.status is wanted]
    if as_json:
        emit_json(
            {
                "cases": [
                    {
                        "id": c.id,
                        "title": c.title,
                        "form": c.form,
                        "chapter": c.classification.chapter,
                        "subject": c.classification.subject,
                        "status": c.review.status,
                        "missing": list(review.missing(c)),
                    }
                    for c in cases
                ]
            }
        )
        return
    for case in cases:
        lacks = "、".join(review.missing(case))
        tail = f"　缺 {lacks}" if lacks else ""
        out.print(f"{case.id}　{case.review.status}　{case.title}{tail}", markup=False)
    counts = Counter(c.review.status for c in casebase.cases)
    words = "，".join(f"{state} {number}" for state, number in counts.items())
    out.print(f"共 {len(casebase.cases)} 件：{words}", style="bold")
