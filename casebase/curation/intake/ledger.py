"""A ledger row becomes a draft: dates become nodes, texts are masked, persons never copied."""

from __future__ import annotations

import re
from datetime import date

from casebase.curation.intake import masking, words
from casebase.curation.intake.blank import blank_draft
from casebase.curation.intake.cite import propose_citations
from casebase.curation.intake.classify import propose_subject, propose_tags
from casebase.curation.intake.dates import cell_day, chinese_day
from casebase.curation.intake.draft import Draft
from casebase.curation.intake.ledger_steps import ledger_steps
from casebase.curation.intake.rows import Row
from casebase.curation.intake.text import sentences, shortened
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.model.base import TO_FILL

#: Uses of columns with running text, in the order in which a row tells its story.
_TOLD = ("受理结果", "调解结果", "是否立案", "处理", "结果")
#: Dated columns from the last step back to the first: the first that is filled is 处理时.
_LAST_FIRST = ("处罚", "办结", "告知", "调解终结", "核查结束", "立案", "受理", "收到")
#: What a ledger may leave out and a case has to account for.
_WANTED = ("收到", "受理", "处理", "结果", "办结", "金额")
_LINE, _TEXT, _TITLE = 400, 4000, 60

_PLACE = re.compile(r"^(?:中国)?([\u4e00-\u9fff]{2,7}?)省([\u4e00-\u9fff]{2,7}?)市")
_AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(万)?")


def ledger_draft(
    row: Row,
    base: Casebase,
    *,
    today: date,
    subject: str | None = None,
    handled: str | None = None,
    chapter: str | None = None,
    title: str | None = None,
) -> Draft:
    """A draft from one row of a ledger.

    Args:
        subject, handled, chapter, title: what the user says; it overrides what is proposed.

    Raises:
        CasebaseError: the row speaks for no subject, so that there is no number.
    """
    masker = masking.Masker(_known_names(row))
    texts = {
        use: masker.mask(row.text(use), use)
        for use in ("标题", "标的", "问题", "内容", "诉求", *_TOLD)
    }
    heading = title or texts["标题"]
    about = "\n".join(filter(None, (texts[u] for u in ("标的", "问题", "内容", "诉求"))))
    guess = None if subject else propose_subject(base, texts["标的"], about)
    if guess is None and subject is None:
        raise CasebaseError(
            f"第 {row.number} 行：看不出属于哪个品类，编不出编号。请用 --subject 指明，"
            "如 --subject g_furniture。"
        )
    dates = {use: day for use in _LAST_FIRST if (day := cell_day(row.values.get(use)))}
    last = next((use for use in _LAST_FIRST if use in dates), None)
    when = handled or (dates[last].isoformat() if last else None)
    draft = blank_draft(
        base,
        subject or (guess.term.id if guess else ""),
        today=today,
        handled=when,
        chapter=chapter,
    )
    if guess:
        draft.propose("分类.品类", guess.term.label, f"有“{'、'.join(guess.words)}”")
    if last and not handled:
        draft.propose("处理时", str(when), f"台账最后一个日期（{last}）")
    told = "\n".join(filter(None, (texts[use] for use in _TOLD)))
    propose_tags(draft, base, heading, about, told, channel=row.text("渠道"))
    filler = _Filler(draft, row, texts, masker)
    filler.fill(heading)
    ledger_steps(draft, row, base, texts, dates)
    filler.outcome(words.headings(base.root).report_side)
    filler.source(base.district.bureau, dates)
    propose_citations(draft, base, f"{about}\n\n{told}", today)
    draft.omitted += row.omitted
    draft.masked += masker.found
    return draft


def _known_names(row: Row) -> dict[str, str]:
    """The names in the columns of the parties, to be masked wherever else they stand."""
    return masking.known_parties([("人", row.text("投诉人")), ("企业", row.text("被投诉人"))])


