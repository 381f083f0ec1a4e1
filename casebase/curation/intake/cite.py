"""Citations in a written case: those that resolve become 法律依据, the rest 来源原引."""

from __future__ import annotations

from datetime import date
from typing import Any

from casebase.curation.intake.draft import Draft
from casebase.curation.store import Casebase
from casebase.law.citations import Resolved, names_of, read_citations
from casebase.law.finder import mentions_in
from casebase.law.wording import article_words, short_title
from casebase.model import DateRange, PartialDate

_MOST_LINE = 400
_MOST_SOURCE = 20


def propose_citations(draft: Draft, base: Casebase, text: str, today: date) -> None:
    """Fill 法律依据 and 来源原引 from ``text``, held against the law of the time of handling.

    Where that time is not known the law of any day up to today will do.
    """
    span = PartialDate(str(draft.data["处理时"])).range
    days = span or DateRange(date.min, today)
    good: dict[tuple[Any, ...], dict[str, Any]] = {}
    rest: dict[str, str] = {}
    cited: set[str] = set()
    for item in read_citations(text, base.statutes, days):
        if item.statute is not None:
            cited.add(item.statute.id)
        if item.sound and item.statute is not None and item.found.unit.article:
            line = _line(item)
            good.setdefault(tuple(line.values()), line)
        else:
            rest.setdefault(_quoted(item), _why(item))
    for mention in mentions_in(text, names_of(base.statutes)):
        if mention.bracketed and not cited.intersection(mention.ids):
            rest.setdefault(f"《{mention.name}》", "没有写条号")
    if good:
        draft.data["法律依据"] = list(good.values())
        shown = "、".join(_shown(line, base) for line in good.values())
        draft.propose("法律依据", shown, "文中引用，处理时有效；注意款、项和时点")
    if rest:
        draft.data["来源原引"] = list(rest)[:_MOST_SOURCE]
        reasons = "；".join(f"{words}：{why}" for words, why in list(rest.items())[:_MOST_SOURCE])
        draft.propose("来源原引", "照原文列出", reasons)


def _line(item: Resolved) -> dict[str, Any]:
    unit, statute = item.found.unit, item.statute
    assert statute is not None
    parts = {"条": unit.article, "款": unit.paragraph, "项": unit.item}
    kept = {key: value for key, value in parts.items() if value}
    return {"法规": statute.id, **kept, "时点": "处理时", "出处": "来源所引"}


def _shown(line: dict[str, Any], base: Casebase) -> str:
    statute = base.statutes.get(line["法规"])
    title = short_title(statute.title) if statute else line["法规"]
    return f"《{title}》{article_words(line['条'], line.get('款'), line.get('项'))}"


def _quoted(item: Resolved) -> str:
    """The citation as written, with the law's name where only the context gives it."""
    found = item.found
    text = " ".join(found.text.split())
    if found.open and found.name:
        text = f"《{found.name.strip('《》')}》{text}"
    return text[:_MOST_LINE]


def _why(item: Resolved) -> str:
    if item.statute is None:
        return "可指几部法规" if item.candidates else "法规目录没有或者认不出"
    if item.exists is False:
        return "处理时的文本没有这一条"
    if item.in_force is False:
        return "处理时没有施行或者已经失效"
    return "条号无法核对"
