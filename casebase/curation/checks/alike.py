"""Records that tell the same story: the same material twice, the same event, other outcomes.

Texts are compared by rare pairs and triples of characters (TF-IDF cosine). Among several
hundred different published cases of the same trade no two reached 0.3, retold ones lie above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebase.curation.checks.report import finding
from casebase.curation.money import sums
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Severity

#: Cosine from which two cases tell the same event, alone or with sums in common.
_SAME_TEXT, _SAME_WITH_SUMS = 0.45, 0.30
_SUMS_IN_COMMON = 2
_SMALL_SUM = 100  # smaller sums (a bottle, a fee) coincide by chance
_ENOUGH = 40  # characters of a story; an open draft has none
_BATCH = 512
_MATERIAL = re.compile(r"[A-Za-z]+-?[0-9]+")
#: Results that exclude one another when the facts are the same.
_OPPOSITE = (
    ("d_reject", {"d_accept", "d_mediated", "d_mediated_doc", "d_mediated_instant"}),
    ("d_terminate", {"d_mediated", "d_mediated_doc", "d_mediated_instant"}),
    ("d_not_filed", {"d_filed", "d_penalized", "d_complaint_to_case"}),
    ("d_no_penalty", {"d_penalized"}),
)


@dataclass(frozen=True)
class _Pair:
    one: Loaded[Case]
    other: Loaded[Case]
    score: float


def check(casebase: Casebase) -> Iterator[Finding]:
    """At most one finding a record on each point, naming the earlier record."""
    yield from _same_material(casebase)
    for pair in _closest(casebase.loaded):
        yield from _same_event(pair)


def _same_material(casebase: Casebase) -> Iterator[Finding]:
    first: dict[str, Loaded[Case]] = {}
    for loaded in casebase.loaded:
        for number in _MATERIAL.findall(loaded.record.source.material):
            other = first.setdefault(number.upper(), loaded)
            if other is not loaded:
                message = f"与 {other.record.id} 用了同一件素材（{number}）"
                fix = "同一件事只留一件；同一材料里的不同案例，在素材编号后加序号"
                keys = ("来源", "素材编号")
                yield finding(loaded, keys, "CB602", message, fix, Severity.WARNING)


def _same_event(pair: _Pair) -> Iterator[Finding]:
    case, other = pair.one.record, pair.other.record
    if pair.score < _SAME_WITH_SUMS or _named(case, other):
        return
    common = {s for s in _sums(case) & _sums(other) if s >= _SMALL_SUM}
    if pair.score < _SAME_TEXT and len(common) < _SUMS_IN_COMMON:
        return
    against = _contradiction(case, other)
    if against:
        message = f"与 {other.id} 案情相近而处置相反（{against}）"
        fix = "核对两件的事实；确有区别的，在评析里写明为什么处置不同，并列为相似案例"
        yield finding(pair.one, ("分类", "处置"), "CB604", message, fix, Severity.WARNING)
    else:
        message = f"与 {other.id} 可能是同一件事（相似度 {pair.score:.2f}）"
        fix = "核对素材：同一件事只留一件；确是两件事的，互列为相似案例"
        yield finding(pair.one, ("基本案情",), "CB603", message, fix, Severity.WARNING)


def _named(case: Case, other: Case) -> bool:
    """Whoever lists the other as similar has seen it and judged."""
    return other.id in case.similar or case.id in other.similar


def _sums(case: Case) -> set[float]:
    return sums(case.facts + case.outcome.complaint + case.outcome.report)


def _contradiction(case: Case, other: Case) -> str:
    ours, theirs = set(case.classification.dispositions), set(other.classification.dispositions)
    for result, excluded in _OPPOSITE:
        for left, right in ((ours, theirs), (theirs, ours)):
            if result in left and result not in right and right & excluded:
                return f"{result} 与 {'、'.join(sorted(right & excluded))}"
    return ""


def _closest(loaded: tuple[Loaded[Case], ...]) -> Iterator[_Pair]:
    """For each record the earlier one whose story is most like its own."""
    loaded = tuple(item for item in loaded if len(item.record.facts) >= _ENOUGH)
    if len(loaded) < 2:
        return
    from sklearn.feature_extraction.text import TfidfVectorizer  # takes a second to load

    texts = [item.record.title + item.record.facts for item in loaded]
    common = max(20, len(texts) // 20)
    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 2), max_df=min(common, len(texts)), sublinear_tf=True
    )
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:  # nothing but common pairs, or no text at all
        return
    for start in range(0, len(texts), _BATCH):
        block = (matrix[start : start + _BATCH] @ matrix.T).toarray()
        for row, scores in enumerate(block):
            at = start + row
            if at:
                nearest = int(scores[:at].argmax())
                yield _Pair(loaded[at], loaded[nearest], float(scores[nearest]))
