"""Written cases in every usual layout: each section goes to its field, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from casebase.curation import intake
from casebase.curation.docx_text import Line, read_docx
from casebase.curation.intake.headings import HeadingReader
from casebase.curation.intake.splitter import WordCase
from casebase.curation.intake.word_split import split
from casebase.curation.intake.words import headings
from casebase.curation.layout import BUNDLED
from casebase.curation.store import Casebase, open_casebase
from guide_builder.cli import app

from .conftest import (
    COMMENT,
    FACTS,
    HANDLED,
    RESULT,
    SECTIONS,
    TITLE,
    Heads,
    bold,
    inline,
    plain,
    styled,
    table,
)

Make = Callable[[Heads], docx.document.Document]
Save = Callable[[docx.document.Document], Path]


def heads(*names: str) -> Heads:
    assert len(names) == 5
    return names  # type: ignore[return-value]


NUMBERED = heads("一、基本案情", "二、处理过程", "三、处理结果", "四、法律依据", "五、案例评析")
BRACKETS = heads("【案情】", "【处理情况】", "【调解结果】", "【法条链接】", "【典型意义】")
COLONS = heads("案情：", "处理经过：", "处理结果：", "处罚依据：", "点评：")


@pytest.mark.parametrize(
    ("make", "names"),
    [
        pytest.param(styled, NUMBERED, id="heading styles with numbers"),
        pytest.param(
            styled,
            heads("案件基本情况介绍", "调查处理情况", "办理结果", "相关法律法规", "本案的典型意义"),
            id="heading styles in words of their own",
        ),
        pytest.param(bold, NUMBERED, id="bold lines"),
        pytest.param(
            bold,
            heads("案 情 简 介", "办理 过程", "处理结果", "法律 依据", "评 析"),
            id="bold lines with blanks between the characters",
        ),
        pytest.param(
            plain,
            heads("（一）案情介绍", "（二）查处经过", "（三）处理决定", "（四）依据", "（五）启示"),
            id="plain lines numbered in brackets",
        ),
        pytest.param(
            plain,
            heads("1. 投诉内容", "2. 调解过程", "3. 调解结果", "4. 适用法律", "5. 简评"),
            id="plain lines numbered with digits",
        ),
        pytest.param(plain, BRACKETS, id="lines in brackets"),
        pytest.param(
            plain,
            heads("案情回放", "处置情况", "最终结果", "相关法条", "法理分析"),
            id="lines without any mark",
        ),
        pytest.param(inline, BRACKETS, id="brackets with the text behind them"),
        pytest.param(inline, COLONS, id="label and colon with the text behind them"),
        pytest.param(
            inline,
            heads("一、案情：", "二、处理：", "三、结果：", "四、法律依据：", "五、评析："),
            id="numbered label and colon",
        ),
        pytest.param(
            table,
            heads("案情简介", "处理情况", "处理结果", "法律依据", "案例启示"),
            id="a form with a label column",
        ),
        pytest.param(
            table,
            heads("案情：", "处理过程：", "处理结果：", "依据：", "点评："),
            id="labels with colon",
        ),
    ],
)
def test_every_layout_gives_the_same_sections(
    make: Make, names: Heads, save: Save, records: Path
) -> None:
    (case,) = intake.read_cases(save(make(names)), records)
    assert case.title == TITLE
    found = {key: "\n".join(text) for key, text in case.sections.items()}
    found.pop("供稿", None)
    assert found == SECTIONS
    assert case.unplaced == []


def new(path: Path, records: Path, *more: str) -> Any:
    args = ["case", "new", "--from", str(path), "--records", str(records), "--json", *more]
    return CliRunner().invoke(app, args)


def test_a_written_case_becomes_a_draft(save: Save, records: Path) -> None:
    done = new(save(styled(NUMBERED)), records)
    assert done.exit_code == 0
    (draft,) = json.loads(done.output)["drafts"]
    case = open_casebase(records).by_id[draft["id"]]
    assert case.id == "XC-2025-FUR-001"
    assert (case.title, case.facts, case.comment) == (TITLE, FACTS, COMMENT)
    assert case.outcome.complaint == RESULT
    assert case.classification.subject == "g_furniture"
    assert (case.handled, case.review.status) == ("2025-04", "草稿")
    assert [(c.statute, c.article, c.paragraph) for c in case.citations] == [("L-XF", 24, 1)]
    assert case.citations[0].origin == "来源所引"
    reasons = {p["field"]: p["reason"] for p in draft["proposals"]}
    assert "衣柜" in reasons["分类.品类"]
    assert {"分类.问题", "分类.处置", "处理时", "法律依据"} <= set(reasons)
    assert {f["code"] for f in draft["findings"]} <= {"CB401", "CB402"}
    text = Path(draft["path"]).read_text(encoding="utf-8")
    assert "作者姓名" not in text, "properties of the document are never copied"
    assert "案例.docx" not in text, "nor its name or path"


@pytest.mark.parametrize(
    ("law", "resolved", "quoted", "reason"),
    [
        ("《消费者权益保护法》第五十五条第一款", [("L-XF", 55, 1)], [], "plain"),
        ("依据消法55条", [("L-XF", 55, None)], [], "colloquial"),
        ("《消费者权益保护法》第九百条", [], ["《消费者权益保护法》第九百条"], "no such article"),
        ("《火星贸易管理办法》第三条", [], ["《火星贸易管理办法》第三条"], "no such law"),
        ("《产品质量法》", [], ["《产品质量法》"], "a law without an article"),
        (
            "《市场监督管理投诉举报处理办法》第十五条",
            [],
            ["《市场监督管理投诉举报处理办法》第十五条"],
            "not yet in force at the time of handling",
        ),
    ],
)
def test_only_what_resolves_becomes_a_citation(
    save: Save,
    records: Path,
    law: str,
    resolved: list[tuple[str, int, int | None]],
    quoted: list[str],
    reason: str,
) -> None:
    document = docx.Document()
    for line in (f"案情：{FACTS}", f"处理过程：{HANDLED}", f"法律依据：{law}"):
        document.add_paragraph(line)
    (draft,) = json.loads(new(save(document), records).output)["drafts"]
    case = open_casebase(records).by_id[draft["id"]]
    found = [(c.statute, c.article, c.paragraph) for c in case.citations]
    assert (found, list(case.source_citations)) == (resolved, quoted), reason


def test_several_cases_are_listed_and_picked(save: Save, records: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2025年典型案例汇编")
    document.add_paragraph("案例一　某家具商退货案")
    document.add_paragraph("案例二　某超市过期牛奶案")
    for title, facts in (
        ("案例一　某家具商退货案", FACTS),
        ("案例二：某超市过期牛奶案", "2025年5月，消费者买到过期牛奶，要求赔偿。"),
    ):
        document.add_paragraph().add_run(title).bold = True
        document.add_paragraph(f"【案情】{facts}")
        document.add_paragraph("【评析】投诉和举报分开办理。")
    path = save(document)
    before = set(records.rglob("*"))
    asked = new(path, records)
    assert asked.exit_code == 2
    assert [c["title"] for c in json.loads(asked.output)["choices"]] == [
        "某家具商退货案",
        "某超市过期牛奶案",
    ]
    assert set(records.rglob("*")) == before, "a question writes nothing"
    (second,) = json.loads(new(path, records, "--pick", "2").output)["drafts"]
    assert second["title"] == "某超市过期牛奶案"
    both = json.loads(new(path, records, "--pick", "all", "--dry-run").output)["drafts"]
    assert [d["id"] for d in both] == ["XC-2025-FUR-001", "XC-2025-FOD-002"]
    assert "汇编" in json.dumps(both[0]["unplaced"], ensure_ascii=False)
    for wrong in ("3", "0", "-1", "二", "../x"):
        assert new(path, records, "--pick", wrong).exit_code == 2


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [f"标题：{TITLE}", f"案情：{FACTS}", f"标题：{TITLE}", f"案情：{FACTS}"],
            id="each begins with its title",
        ),
        pytest.param(
            [
                "一、某家具商退货案",
                "案情",
                FACTS,
                "评析",
                COMMENT,
                "二、某超市退货案",
                "案情",
                FACTS,
                "评析",
                COMMENT,
            ],
            id="numbered titles that end in 案",
        ),
        pytest.param(
            [f"案情：{FACTS}", f"评析：{COMMENT}", f"案情：{FACTS}", f"评析：{COMMENT}"],
            id="no titles: a second 案情 after 评析",
        ),
    ],
)
def test_cases_are_told_apart(lines: list[str]) -> None:
    cases = split([Line(line) for line in lines], HeadingReader(headings(BUNDLED)))
    assert len(cases) == 2
    assert all(case.sections["基本案情"] == [FACTS] for case in cases)


@pytest.mark.parametrize("style", ["level", "bold"])
def test_titles_by_style_alone(style: str) -> None:
    """A title that does not end in 案 goes with the case that it begins."""
    mark = {"level": 1} if style == "level" else {"bold": True}
    lines = []
    for title in ("定制衣柜退货", "健身卡退费"):
        lines += [Line(title, **mark), Line("案情"), Line(FACTS), Line("评析"), Line(COMMENT)]  # type: ignore[arg-type]
    cases = split(lines, HeadingReader(headings(BUNDLED)))
    assert len(cases) == 2
    if style == "level":
        assert [case.title for case in cases] == ["定制衣柜退货", "健身卡退费"]


def test_a_heading_inside_a_section_begins_no_case() -> None:
    texts = [
        "一、基本案情",
        FACTS,
        "二、处理过程",
        HANDLED,
        "三、评析",
        COMMENT,
        "（一）基本事实",
        "事实清楚。",
    ]
    (case,) = split([Line(text) for text in texts], HeadingReader(headings(BUNDLED)))
    assert case.sections["基本案情"] == [FACTS, "事实清楚。"]


@pytest.mark.parametrize(
    ("line", "omitted", "reason"),
    [
        ("投诉人：周建国", True, "a name"),
        ("投诉人：周建国，男，35岁", True, "a name with more"),
        ("联系电话：0512-65751234", True, "a number"),
        ("消费者：我要退款，商家不同意。", False, "what somebody says"),
        ("当事人：" + "很长的陈述" * 20, False, "a long text"),
    ],
)
def test_only_names_and_numbers_are_left_out(line: str, omitted: bool, reason: str) -> None:
    (case,) = split([Line("案情"), Line(FACTS), Line(line)], HeadingReader(headings(BUNDLED)))
    assert bool(case.omitted) is omitted, reason
    assert (line in case.text) is not omitted, reason


def test_names_under_a_label_are_masked_everywhere(save: Save, records: Path) -> None:
    document = docx.Document()
    for line in (
        "投诉人：张建国",
        "被投诉人：苏州市相城区红松家具有限公司",
        "联系电话：13812345678",
        "案情：张建国在红松家具购买餐桌，电话13812345678，要求退货。",
        "处理过程：红松家具同意退货。",
        "承办人：赵雪",
    ):
        document.add_paragraph(line)
    done = new(save(document), records)
    (draft,) = json.loads(done.output)["drafts"]
    for secret in ("张建国", "建国", "红松", "13812345678", "赵雪"):
        assert secret not in draft["text"]
        assert secret not in done.output, "nor does the report repeat it"
    assert "张某在某公司购买餐桌，联系电话（略），要求退货。" in draft["text"]
    assert {o["label"] for o in draft["omitted"]} == {"投诉人", "被投诉人", "联系电话", "承办人"}


def test_what_has_no_field_stands_at_the_end(save: Save, records: Path) -> None:
    document = styled(NUMBERED)
    document.add_heading("六、社会反响", 1)
    document.add_paragraph("当地媒体作了报道。编号13812345678不应留下。")
    (draft,) = json.loads(new(save(document), records).output)["drafts"]
    assert draft["unplaced"][-1]["label"] == "六、社会反响"
    tail = draft["text"].split("未归类")[-1] if "未归类" in draft["text"] else draft["text"]
    assert "# 【六、社会反响】" in draft["text"]
    assert "当地媒体作了报道" in tail
    assert "13812345678" not in draft["text"]


def test_a_text_without_headings_is_taken_for_the_facts(save: Save, records: Path) -> None:
    document = docx.Document()
    document.add_paragraph(FACTS)
    document.add_paragraph(HANDLED)
    (case,) = intake.read_cases(save(document), records)
    assert case.sections == {"基本案情": [FACTS, HANDLED]}


def test_no_word_for_a_subject_asks_for_it(save: Save, records: Path) -> None:
    document = docx.Document()
    document.add_paragraph("案情：甲乙丙丁。")
    path = save(document)
    asked = CliRunner().invoke(app, ["case", "new", "--from", str(path), "--records", str(records)])
    assert asked.exit_code == 2
    assert "--subject" in asked.stderr
    done = json.loads(new(path, records, "--subject", "家具（蠡口家具）", "--year", "2024").output)
    assert done["drafts"][0]["id"] == "XC-2024-FUR-001"


WORDS = st.text("甲乙丙丁戊己庚辛，、", min_size=3, max_size=20).map(lambda t: f"文{t}。")
HEADS = st.sampled_from(["一、案情", "处理过程", "【评析】", "四、其他事项", "法律依据", "小标题"])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(WORDS, HEADS), min_size=1, max_size=25), st.data())
def test_nothing_is_lost(lines: list[str], data: st.DataObject) -> None:
    """Every paragraph is in some section or among what found no place."""
    lines.append("文末。")
    made = [
        Line(text, level=data.draw(st.sampled_from([0, 0, 1, 2])), bold=data.draw(st.booleans()))
        for text in lines
    ]
    cases = split(made, HeadingReader(headings(BUNDLED)))
    kept = "\n".join(
        "\n".join([case.title, case.text, *(f"{h}\n{t}" for h, t in case.unplaced)])
        for case in cases
    )
    for text in lines:
        if text.startswith("文") or text in ("四、其他事项", "小标题"):
            assert text in kept


@pytest.mark.parametrize("times", [1, 40])
def test_long_sections_overflow_into_the_rest(base: Casebase, times: int) -> None:
    """A field holds what the model allows; the remainder is kept, not cut off."""
    sentence = "消费者购买家具后发现与约定不符的情形需要写得很长很长。"
    case = WordCase(
        "某家具商退货案",
        {
            "基本案情": [sentence * 5] * 3 * times,
            "处办过程": [f"第{i}步：{sentence}" for i in range(times)],
            "处理结果": [sentence * times],
            "风险提示": [f"（{i}）{sentence}" for i in range(1, times + 1)],
        },
    )
    draft = intake.word_draft(case, base, today=date(2026, 11, 24), source="x")
    written = intake.write_draft(draft, base)
    assert written.path is not None
    opened = open_casebase(base.root, cases=[written.path])
    assert opened.findings == ()
    assert written.text.replace("\n#   ", "").count("需要写得很长") == 15 * times + 3 * times


def test_text_that_word_hides_from_simple_readers(tmp_path: Path) -> None:
    """Insertions, content controls, text boxes and footnotes are read; deletions are not."""
    import zipfile

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('丙')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run('丁')}<w:r><w:pict><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('左')}</w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p>{run('里')}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    )
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
        package.writestr(
            "word/footnotes.xml",
            f"<w:footnotes {space}><w:footnote><w:p>{run('注')}</w:p></w:footnote></w:footnotes>",
        )
    lines = read_docx(path.read_bytes())
    assert [line.text for line in lines] == ["甲乙", "丙", "丁", "框", "左　里", "注"]
    assert lines[4].cells == ("左", "里")
    assert lines[5].note
