"""Which sheet and column holds which key of a case; read off the model, so it cannot drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Literal, get_args, get_origin

from casebase.curation.keys import fields_of, model_at
from casebase.curation.store import Casebase
from casebase.model import Case, PartialDate
from casebase.model.base import NOT_STATED

CASES, STEPS, CITATIONS = "案例", "处办过程", "法律依据"
HELP, WORDS, BASE = "说明", "词表", "_基准"
#: The sheets that hold records, in the order in which they are read.
SHEETS = (CASES, STEPS, CITATIONS)
ID, ORDER = "编号", "序"
#: The column in which findings come back; ignored when it is imported again.
RESULT = "检查结果"
FORMAT = "caseguide-exchange-1"

#: Keys whose values are ids of a vocabulary.
_VOCABULARIES = {
    "分类.品类": "subject",
    "分类.其他品类": "subject",
    "分类.问题": "issue",
    "分类.渠道": "channel",
    "分类.处置": "disposition",
    "分类.诉求": "claim",
    "分类.经营者类型": "party_type",
    "处办过程.时限": "limit",
    "法律依据.法规": "statute",
}
#: Texts in which a date is what one expects, so that a date typed into Excel is read as one.
_DATED_TEXTS = {"来源.发布日期", "处办过程.时间"}
_WIDE = {"处办要旨", "基本案情", "评析", "处办要点", "风险提示", "现行法提示", "处办过程.内容"}
_MIDDLE = {"标题", "争议焦点", "来源原引", "消费提示", "经营者提示", "法律依据.说明"}
_MIDDLE |= {"处理结果.投诉", "处理结果.举报", "来源.标题", "来源.网址", "来源.未载事项"}
_TERMS_WIDTH, _WIDE_WIDTH, _MIDDLE_WIDTH, _TEXT_WIDTH, _SHORT_WIDTH = 30, 60, 36, 22, 11


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "文字"
    DATE = "日期"
    NUMBER = "金额"
    INTEGER = "整数"


@dataclass(frozen=True)
class Column:
    """One column: its Chinese heading (the dotted key) and how its cells are read.

    Args:
        keys: the place in the case, or in one step or citation.
        many: one item a line.
        vocabulary: name in :class:`Vocabulary`'s table, for ids.
        choices: the only texts allowed.
        dated: a text in which an Excel date may be meant.
        width: in characters of Excel's standard font (a 汉字 takes two).
    """

    heading: str
    keys: tuple[str, ...]
    kind: Kind = Kind.TEXT
    many: bool = False
    vocabulary: str | None = None
    choices: tuple[str, ...] = ()
    dated: bool = False
    required: bool = False
    width: int = _TEXT_WIDTH


@dataclass(frozen=True)
class Vocabulary:
    """Ids with their labels, and what may stand instead of an id (未载)."""

    name: str
    labels: Mapping[str, str]
    others: tuple[str, ...] = ()

    def shown(self, value: str) -> str:
        """``id 名称`` as it stands in a cell; an unknown id stands alone."""
        label = self.labels.get(value)
        return f"{value} {label}" if label else value

    @property
    def entries(self) -> tuple[str, ...]:
        """All that may be chosen, as shown."""
        return (*map(self.shown, self.labels), *self.others)


@dataclass(frozen=True)
class Layout:
    """All columns by sheet, with the vocabularies that a casebase gives them."""

    sheets: Mapping[str, tuple[Column, ...]]
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)

    def column(self, sheet: str, keys: tuple[str, ...]) -> Column | None:
        """The column that holds ``keys``, or the key they stand under."""
        for end in range(len(keys), 0, -1):
            for column in self.sheets[sheet]:
                if column.keys == keys[:end]:
                    return column
        return None


def layout_of(casebase: Casebase) -> Layout:
    """The columns of the model and the vocabularies of ``casebase``."""
    kinds = casebase.taxonomies
    tables = {
        name: Vocabulary(
            kinds[name].dimension,
            {term.id: term.label for term in kinds[name].terms},
            (NOT_STATED,) if name == "channel" else (),
        )
        for name in ("subject", "issue", "channel", "disposition", "claim", "party_type")
    }
    tables["limit"] = Vocabulary("时限", {limit.id: limit.label for limit in casebase.limits})
    tables["statute"] = Vocabulary("法规", {law.id: law.title for law in casebase.statutes})
    return Layout(model_columns(), tables)


@cache
def model_columns() -> Mapping[str, tuple[Column, ...]]:
    """The columns of the three sheets, in the order of the model."""
    number = Column(ID, (ID,), required=True, width=18)
    order = Column(ORDER, (ORDER,), Kind.NUMBER, required=True, width=6)
    flat: list[Column] = []
    for key, info in fields_of(Case).items():
        model = model_at((key,))
        if key in SHEETS:
            continue
        if model is None:
            flat.append(_column((key,), info.annotation, required=info.is_required()))
            continue
        for inner, part in fields_of(model).items():
            needed = info.is_required() and part.is_required()
            flat.append(_column((key, inner), part.annotation, required=needed))
    return {
        CASES: tuple(number if column.keys == (ID,) else column for column in flat),
        STEPS: (number, order, *_items(STEPS)),
        CITATIONS: (number, order, *_items(CITATIONS)),
    }


def _items(sheet: str) -> list[Column]:
    model = model_at((sheet,))
    assert model is not None
    return [
        _column((key,), info.annotation, required=info.is_required(), within=sheet)
        for key, info in fields_of(model).items()
    ]


def _column(keys: tuple[str, ...], annotation: Any, *, required: bool, within: str = "") -> Column:
    heading = ".".join(keys)
    place = f"{within}.{heading}" if within else heading
    many = get_origin(annotation) is tuple
    vocabulary = _VOCABULARIES.get(place)
    kind, choices = _kind(annotation)
    if place in _WIDE:
        width = _WIDE_WIDTH
    elif place in _MIDDLE:
        width = _MIDDLE_WIDTH
    elif vocabulary:
        width = _TERMS_WIDTH
    else:
        width = _SHORT_WIDTH if choices or kind is not Kind.TEXT else _TEXT_WIDTH
    width = max(width, 2 * len(heading) + 4)  # the heading and its filter button
    dated = kind is Kind.DATE or place in _DATED_TEXTS
    return Column(
        heading, keys, kind, many, vocabulary, () if vocabulary else choices, dated, required, width
    )


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    """The kind of a type's values and, for a literal or an enumeration, its texts."""
    if annotation is PartialDate:
        return Kind.DATE, ()
    if annotation is float:
        return Kind.NUMBER, ()
    if annotation is int:
        return Kind.INTEGER, ()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Kind.TEXT, tuple(str(member.value) for member in annotation)
    if get_origin(annotation) is Literal:
        return Kind.TEXT, tuple(get_args(annotation))
    for part in get_args(annotation):
        if part not in (..., type(None), str):
            kind, choices = _kind(part)
            if kind is not Kind.TEXT or choices:
                return kind, choices
    return Kind.TEXT, ()
