"""Proposed masking of text that is taken over: numbers and names never reach a draft.

Everything that was replaced is kept in short for the report, so that a person can compare it
with the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casebase.curation import privacy

#: What stands for a kind of personal data; a kind that is not listed becomes «（略）».
_INSTEAD = {
    "ID": "（证件号码略）",
    "PHONE": "（电话略）",
    "USCC": "（信用代码略）",
    "BANK": "（银行卡号略）",
    "PLATE": "某车辆",
    "EMAIL": "（邮箱略）",
    "ACCOUNT": "（账号略）",
    "ORDER": "（单号略）",
    "ADDR": "（详细地址略）",
    "ORG_BIZ": "某公司",
    "ORG_INDIV": "某店",
    "PLATFORM": "某平台",
    "URL": "（链接略）",
}
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "慕容", "令狐", "夏侯", "端木")
_PHONE_LABEL = r"(?:联系)?(?:电话|手机|方式)(?:号码?)?[为是:：\s]{0,3}"
_BRACKETED_LABEL = re.compile(rf"[（(][^（）()]{{0,12}}?{_PHONE_LABEL}（(电话略)）[）)]")
_LABEL = re.compile(rf"{_PHONE_LABEL}（电话略）")
#: Shorter names would also stand inside other words.
_SHORTEST_NAME, _SHORTEST_CORE, _LONGEST_PERSON = 2, 3, 3
_REMARK = re.compile(r"[，,（(:：\d]")
_APART = re.compile(r"[、;；/\s]+")
#: What stands in the column of a name without being one.
_NO_NAMES = ("匿名", "本人", "不详", "未知", "保密", "没有", "消费者", "投诉人", "举报人", "群众")
_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|市|区|县|镇|街道))+")
_FORM = re.compile(
    r"[（(].*?[)）]|(?:股份)?(?:有限)?(?:责任)?公司|(?:经营部|商行|商店|门市部|专卖店|[店厂场院行馆])$"
)


@dataclass(frozen=True)
class Masked:
    """One thing that was replaced: in which field, of what kind, in short, and by what."""

    field: str
    label: str
    shown: str
    instead: str


@dataclass
class Masker:
    """Masks texts of one case. ``known`` maps names that are known from a column to their mask."""

    known: Mapping[str, str] = field(default_factory=dict)
    found: list[Masked] = field(default_factory=list)

    def mask(self, text: str, place: str) -> str:
        """``text`` with personal data replaced; ``place`` names it in the report."""
        for name in sorted(self.known, key=len, reverse=True):
            if name in text:
                text = text.replace(name, self.known[name])
                self._note(place, "姓名或者名称", name, self.known[name])
        parts, at = [], 0
        for span in privacy.find(text):
            instead = _instead(span)
            if instead == span.text:
                continue
            parts += [text[at : span.start], instead]
            at = span.end
            label = privacy.KINDS[span.kind].label if span.kind in privacy.KINDS else "个人信息"
            self._note(place, label, span.text, instead)
        return _smooth("".join([*parts, text[at:]]))

    def _note(self, place: str, label: str, text: str, instead: str) -> None:
        self.found.append(Masked(place, label, privacy.shortened(text), instead))


def _smooth(text: str) -> str:
    """«（电话（电话略））» → «（电话略）», «手机号：（电话略）» → «联系电话（略）»."""
    text = _BRACKETED_LABEL.sub(r"（\1）", text)
    return _LABEL.sub("联系电话（略）", text)


def _instead(span: privacy.PrivateSpan) -> str:
    if span.kind == "PERSON":
        return person(span.text)
    return _INSTEAD.get(span.kind, "（略）")


def person(name: str) -> str:
    """«王小明», «王女士» → «王某»; a compound surname stays whole."""
    size = 2 if name.startswith(_COMPOUND) else 1
    return f"{name[:size]}某"


def known_parties(parties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that are known from a label, and what stands for each.

    Args:
        parties: (人 or 企业, the value under the label); several persons may stand in one value.
    """
    known: dict[str, str] = {}
    for kind, value in parties:
        if kind == "企业" and not _looks_like_person(value):
            core = _FORM.sub("", _REGION.sub("", value))
            known |= {name: firm(value) for name in (value, core) if len(name) >= _SHORTEST_CORE}
        else:
            names = _APART.split(_REMARK.split(value, maxsplit=1)[0])
            known |= {name: person(name) for name in names if name not in _NO_NAMES}
    return {
        name: mask
        for name, mask in known.items()
        if len(name) >= _SHORTEST_NAME and "某" not in name
    }


def _looks_like_person(value: str) -> bool:
    return len(value) <= _LONGEST_PERSON and not _FORM.search(value)


def firm(name: str) -> str:
    """What stands for the party complained of: its form, not its name."""
    for form in (
        "有限公司",
        "公司",
        "合作社",
        "经营部",
        "商行",
        "超市",
        "饭店",
        "酒店",
        "药店",
        "店",
    ):
        if form in name:
            return f"某{form.removeprefix('有限')}"
    return "某经营者"
