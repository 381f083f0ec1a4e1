"""Placeholders: every number of the law comes from a record, or the build stops."""

from __future__ import annotations

from datetime import date

import pytest

from casebase.curation.store import Casebase
from guide_builder.blocks import plain
from guide_builder.errors import GuideError
from guide_builder.placeholders import Place, Placeholders

PLACE = Place("part2/x.md", 7)


@pytest.fixture(scope="module")
def resolver(bundled: Casebase) -> Placeholders:
    return Placeholders(bundled, date(2026, 11, 23), {"附录二": "app-2"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收到之日起{{时限 cpl_accept_7wd_2026}}内", "收到之日起7个工作日内"),
        ("{{依据 cpl_accept_7wd_2026}}", "《市场监督管理投诉举报处理办法》第十五条"),
        ("{{施行 R-SAMR-121}}", "2026年4月15日"),
        ("{{失效 R-SAMR-20}}", "2026年4月14日"),
        (
            "{{法条 R-SAMR-121 23.1.5}}",
            "《市场监督管理投诉举报处理办法》第二十三条第一款第（五）项",
        ),
        ("{{条 R-SAMR-121 16}}", "第十六条"),
        ("{{旧法条 R-SAMR-20 21}}", "《市场监督管理投诉举报处理暂行办法》第二十一条"),
        ("{{延长 case_aic_verify_7wd_2007}}", "可延长至共15个工作日（特殊情况）"),
        ("{{时限 cpl_12365_mediate_1998}}", "30日〔待核〕"),
        ("{{附录 二}}", "附录二（第页）"),
        ("没有占位", "没有占位"),
    ],
)
def test_resolved(resolver: Placeholders, text: str, words: str) -> None:
    assert plain(resolver.spans(text, PLACE)) == words


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("{{时限 cpl_x}}", "没有编号为“cpl_x”的时限", id="unknown limit"),
        pytest.param("{{法条 R-SAMR-121 99}}", "没有这一条", id="no such article"),
        pytest.param("{{法条 R-SAMR-20 21}}", "已经失效", id="a repealed rule cited as current"),
        pytest.param("{{法条 X-YZ 1}}", "法规目录没有", id="unknown statute"),
        pytest.param("{{法条 L-XF 五十五}}", "应写成", id="an article in words"),
        pytest.param("{{罚则 L-XF 2}}", "没有这项数字", id="an article without a figure"),
        pytest.param("{{期限 x}}", "不认识的占位", id="unknown word"),
        pytest.param("{{附录 九十}}", "目录中没有", id="unknown appendix"),
        pytest.param("{{时限 cpl_accept_7wd_2026", "不成对", id="an open bracket"),
    ],
)
def test_refused_with_file_and_line(resolver: Placeholders, text: str, complaint: str) -> None:
    with pytest.raises(GuideError, match=r"part2/x\.md 第 7 行") as caught:
        resolver.spans(text, PLACE)
    assert complaint in str(caught.value)


def test_what_is_resolved_links_to_its_record(resolver: Placeholders) -> None:
    (span,) = resolver.spans("{{时限 cpl_accept_7wd_2026}}", PLACE)
    assert span.target == "limit-cpl_accept_7wd_2026"
