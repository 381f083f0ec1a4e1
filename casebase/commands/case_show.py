"""``caseguide case show``: one case as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text

from casebase.commands.common import JsonOption, RecordsOption, emit_json, find_case, friendly, out
from casebase.curation.store import Casebase, open_casebase
from casebase.law.wording import citation_words
from casebase.model import Case


@friendly
def show(
    case_id: Annotated[str, typer.Argument(metavar="编号")],
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """查看一件案例：按指南的栏目次序显示全文。

    例：caseguide case show XC-2021-FUR-001
    """
    casebase = open_casebase(records)
    loaded = find_case(casebase, case_id)
    if as_json:
        emit_json(loaded.document.data)
        return
    out.print(Text(f"{loaded.record.id}　{loaded.record.title}", style="bold"))
    for label, lines in _sections(loaded.record, casebase):
        out.print(Text(label, style="cyan"))
        for line in lines:
            out.print(Text(f"  {line}"))


def _sections(case: Case, casebase: Casebase) -> Iterator[tuple[str, list[str]]]:
    def names(kind: str, ids: tuple[str, ...]) -> str:
        terms = casebase.taxonomies[kind].by_id
        return "、".join(terms[i].label if i in terms else i for i in ids)

    tags = case.classification
    yield (
        "分类",
        [
            f"{tags.chapter}；{names('subject', (tags.subject,))}；{names('issue', tags.issues)}",
            f"渠道：{names('channel', (tags.channel,))}；"
            f"处置：{names('disposition', tags.dispositions)}",
            f"{case.region}，{case.handled}；{case.form}；关键词：{'、'.join(case.keywords)}",
        ],
    )
    yield "处办要旨", case.rule.splitlines()
    yield "基本案情", case.facts.splitlines()
    yield "争议焦点", list(case.disputes)
    yield (
        "处办过程",
        [
            f"{step.when}　{step.stage}　{step.text}" + _in_brackets(step.on_time)
            for step in case.steps
        ],
    )
    yield "处理结果", [f"投诉：{case.outcome.complaint}", f"举报：{case.outcome.report}"]
    yield "法律依据", [*_law(case, casebase), *(f"来源原引：{c}" for c in case.source_citations)]
    yield "评析", case.comment.splitlines()
    yield "处办要点", list(case.points)
    yield "风险提示", list(case.risks)
    for label, text in (
        ("消费提示", case.advice_consumer),
        ("经营者提示", case.advice_business),
        ("现行法提示", case.current_law),
    ):
        if text:
            yield label, text.splitlines()
    source, review = case.source, case.review
    yield (
        "来源与审核",
        [
            f"{source.material}　{source.title}，{source.publisher}，{source.published}",
            f"未载事项：{source.not_stated}",
            f"{review.status}，第 {review.version} 版，{review.updated}",
        ],
    )


def _law(case: Case, casebase: Casebase) -> Iterator[str]:
    for citation in case.citations:
        statute = casebase.statutes.get(citation.statute)
        words = citation_words(statute.title if statute else citation.statute, citation)
        note = f"：{citation.note}" if citation.note else ""
        yield f"{words}（{citation.when}，{citation.origin}）{note}"


def _in_brackets(words: str | None) -> str:
    return f"（{words}）" if words else ""
