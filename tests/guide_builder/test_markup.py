"""Standing text: the small markdown subset, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from casebase.curation.store import Casebase
from guide_builder.blocks import Block, Heading, ItemList, Paragraph, plain
from guide_builder.errors import GuideError
from guide_builder.markup import Markup, Source
from guide_builder.placeholders import Place, Placeholders


@pytest.fixture(scope="module")
def markup(bundled: Casebase) -> Markup:
    def directive(word: str, rest: str, place: Place) -> tuple[Block, ...]:
        return (Paragraph(()),) if rest == "known" else _refuse(place)

    return Markup(Placeholders(bundled, date(2026, 11, 23), {}), directive)


def _refuse(place: Place) -> tuple[Block, ...]:
    raise place.error("没有")


def blocks(markup: Markup, text: str) -> tuple[Block, ...]:
    return markup.blocks(Source("x.md", "sec", text))


def test_headings_get_anchors_of_their_section(markup: Markup) -> None:
    made = blocks(markup, "## （一）甲\n\n段。\n\n## （二）乙\n")
    assert [b.anchor for b in made if isinstance(b, Heading)] == ["sec-1", "sec-2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1. 甲\n2. 乙\n", "number"), ("- 甲\n- 乙\n", "dash"), ("- [ ] 甲\n- [ ] 乙\n", "check")],
)
def test_lists(markup: Markup, text: str, kind: str) -> None:
    (made,) = blocks(markup, text)
    assert isinstance(made, ItemList)
    assert made.kind == kind
    assert [plain(item) for item in made.items] == ["甲", "乙"]


def test_run_in_labels_are_strong(markup: Markup) -> None:
    (made,) = blocks(markup, "**红线。** 不得以调代罚。\n")
    assert isinstance(made, Paragraph)
    assert [(s.text, s.style) for s in made.spans] == [
        ("红线。", "strong"),
        (" 不得以调代罚。", "plain"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("# 一级\n", 1, id="a first-level heading"),
        pytest.param("段。\n\n{{表 unknown}}\n", 3, id="an unknown directive"),
        pytest.param("段。\n\n段{{时限 x}}。\n", 3, id="an unknown limit"),
        pytest.param("- 甲\n  - 乙\n", 2, id="a list in a list"),
        pytest.param("- [ ] 甲\n- 乙\n", 1, id="ticks and dashes mixed"),
        pytest.param("甲`乙`\n", 1, id="code"),
    ],
)
def test_refused_with_its_line(markup: Markup, text: str, line: int) -> None:
    with pytest.raises(GuideError, match=f"x.md 第 {line} 行"):
        blocks(markup, text)


def test_raw_html_stays_text(markup: Markup) -> None:
    (made,) = blocks(markup, "甲<script>乙\n")
    assert isinstance(made, Paragraph)
    assert plain(made.spans) == "甲<script>乙"