class _Filler:
    """Puts the texts of one row into the fields of its draft."""

    def __init__(
        self, draft: Draft, row: Row, texts: dict[str, str], masker: masking.Masker
    ) -> None:
        self.draft, self.row, self.texts, self.masker = draft, row, texts, masker
        self.data = draft.data

    def fill(self, title: str) -> None:
        """Title, facts, place, sum and contributor; what has no field is kept apart."""
        if title:
            self.data["标题"] = self._within("标题", title.replace("\n", ""), _TITLE) or TO_FILL
        self._facts()
        self._amount()
        place = self.row.text("地区")
        match = _PLACE.match(place)
        if match:
            self.data["地区"] = match[1] + match[2]
        elif place:
            self._leave("地区", place)
        unit = self.masker.mask(self.row.text("单位"), "单位")
        if unit:
            self.data["审核"]["供稿"] = self._within("单位", unit, _LINE)
        kind = self.row.text("类型")
        if kind:
            self._leave("类型", kind)
        for heading, text in self.row.other.items():
            self._leave(heading, text)

    def _leave(self, label: str, text: str) -> None:
        self.draft.unplaced.append((f"台账“{label}”", self.masker.mask(text, label)))

    def _within(self, name: str, text: str, most: int) -> str:
        kept, rest = shortened(text, most)
        if rest:
            self.draft.unplaced.append((f"{name}（超过 {most} 字的部分）", rest))
        return kept

    def _facts(self) -> None:
        goods, content, claim = (self.texts[use] for use in ("标的", "内容", "诉求"))
        parts = [content]
        if goods and goods not in content:
            parts.insert(0, f"涉及的商品或者服务：{goods}。")
        if self.texts["问题"]:
            self.draft.unplaced.append(("台账“问题类别”", self.texts["问题"]))
        if claim:
            parts.append(f"诉求：{claim.rstrip('。')}。")
        text = "\n".join(filter(None, parts))
        if text:
            self.data["基本案情"] = self._within("基本案情", text, _TEXT) or TO_FILL
            self.draft.propose("基本案情", "照台账原话", "号码和名称已略去，请改写成案情")

    def _amount(self) -> None:
        text = self.row.text("金额")
        match = _AMOUNT.search(text)
        if match is None:
            if text:
                self._leave("金额", text)
            return
        sum_of = float(re.sub("[,，]", "", match[1])) * (10_000 if match[2] else 1)
        self.data["金额"] = {"争议金额": int(sum_of) if sum_of.is_integer() else round(sum_of, 2)}
        self.draft.propose("金额", f"争议金额 {text} 元", "台账的金额一栏")

    def outcome(self, report_side: tuple[str, ...]) -> None:
        """Results of complaint and report, told apart sentence by sentence."""
        told = self.texts["结果"] or self.texts["调解结果"]
        sides: dict[str, list[str]] = {"投诉": [], "举报": []}
        for sentence in sentences(told):
            of_report = any(word in sentence for word in report_side)
            sides["举报" if of_report else "投诉"].append(sentence.strip())
        for side, parts in sides.items():
            kept = self._within(f"处理结果.{side}", "".join(parts), _LINE)
            if kept:
                self.data["处理结果"][side] = kept

    def source(self, bureau: str, dates: dict[str, date]) -> None:
        """Where the facts come from, and what the row does not say."""
        missing = [u for u in _WANTED if u not in dates and not self.row.text(u)]
        self.data["来源"] |= {
            "素材编号": "台账摘录",
            "标题": "投诉举报台账",
            "发布者": bureau,
            "阅读范围": "部分",
            "未载事项": f"台账没有写明：{'、'.join(missing)}。" if missing else TO_FILL,
        }
        received = dates.get("收到")
        shown = f"台账第 {self.row.number} 行" + (
            f"，收到日 {chinese_day(received)}" if received else ""
        )
        self.draft.propose("来源", "投诉举报台账", f"{shown}；请查阅原卷后补全")


def row_summary(row: Row) -> str:
    """A row in a few words for choosing it, masked: day, goods, and how the content begins."""
    masker = masking.Masker(_known_names(row))
    received = cell_day(row.values.get("收到"))
    parts = [
        received.isoformat() if received else "",
        masker.mask(row.text("标的"), "标的")[:12],
        masker.mask(row.text("内容") or row.text("诉求"), "内容").replace("\n", " ")[:28],
    ]
    return "　".join(part for part in parts if part) or "（没有内容）"
