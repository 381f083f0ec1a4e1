"""What only shows when all cases are seen together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from casebase.curation.checks.form import length
from casebase.curation.checks.report import finding
from casebase.curation.io import Keys
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Severity

#: Sentences shorter than this may well recur («来源未载。»).
_SENTENCE_LENGTH = 18
_SENTENCE_END = re.compile(r"[。！？；\n]")


def check(casebase: Casebase) -> Iterator[Finding]:
    """Numbers used twice, similar cases that do not exist, sentences shared by two cases."""
    yield from _same_id(casebase)
    yield from _missing_similar(casebase)
    yield from _shared_sentences(casebase)


def _same_id(casebase: Casebase) -> Iterator[Finding]:
    first: dict[str, Loaded[Case]] = {}
    for loaded in casebase.loaded:
        other = first.setdefault(loaded.record.id, loaded)
        if other is not loaded:
            message = f"编号 {loaded.record.id} 与 {other.file} 重复"
            yield finding(loaded, ("编号",), "CB105", message, "改用未使用的流水号")


def _missing_similar(casebase: Casebase) -> Iterator[Finding]:
    known = casebase.known_ids
    for loaded in casebase.loaded:
        for i, other in enumerate(loaded.record.similar):
            if other == loaded.record.id:
                message, fix = "相似案例写了本案自己", "删去该项"
            elif other not in known:
                message, fix = f"没有编号为 {other} 的案例", "核对编号，或者删去该项"
            else:
                continue
            yield finding(loaded, ("相似案例", i), "CB203", message, fix)


def _shared_sentences(casebase: Casebase) -> Iterator[Finding]:
    seen: dict[str, list[tuple[Loaded[Case], Keys]]] = defaultdict(list)
    for loaded in casebase.loaded:
        for keys, text in _prose(loaded.record):
            for sentence in _SENTENCE_END.split(text):
                if length(sentence) >= _SENTENCE_LENGTH:
                    seen[sentence.strip()].append((loaded, keys))
    shared: dict[tuple[str, str], list[tuple[Loaded[Case], Keys, str]]] = defaultdict(list)
    for sentence, places in seen.items():
        first = places[0][0]
        for loaded, keys in places[1:]:
            if loaded.record.id != first.record.id:
                shared[loaded.file, first.record.id].append((loaded, keys, sentence))
    for (_, other), found in shared.items():
        loaded, keys, sentence = found[0]
        count = f"有 {len(found)} 处" if len(found) > 1 else "有"
        message = f"与 {other} {count}相同的句子：{sentence[:20]}…"
        fix = "按本案的事实重写，不套用其他案例的文字"
        yield finding(loaded, keys, "CB601", message, fix, Severity.WARNING)


def _prose(case: Case) -> Iterator[tuple[Keys, str]]:
    yield ("处办要旨",), case.rule
    yield ("基本案情",), case.facts
    yield ("评析",), case.comment
    for i, step in enumerate(case.steps):
        yield ("处办过程", i, "内容"), step.text
    for key, lines in (
        ("争议焦点", case.disputes),
        ("处办要点", case.points),
        ("风险提示", case.risks),
    ):
        for i, line in enumerate(lines):
            yield (key, i), line
    if case.current_law:
        yield ("现行法提示",), case.current_law
