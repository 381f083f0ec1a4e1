"""The blank draft: every compulsory field, open."""

from __future__ import annotations

from datetime import date
from typing import Any

from rapidfuzz import process

from casebase.curation.intake.draft import Draft
from casebase.curation.intake.text import tidy
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.model import PartialDate, Taxonomy, Term
from casebase.model.base import NOT_STATED, TO_FILL

#: Chapters beside the two that a subject belongs to by itself.
CHAPTERS = ("商品类", "服务类", "违法行为类", "程序疑难类")
PROCEDURE = "程序疑难类"
_SHORTEST_TITLE, _LONGEST_TITLE = 2, 60
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def blank_draft(
    base: Casebase,
    subject: str,
    *,
    today: date,
    handled: str | None = None,
    chapter: str | None = None,
    title: str | None = None,
) -> Draft:
    """A draft with nothing in it but where it belongs.

    Args:
        subject: id, code or name of a subject (品类).
        handled: year, month or day of handling; ``None`` is 待填.
        chapter: one of :data:`CHAPTERS`; default the subject's own.

    Raises:
        CasebaseError: an unknown subject, chapter or day; the message says what there is.
    """
    term = find_subject(base.taxonomies["subject"], subject)
    when = PartialDate(handled) if handled else PartialDate(TO_FILL)
    data = _skeleton(term, chapter_of(term, chapter), when, today)
    if title:
        data["标题"] = title
    days = when.range
    if days is not None and days.start >= base.form.current_rules_since:
        del data["现行法提示"]
    return Draft(data)


def year_of(data: dict[str, Any]) -> str:
    """The year in the case number: that of handling, 0000 where it is not known."""
    days = PartialDate(str(data["处理时"])).range
    return f"{days.start.year:04d}" if days else "0000"


def ensure_year(year: int) -> str:
    """A year as it stands in a record; :class:`CasebaseError` for one that cannot be right."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CasebaseError(f"年份 {year} 不对，应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间。")
    return str(year)


def checked_chapter(chapter: str | None) -> str | None:
    """A chapter that there is; :class:`CasebaseError` otherwise."""
    if chapter is not None and chapter not in CHAPTERS:
        raise CasebaseError(f"没有“{chapter[:20]}”这一章。可写：{'、'.join(CHAPTERS)}。")
    return chapter


def checked_title(title: str) -> str:
    """A title as a record can hold it; :class:`CasebaseError` for one that is empty or long."""
    plain = tidy(title).replace("\n", " ")
    if not _SHORTEST_TITLE <= len(plain) <= _LONGEST_TITLE:
        raise CasebaseError(
            f"标题应有 {_SHORTEST_TITLE} 到 {_LONGEST_TITLE} 字，现有 {len(plain)} 字。"
        )
    return plain


def chapter_of(term: Term, chapter: str | None) -> str:
    """The chapter that was asked for, else the one the subject is listed under."""
    own = term.group if term.group in CHAPTERS else CHAPTERS[0]
    return checked_chapter(chapter) or own


def find_subject(taxonomy: Taxonomy, asked: str) -> Term:
    """The subject with this id, code or name.

    Raises:
        CasebaseError: none; the message lists those that are near.
    """
    wanted = asked.strip()
    for term in taxonomy.terms:
        names = (term.id, term.label, (term.code or "").lower())
        if wanted in names or wanted.lower() == names[2]:
            return term
    shown = {t.id: f"{t.id} {t.label}" for t in taxonomy.terms}
    near = process.extract(wanted[:60], shown, limit=5, score_cutoff=40)
    close = "、".join(text for text, *_ in near)
    hint = f"相近的有：{close}。" if close else ""
    raise CasebaseError(
        f"没有“{wanted[:60]}”这个品类。{hint}全部品类见 records/taxonomy/subject.yaml。"
    )


def _skeleton(term: Term, chapter: str, when: PartialDate, today: date) -> dict[str, Any]:
    """Plain data in the order of the model; the number is set when the draft is written."""
    return {
        "编号": "",
        "标题": TO_FILL,
        "关键词": [TO_FILL],
        "分类": {
            "章": chapter,
            "品类": term.id,
            "问题": [TO_FILL],
            "渠道": TO_FILL,
            "处置": [TO_FILL],
            "诉求": [TO_FILL],
        },
        "地区": TO_FILL,
        "处理时": str(when),
        "处办要旨": TO_FILL,
        "基本案情": TO_FILL,
        "争议焦点": [TO_FILL],
        "处办过程": [{"时间": TO_FILL, "环节": "接收登记", "内容": TO_FILL}],
        "处理结果": {"投诉": TO_FILL, "举报": TO_FILL},
        "评析": TO_FILL,
        "处办要点": [TO_FILL],
        "风险提示": [TO_FILL],
        "现行法提示": TO_FILL,
        "培训": {"能力": [TO_FILL], "难度": TO_FILL},
        "来源": {
            "素材编号": TO_FILL,
            "标题": TO_FILL,
            "发布者": TO_FILL,
            "发布日期": NOT_STATED,
            "阅读范围": TO_FILL,
            "可信度": TO_FILL,
            "未载事项": TO_FILL,
        },
        "审核": {"供稿": TO_FILL, "状态": "草稿", "版本": 1, "日期": today.isoformat()},
    }
