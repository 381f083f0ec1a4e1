"""Ledger rows: encodings, headings, dates, limits; and no person ever in a draft."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from casebase.curation import intake
from casebase.curation.intake.dates import cell_day
from casebase.curation.intake.ledger_steps import kind_of
from casebase.curation.io import UnreadableFileError
from casebase.curation.store import open_casebase
from casebase.model import Case
from guide_builder.cli import app

HEAD = [
    "登记编号",
    "来源",
    "接收日期",
    "投诉人",
    "联系电话",
    "被投诉人",
    "商品服务",
    "投诉内容",
    "诉求",
    "受理日期",
    "处理情况",
    "处理结果",
    "办结日期",
    "承办人",
    "备注",
]
ROW = [
    "1320507002026050600012345",
    "12345",
    "2026-5-6",
    "周建国",
    "13912345678",
    "苏州市相城区红松家具有限公司",
    "实木床",
    "周建国反映在红松家具购买实木床，价款6800元，床板为密度板，不同意退货。电话13912345678",
    "退货退款",
    "2026/5/9",
    "5月12日现场核查；5月25日调解，红松家具同意退货。",
    "退货并退款6800元。",
    "2026.5.26",
    "吴雪梅",
    "周建国表示满意",
]
SECRETS = ("周建国", "建国", "红松", "13912345678", "1320507002026050600012345", "吴雪梅")


def as_csv(rows: list[list[str]], encoding: str = "utf-8", mark: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["本表由各分局填写"])
    sheet = book.create_sheet("台账")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(rows: list[list[str]]) -> bytes:
    return json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]).encode()


def new(path: Path, records: Path, *more: str) -> Any:
    args = ["case", "new", "--from", str(path), "--records", str(records), "--json", *more]
    return CliRunner().invoke(app, args)


def only(path: Path, records: Path, *more: str) -> tuple[dict[str, Any], Case]:
    done = new(path, records, *more)
    assert done.exit_code == 0, done.output
    (draft,) = json.loads(done.output)["drafts"]
    return draft, open_casebase(records).by_id[draft["id"]]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("台账.csv", as_csv([HEAD, ROW]), id="UTF-8"),
        pytest.param("台账.csv", as_csv([HEAD, ROW], "utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param("台账.csv", as_csv([HEAD, ROW], "gb18030"), id="GBK, as Excel saves it"),
        pytest.param("台账.txt", as_csv([HEAD, ROW], "utf-16", "\t"), id="Unicode 文本 of Excel"),
        pytest.param("台账.csv", as_csv([HEAD, ROW], "utf-8", ";"), id="semicolons"),
        pytest.param("台账.csv", as_csv([["2026年台账"], [], HEAD, ROW]), id="a title above"),
        pytest.param("台账.xlsx", as_xlsx([HEAD, ROW]), id="xlsx, second sheet"),
        pytest.param("台账.csv", as_xlsx([HEAD, ROW]), id="xlsx renamed"),
        pytest.param("台账.json", as_json([HEAD, ROW]), id="JSON"),
        pytest.param(
            "台账.csv",
            as_csv([[f"{i}. {h} *（必填）" for i, h in enumerate(HEAD, 1)], ROW]),
            id="numbered headings with remarks",
        ),
    ],
)
def test_every_form_of_table_gives_the_same_draft(
    tmp_path: Path, records: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = new(path, records)
    draft, case = only(path, records, "--year", "2026", "--title", "某家具商退货调解案")
    for secret in SECRETS:
        assert secret not in draft["text"], "no person, number or firm in the draft"
        assert secret not in done.output, "nor in the report"
    assert case.facts.startswith("周某反映在某公司购买实木床，价款6800元")
    assert (case.classification.subject, case.classification.channel) == ("g_furniture", "ch_12345")
    assert [s.stage for s in case.steps][:2] == ["接收登记", "受理审查"]
    assert (case.steps[1].limit, case.steps[1].on_time) == ("cpl_accept_7wd_2026", "合规")
    assert case.outcome.complaint == "退货并退款6800元。"
    assert case.review.status == "草稿"
    assert {f["code"] for f in draft["findings"]} <= {"CB401", "CB402"}


@pytest.mark.parametrize(
    ("cells", "limit", "on_time", "reason"),
    [
        ({"接收日期": "2026-05-06", "受理日期": "2026-05-14"}, "cpl_accept_7wd_2026", "合规",
         "the last working day, the May holiday left out"),
        ({"接收日期": "2026-05-06", "受理日期": "2026-05-15"}, "cpl_accept_7wd_2026",
         "来源未载，无法判定", "a day late may still have a reason: never called late"),
        ({"接收日期": "2021-03-03", "受理日期": "2021-03-05"}, "cpl_accept_7wd_2020", "合规",
         "the law of that day"),
        ({"接收日期": "2026-04-10", "受理日期": "2026-04-14", "办结日期": "2026-05-20"}, None, None,
         "the old rule had ended when the case was closed: left to a person"),
        ({"受理日期": "2026-05-14"}, None, None, "no day of receipt"),
        ({"接收日期": "2018-03-01", "受理日期": "2018-03-05"}, None, None, "rules differ by line"),
        ({"接收日期": "2026-05-06", "受理日期": "2026-05-01"}, None, None, "days out of order"),
        ({"接收日期": "2026-05-06", "受理日期": "不详"}, None, None, "no day of acceptance"),
    ],
)  # fmt: skip
def test_limits_only_where_they_are_clear(
    tmp_path: Path, records: Path, cells: dict[str, str], limit: str | None, on_time: str | None,
    reason: str,
) -> None:  # fmt: skip
    row = {"接收日期": "", "受理日期": "", "办结日期": "", "投诉内容": "购买家具要求退货"} | cells
    path = tmp_path / "x.csv"
    path.write_bytes(as_csv([list(row), list(row.values())]))
    draft, case = only(path, records)
    steps = [s for s in case.steps if s.stage == "受理审查"]
    found = (steps[0].limit, steps[0].on_time) if steps else (None, None)
    assert found == (limit, on_time), reason
    assert not [f for f in draft["findings"] if f["code"].startswith("CB3")], reason


@pytest.mark.parametrize(
    ("kind", "headings", "expected"),
    [
        ("投诉", ["类型", "内容"], "投诉"),
        ("消费投诉", ["内容"], "投诉"),
        ("举报", ["投诉内容"], "举报"),
        ("投诉举报", ["内容"], "混合"),
        ("混合件", ["内容"], "混合"),
        ("", ["投诉人", "内容"], "投诉"),
        ("", ["举报内容"], "举报"),
        ("", ["投诉举报内容"], None),
        ("", ["内容"], None),
    ],
)
def test_kind_of_matter(kind: str, headings: list[str], expected: str | None) -> None:
    assert kind_of(intake.Row(2, {"类型": kind}, {}, (), tuple(headings))) == expected


def test_receipt_goes_before_registration(tmp_path: Path, records: Path) -> None:
    """Limits run from receipt: where both are there, 登记日期 is kept apart, whatever its place."""
    path = tmp_path / "x.csv"
    path.write_bytes(
        as_csv([["登记日期", "接收日期", "内容"], ["2026-05-08", "2026-05-06", "家具质量差"]])
    )
    (row,) = intake.read_rows(path, records)
    assert (row.text("收到"), row.other) == ("2026-05-06", {"登记日期": "2026-05-08"})


def test_unknown_columns_are_kept_and_masked_but_never_read_where_they_may_name(
    tmp_path: Path, records: Path
) -> None:
    head = ["接收日期", "投诉内容", "满意情况", "家庭住址", "来电号码", "委托人姓名", "是否职投"]
    row = ["2026-5-6", "沙发开裂要求退货", "回访13912345678满意", "某某花园", "110", "郑一", "是"]
    path = tmp_path / "x.csv"
    path.write_bytes(as_csv([head, row]))
    draft, _ = only(path, records)
    assert "满意" in draft["text"]
    for secret in ("13912345678", "某某花园", "郑一", "职投"):
        assert secret not in draft["text"]
    assert {o["label"] for o in draft["omitted"]} == {
        "家庭住址", "来电号码", "委托人姓名", "是否职投",
    }  # fmt: skip


def test_rows_are_those_of_excel(tmp_path: Path, records: Path) -> None:
    rows = [["台账"], HEAD, ROW, [""] * len(HEAD), [*ROW[:6], "健身卡", "办卡后关门", *ROW[8:]]]
    path = tmp_path / "x.csv"
    path.write_bytes(as_csv(rows))
    before = sorted(records.rglob("*"))
    asked = new(path, records)
    assert asked.exit_code == 2
    assert [c["number"] for c in json.loads(asked.output)["choices"]] == [3, 5]
    assert not any(secret in asked.output for secret in SECRETS)
    assert new(path, records, "--row", "4").exit_code == 2
    assert sorted(records.rglob("*")) == before
    both = json.loads(new(path, records, "--row", "5", "--row", "3").output)["drafts"]
    assert [d["id"] for d in both] == ["XC-2026-FIT-001", "XC-2026-FUR-001"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-5-6", date(2026, 5, 6)),
        ("2026年5月6日 14:20", date(2026, 5, 6)),
        ("2026.05.06", date(2026, 5, 6)),
        ("2026/5/6 9:00:00", date(2026, 5, 6)),
        ("20260506", date(2026, 5, 6)),
        (datetime(2026, 5, 6, 9), date(2026, 5, 6)),
        (46148, date(2026, 5, 6)),
        ("46148.5", date(2026, 5, 6)),
        ("2026-05", None),
        ("2026-02-30", None),
        ("5月6日", None),
        ("12345", None),
        ("", None),
        (None, None),
    ],
)
def test_days_in_cells(value: object, expected: date | None) -> None:
    assert cell_day(value) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [("6800", 6800), ("￥6,800.50元", 6800.5), ("1.2万元", 12000), ("不详", None)],
)
def test_sums(tmp_path: Path, records: Path, text: str, amount: float | None) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(as_csv([["接收日期", "内容", "涉及金额"], ["2026-5-6", "家具质量差", text]]))
    _, case = only(path, records)
    assert case.amounts.disputed == amount


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        pytest.param("x.csv", b"", "表头", id="empty"),
        pytest.param("x.csv", as_csv([HEAD]), "没有内容", id="headings only"),
        pytest.param("x.csv", as_csv([["甲", "乙"], ["1", "2"]]), "表头", id="other headings"),
        pytest.param("x.json", b"{", "JSON", id="broken JSON"),
        pytest.param("x.json", b"[1, 2]", "对象", id="JSON without objects"),
        pytest.param("x.json", b"[" * 100_000, "JSON", id="deep JSON"),
        pytest.param("x.json", b'{"a": "b"}', "表头", id="JSON with other keys"),
    ],
)
def test_tables_that_are_none(
    tmp_path: Path, records: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=words):
        intake.read_rows(path, records)
