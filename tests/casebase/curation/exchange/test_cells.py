"""One cell: what people and spreadsheets write, and what is meant by it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.curation.exchange import cells
from casebase.curation.exchange.columns import Column, Kind, Vocabulary, model_columns

TEXT = Column("标题", ("标题",))
DATE = Column("处理时", ("处理时",), Kind.DATE, dated=True)
MONEY = Column("金额.退款", ("金额", "退款"), Kind.NUMBER)
COUNT = Column("条", ("条",), Kind.INTEGER)
WORDS = Vocabulary(
    "问题",
    {
        "contract": "合同履行",
        "quality": "质量",
        "fare": "价格，收费",
        "a1": "同名",
        "a2": "同名",
        "web": "网页 / APP（小程序）",
    },
    ("未载",),
)


@pytest.mark.parametrize(
    ("value", "pattern", "column", "expected", "reason"),
    [
        (None, "@", TEXT, "", "an empty cell"),
        ("  两端空格 \r\n第二行  \r\n", "@", TEXT, "两端空格\n第二行", "line ends of Windows"),
        ("a\rb", "@", TEXT, "a\nb", "line ends of old Macs and of WPS"),
        ("_x000D_换行", "@", TEXT, "换行", "how Excel hides a carriage return"),
        ("_x005F_x0041_", "@", TEXT, "_x0041_", "a text that only looks like an escape"),
        (36500, "General", MONEY, "36500", "a number typed as one"),
        (36500.0, "General", MONEY, "36500", "LibreOffice gives a float"),
        (0.1, "General", MONEY, "0.1", "no digits are invented"),
        (2018, "General", DATE, "2018", "a bare year"),
        (datetime(2018, 11, 26), "yyyy-mm-dd", DATE, "2018-11-26", "typed as a date"),
        (datetime(2018, 11, 26), "m/d/yy", DATE, "2018-11-26", "in another format"),
        (datetime(2018, 3, 1), "mmm-yy", DATE, "2018-03", "Excel's idea of 2018-03"),
        (datetime(2018, 3, 1), 'yyyy"年"m"月"', DATE, "2018-03", "Excel's idea of 2018年3月"),
        (datetime(2018, 3, 1), 'yyyy"年"m"月"d"日"', DATE, "2018-03-01", "the day was typed"),
        (datetime(2018, 3, 1), '[$-804]yyyy"d"m', DATE, "2018-03", "a quoted d is no day"),
    ],
)
def test_what_was_meant(
    value: Any, pattern: str, column: Column, expected: str, reason: str
) -> None:
    assert cells.text_of(value, pattern, column) == expected, reason


@pytest.mark.parametrize(
    ("value", "column", "reason"),
    [
        (True, TEXT, "a truth value was a text once, nobody knows which"),
        (datetime(2026, 1, 2), TEXT, "1-2 has become a date"),
        (datetime(2026, 1, 2), COUNT, "so has a number"),
        (datetime(2018, 11, 26, 8, 30), DATE, "an hour does not belong to a date"),
        (time(12, 30), TEXT, "12:30 has become a time"),
        (320507199001011234, TEXT, "Excel has replaced the last digits"),
        (1e20, MONEY, "no sum is that large"),
    ],
)
def test_what_excel_mangled_is_not_guessed(value: Any, column: Column, reason: str) -> None:
    with pytest.raises(cells.CellError) as caught:
        cells.text_of(value, "General", column)
    assert caught.value.code == "CB707", reason
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "column", "expected", "reason"),
    [
        ("３６５００", MONEY, 36500, "full-width digits"),
        ("36,500.50", MONEY, 36500.5, "thousands' commas"),
        ("-1", MONEY, -1, "the model, not the parser, refuses it"),
        ("２", COUNT, 2, "full-width digits"),
        ("2.0", COUNT, 2, "a whole number all the same"),
        ("２０１８－０３", DATE, "2018-03", "a full-width date"),
        ("未载", DATE, "未载", "no date"),
    ],
)
def test_numbers_and_dates(text: str, column: Column, expected: Any, reason: str) -> None:
    value = cells.parsed(column, text)
    assert (value, type(value)) == (expected, type(expected)), reason


@pytest.mark.parametrize(
    ("text", "column"),
    [("二", MONEY), ("3万", MONEY), ("1,23", MONEY), ("1e5", MONEY), ("2.5", COUNT), ("=1", COUNT)],
)
def test_what_is_no_number(text: str, column: Column) -> None:
    with pytest.raises(cells.CellError) as caught:
        cells.parsed(column, text)
    assert caught.value.code == "CB103"


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("contract", ["contract"], "the id"),
        ("合同履行", ["contract"], "the label"),
        ("contract 合同履行", ["contract"], "both"),
        (" contract　合同 履行 ", ["contract"], "blanks and full width"),
        ("quality\n\ncontract 合同履行", ["quality", "contract"], "one a line, in order"),
        ("质量、合同履行", ["quality", "contract"], "several on a line"),
        ("价格，收费", ["fare"], "a comma within a label divides nothing"),
        ("网页/APP（小程序）", ["web"], "a label with blanks"),
        ("未载", ["未载"], "what stands for no id"),
        ("a1", ["a1"], "the id tells apart what the label cannot"),
    ],
)
def test_a_term_by_id_label_or_both(text: str, expected: list[str], reason: str) -> None:
    column = Column("分类.问题", ("分类", "问题"), many=True, vocabulary="issue")
    assert cells.parsed(column, text, WORDS) == expected, reason


@pytest.mark.parametrize(
    ("text", "code", "hint", "reason"),
    [
        ("contrakt", "CB201", "contract 合同履行", "a slip of the pen gets the nearest"),
        ("contract 质量", "CB707", "contract 合同履行", "id and label disagree"),
        ("同名", "CB707", "a1、a2", "a label that two ids share"),
        ("毫不相干的词", "CB201", "词表", "nothing near"),
    ],
)
def test_a_term_that_is_none(text: str, code: str, hint: str, reason: str) -> None:
    with pytest.raises(cells.CellError) as caught:
        cells.resolved(text, WORDS)
    assert caught.value.code == code, reason
    assert hint in caught.value.fix, reason


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_escape_and_back(text: str) -> None:
    assert cells.unescape(cells.escape(text)) == text


def test_every_key_of_the_model_has_a_column() -> None:
    from casebase.curation.keys import fields_of, model_at
    from casebase.model import Case

    found = {column.keys for column in model_columns()["案例"]}
    for key in fields_of(Case):
        model = model_at((key,))
        if key in ("处办过程", "法律依据"):
            inner = {c.keys for c in model_columns()[key]} - {("编号",), ("序",)}
            assert model and inner == {(name,) for name in fields_of(model)}
        elif model:
            assert {(key, name) for name in fields_of(model)} <= found
        else:
            assert (key,) in found


@pytest.mark.parametrize(
    ("sheet", "heading", "kind", "many", "vocabulary", "reason"),
    [
        ("案例", "分类.章", Kind.TEXT, False, None, "a literal"),
        ("案例", "分类.渠道", Kind.TEXT, False, "channel", "an id or 未载"),
        ("案例", "分类.问题", Kind.TEXT, True, "issue", "several ids"),
        ("案例", "培训.能力", Kind.TEXT, True, None, "several literals"),
        ("案例", "处理时", Kind.DATE, False, None, "a partial date"),
        ("案例", "审核.日期", Kind.DATE, False, None, "a nested one"),
        ("案例", "审核.版本", Kind.INTEGER, False, None, "a whole number"),
        ("案例", "金额.退款", Kind.NUMBER, False, None, "an optional sum"),
        ("法律依据", "条", Kind.INTEGER, False, None, "an optional whole number"),
        ("法律依据", "法规", Kind.TEXT, False, "statute", "the id of a law"),
        ("处办过程", "时限", Kind.TEXT, False, "limit", "the id of a limit"),
    ],
)
def test_columns_are_read_off_the_model(
    sheet: str, heading: str, kind: Kind, many: bool, vocabulary: str | None, reason: str
) -> None:
    column = next(c for c in model_columns()[sheet] if c.heading == heading)
    assert (column.kind, column.many, column.vocabulary) == (kind, many, vocabulary), reason
