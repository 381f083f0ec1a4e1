"""Does a case agree with itself: result and disposition, sums and text, fine and article cited.

What can be doubted but not decided is a reminder; a source that tells of a fine below the
article's floor is only asked to be explained, never corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebase.curation.checks.law import days_of
from casebase.curation.checks.report import finding
from casebase.curation.money import sums
from casebase.curation.prose import prose
from casebase.curation.store import Casebase, Loaded
from casebase.law.penalties import FineRange, fine_range
from casebase.model import Case, Finding, Severity

_AMOUNT = "[0-9一二三四五六七八九十百千万]+[余多]?万?元"
_PENALTY = re.compile(rf"(?:罚款|没收|并处)[^。；，]{{0,10}}{_AMOUNT}")
#: Between the two parties; money paid back by order (责令退还) belongs to the penalty.
_SETTLEMENT = re.compile(
    rf"(?:退款|退货款|退赔|赔偿|补偿)[^。；]{{0,12}}{_AMOUNT}"
    r"|(?<!未)(?<!没有)达成(?:调解|和解)?协议"
)
_PUNISHED = re.compile(r"罚|没收|警告|吊销|责令停产|停业|拘留")
_NOTHING = re.compile(r"无|没有|未(?:见|载|涉|提)|来源未载|不涉及")
_EXPLAINED = re.compile(r"减轻|低于|下限|从轻|不予|未说明|未载|待核|依据不明|理由")
_SUMS = {"争议金额": "disputed", "退款": "refunded", "赔偿": "compensated", "罚款": "fined"}
_SUMS |= {"没收违法所得": "confiscated", "罚没合计": "penalty_total"}


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Contradictions inside one record."""
    yield from _fields_swapped(loaded)
    yield from _dispositions(loaded)
    yield from _sums_in_text(loaded)
    yield from _fine(loaded, casebase)


def _fields_swapped(loaded: Loaded[Case]) -> Iterator[Finding]:
    outcome = loaded.record.outcome
    for key, text, pattern, what, other in (
        ("投诉", outcome.complaint, _PENALTY, "处罚", "举报"),
        ("举报", outcome.report, _SETTLEMENT, "退赔或者协议", "投诉"),
    ):
        match = pattern.search(text)
        if match:
            keys = ("处理结果", key)
            message = f"“{key}”结果里写了{what}：{match.group()}"
            fix = f"投诉、举报结果分列：移到“{other}”，或者写清两者的关系"
            yield finding(loaded, keys, "CB614", message, fix, Severity.WARNING)


def _dispositions(loaded: Loaded[Case]) -> Iterator[Finding]:
    case = loaded.record
    chosen, outcome = set(case.classification.dispositions), case.outcome
    fined = case.amounts.fined or case.amounts.confiscated or case.amounts.penalty_total
    problems: list[tuple[str, str]] = []
    if "d_penalized" in chosen and not _PUNISHED.search(outcome.report):
        problems.append(("处置有“行政处罚”，“举报”结果里却没有处罚", "补写处罚，或者改正处置"))
    if fined and not chosen & {"d_penalized", "d_filed", "d_complaint_to_case"}:
        problems.append(("“金额”里有罚没，处置却没有“行政处罚”", "改正处置，或者删去罚没金额"))
    mediated = chosen & {"d_mediated", "d_mediated_doc", "d_mediated_instant"}
    if mediated and _NOTHING.match(outcome.complaint):
        problems.append(("处置有“调解成功”，“投诉”结果却写没有", "补写投诉结果，或者改正处置"))
    for one, other in (("d_filed", "d_not_filed"), ("d_accept", "d_reject")):
        if {one, other} <= chosen and "mixed" not in case.classification.issues:
            fix = "留下一个；分属两件事的，问题加“混合件”"
            problems.append((f"处置同时有 {one} 和 {other}", fix))
    for message, fix in problems:
        yield finding(loaded, ("分类", "处置"), "CB615", message, fix, Severity.WARNING)


def _sums_in_text(loaded: Loaded[Case]) -> Iterator[Finding]:
    case = loaded.record
    stated = {key: getattr(case.amounts, name) for key, name in _SUMS.items()}
    stated = {key: value for key, value in stated.items() if value is not None}
    told = sums("\n".join(text for _, text in prose(case))) if stated else set()
    for key, value in stated.items():
        if not any(abs(value - said) <= 0.05 * value for said in told):
            message = f"“{key}”写 {value:g} 元，正文里没有这个数"
            fix = "核对来源，使金额和正文一致"
            yield finding(loaded, ("金额", key), "CB616", message, fix, Severity.WARNING)


def _fine(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """The fine against the widest range of all penalty articles that the case cites."""
    case = loaded.record
    fined = case.amounts.fined
    ranges = [r for r in _ranges(case, casebase) if r is not None]
    if fined is None or not ranges or any(r.open_ended for r in ranges):
        return
    keys = ("金额", "罚款")
    least, most = min(r.least for r in ranges), max(r.most for r in ranges)
    named = "、".join(dict.fromkeys(r.text for r in ranges))
    if fined > most:
        message = f"罚款 {fined:g} 元，超出所引条文的幅度（{named}）"
        fix = "核对金额和所引条文；另有依据的补引"
        yield finding(loaded, keys, "CB611", message, fix, Severity.WARNING)
    elif fined < least and not _EXPLAINED.search(_explanations(case)):
        message = f"罚款 {fined:g} 元，低于所引条文的幅度（{named}）而没有交代"
        fix = "写明减轻处罚的依据；来源没写的，写明“低于下限，来源未载理由”"
        yield finding(loaded, keys, "CB611", message, fix, Severity.WARNING)


def _ranges(case: Case, casebase: Casebase) -> Iterator[FineRange | None]:
    days = days_of(case)
    for citation in case.citations:
        statute = casebase.statutes.get(citation.statute)
        if statute is None or citation.article is None:
            continue
        for article in statute.articles_for(citation.article, days):
            if article.penalty:
                yield fine_range(article.penalty)


def _explanations(case: Case) -> str:
    notes = [c.note or "" for c in case.citations]
    told = (case.comment, case.outcome.report, case.source.not_stated)
    return "\n".join([*told, *case.risks, *notes])
