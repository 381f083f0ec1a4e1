"""The uniform form of a case: lengths, counts and what each status requires.

The numbers are the writing group's house rules (指南编写体例), not law; they stand in
``records/form.yaml`` so that the group can change them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebase.curation.checks.report import finding
from casebase.curation.checks.unfilled import is_open
from casebase.curation.io import Keys
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Severity
from casebase.model.review import Status

_SPACE = re.compile(r"\s+")


def length(text: str) -> int:
    """Characters as an editor counts them: without white space."""
    return len(_SPACE.sub("", text))


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Lengths, counts, question form, and fields that the status makes compulsory.

    What is open (待填) is not measured.
    """
    case, rules = loaded.record, casebase.form
    strict = case.review.status is not Status.DRAFT
    grade = Severity.ERROR if strict else Severity.WARNING
    lengths, counts = rules.spans(brief=case.is_brief)
    for key, text in _measured(case).items():
        span = lengths[key]
        size = length(text)
        if span.most is not None and size > span.most:
            message = f"“{key}”有 {size} 字，体例要求不超过 {span.most} 字"
            yield finding(loaded, (key,), "CB402", message, "压缩文字", Severity.WARNING)
        elif size < span.least:
            message = f"“{key}”只有 {size} 字，体例要求不少于 {span.least} 字"
            yield finding(loaded, (key,), "CB402", message, "补充来源载明的事实", Severity.WARNING)
    for key, count in _counted(case).items():
        span = counts[key]
        if count < span.least or (span.most is not None and count > span.most):
            wanted = f"{span.least}—{span.most}" if span.most else f"不少于 {span.least}"
            message = f"“{key}”有 {count} 项，体例要求 {wanted} 项"
            yield finding(loaded, (key,), "CB403", message, "增补或者合并条目", Severity.WARNING)
    for i, question in enumerate(case.disputes):
        if not question.endswith(("？", "?")) and not is_open(question):
            keys: Keys = ("争议焦点", i)
            yield finding(
                loaded, keys, "CB404", "争议焦点应写成疑问句", "改成问句并以“？”结尾", grade
            )
    if case.current_law is None and _handled_before(case, casebase):
        day = rules.current_rules_since
        message = f"{day} 以前处办的案例缺“现行法提示”"
        yield finding(loaded, ("处理时",), "CB401", message, "写明今天办同类件有何不同", grade)
    if not case.citations and not case.source_citations:
        fix = "补写“法律依据”；来源没写且无法确定的，在“来源原引”注明“来源未载”"
        yield finding(loaded, ("编号",), "CB401", "没有任何法律依据", fix, grade)
    yield from _file_name(loaded, casebase)


def _measured(case: Case) -> dict[str, str]:
    texts: dict[str, str | None] = {
        "标题": case.title,
        "处办要旨": case.rule,
        "基本案情": case.facts,
        "处办过程": "".join(step.text for step in case.steps),
        "评析": case.comment,
        "现行法提示": case.current_law,
        "消费提示": case.advice_consumer,
        "经营者提示": case.advice_business,
    }
    if any(is_open(step.text) for step in case.steps):
        texts["处办过程"] = None
    return {key: text for key, text in texts.items() if text is not None and not is_open(text)}


def _counted(case: Case) -> dict[str, int]:
    lists = {
        "关键词": case.keywords,
        "争议焦点": case.disputes,
        "处办要点": case.points,
        "风险提示": case.risks,
    }
    return {key: len(lines) for key, lines in lists.items() if not any(map(is_open, lines))}


def _handled_before(case: Case, casebase: Casebase) -> bool:
    days = case.handled.range
    return days is None or days.start < casebase.form.current_rules_since


def _file_name(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Inside the casebase a case stands where its id says; a copy elsewhere may be named freely."""
    case_id = loaded.record.id
    expected = casebase.root / "cases" / case_id.split("-")[1] / f"{case_id}.yaml"
    if loaded.path == expected:
        return
    inside = loaded.path.resolve().is_relative_to(casebase.root / "cases")
    if inside and loaded.path.resolve() != expected:
        wanted = expected.relative_to(casebase.root).as_posix()
        message = f"文件位置与编号 {case_id} 不符"
        yield finding(loaded, ("编号",), "CB104", message, f"把文件移到 {wanted}，或者改正编号")
