"""Any text can be set, or is refused with the block's name."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide_builder.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Flow,
    FlowStep,
    Heading,
    ItemList,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)
from guide_builder.word import WordError, check_docx, render


def document(*body: Block, **more: Any) -> Document:
    return Document(more.get("title", "题"), "局", "", more.get("front", ()), body)


def texts(document: Document) -> list[str]:
    made = render(document, measure=False).docx
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]


@pytest.mark.parametrize(
    "value",
    [
        "A<B & C>",  # docxtpl lost all after «<» here
        "</w:t></w:r></w:p><w:p/>",
        "]]><!-- &amp; &#0;",
        "“引”‘号’\"'",
        "  两端空白  ",
        "甲\t乙\n丙",
        "𠮷野家 👨‍👩‍👧 العربية",
        "=cmd|' /C calc'!A0",
        "{{ 7*7 }}",
    ],
)
def test_text_comes_back_as_it_went_in(value: str) -> None:
    assert texts(document(Paragraph(text(value)))) == [value]


def test_line_ends_are_made_one_kind() -> None:
    assert texts(document(Paragraph(text("一\r\n二\r三\u2028四")))) == ["一\n二\n三\n四"]


BAD = "\x07"
PLACES: list[tuple[Document, str]] = [
    (document(Paragraph(text("好")), Paragraph(text("坏" + BAD))), "正文第 2 块（段落“坏?”）"),
    (document(Heading(1, BAD, "a")), "正文第 1 块（标题“?”）"),
    (document(Table("表", ("头",), (Row((text(BAD),)),), (1,))), "正文第 1 块（表格“表”）"),
    (document(Flow("图", (FlowStep("甲", (BAD,)),))), "正文第 1 块（流程图“图”）"),
    (document(ItemList((text(BAD),))), "正文第 1 块（列表）"),
    (document(front=(Cover((BAD,), "", ""),)), "前置部分第 1 块（封面）"),
    (document(title=BAD), "文档属性 title"),
]


@pytest.mark.parametrize(("bad", "place"), PLACES)
def test_a_control_character_is_refused_with_its_place(bad: Document, place: str) -> None:
    with pytest.raises(WordError) as caught:
        render(bad, measure=False)
    assert str(caught.value).startswith(place)
    assert "U+0007" in str(caught.value)


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\ufffe"])
def test_every_character_xml_or_word_cannot_hold_is_refused(char: str) -> None:
    with pytest.raises(WordError, match=f"U\\+{ord(char):04X}"):
        render(document(Paragraph(text(f"甲{char}"))), measure=False)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (Paragraph((Span("见", target="nowhere"),)), "链接指向不存在的锚点“nowhere”"),
        (Paragraph((Span("", page=True),)), "没有指明目标锚点"),
        (Paragraph(text("甲"), anchor="坏"), "只能用字母"),
        (Table("表", ("一", "二"), (), (1,)), "表头 2 栏，列宽 1 栏"),
        (Table("表", (), (Row((text("一"),)),), (1, 1)), "第 1 行：有 1 格，应为 2 格"),
        (Table("表", (), (), ()), "列宽须为正数"),
        (Table("表", (), (), (1, float("nan"))), "列宽须为正数"),
        (Contents(depth=9), "目录深度须为 1–4"),
        (Heading(7, "甲", "a"), "标题级别须为 1–4"),  # type: ignore[arg-type]
    ],
)
def test_a_block_that_cannot_be_set_is_refused(block: Block, message: str) -> None:
    with pytest.raises(WordError, match=message):
        render(document(block), measure=False)


def test_an_anchor_used_twice_is_refused_and_both_places_are_named() -> None:
    twice = document(Heading(1, "甲", "a"), Heading(1, "乙", "a"))
    with pytest.raises(WordError, match=r"第 2 块（标题“乙”）：锚点“a”已用于正文第 1 块"):
        render(twice, measure=False)


allowed = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        include_characters="\n\t",
        exclude_characters="\u2028\u2029\ufffe\uffff",
    ),
    min_size=1,
)
spans = st.lists(
    st.builds(Span, allowed, st.sampled_from(["plain", "strong", "term", "mark"])), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(spans, st.sampled_from(["body", "note", "warning"])), min_size=1))
def test_any_spans_open_again_with_the_same_text(made: list[tuple[list[Span], Any]]) -> None:
    blocks = [Paragraph(tuple(content), style) for content, style in made]
    wanted = ["".join(span.text for span in content) for content, _ in made]
    data = render(document(*blocks), measure=False).docx
    shown = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert shown == wanted
    assert check_docx(data) == []
