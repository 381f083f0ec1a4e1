"""Edited workbooks: what is written, what is refused, and how the findings come back."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from casebase.curation import save
from casebase.curation.exchange import apply as applying
from casebase.errors import CasebaseError
from tests.casebase.curation.exchange.conftest import IDS, Editor

Run = Callable[..., Any]
Take = Callable[..., dict[str, Any]]
Tree = Callable[[], dict[str, bytes]]
FUR = IDS[0]
CONSUMER = [
    "-消费提示: 订制家具前请商家在图纸上写明板材、拼接方式和交货日，效果图一并签字留存；"
    "补救承诺也要落到纸面。"
]


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Lines taken away or added in all files together, with their sign."""
    lines: list[str] = []
    for path in sorted({*before, *after}):
        one, other = (s.get(path, b"").decode().split("\n") for s in (before, after))
        lines += [line for line in difflib.ndiff(one, other) if line[0] in "+-"]
    return [line[0] + line[2:] for line in lines]


@pytest.mark.parametrize(
    ("sheet", "heading", "order", "value", "lines", "reason"),
    [
        (
            "案例",
            "地区",
            1,
            "江苏苏州",
            ["-地区: 江苏无锡", "+地区: 江苏苏州"],
            "a text",
        ),
        ("案例", "地区", 1, " 江苏无锡 ", [], "blanks around are no change"),
        (
            "案例",
            "处理时",
            1,
            datetime(2021, 3, 5),
            ["-处理时: 2021", "+处理时: 2021-03-05"],
            "an Excel date",
        ),
        ("案例", "处理时", 1, 2021, [], "a number that says the same"),
        (
            "案例",
            "金额.退款",
            1,
            "３,６５０",
            ["+金额: {退款: 3650}"],
            "a sum in full width, in a mapping that was not there",
        ),
        ("案例", "分类.品类", 1, "g_furniture", [], "the id alone is the same term"),
        (
            "案例",
            "分类.问题",
            1,
            "质量",
            ["-  问题: [contract, quality]", "+  问题: [quality]"],
            "a label, one of two dropped",
        ),
        (
            "案例",
            "消费提示",
            1,
            None,
            CONSUMER,
            "what may be left out is emptied",
        ),
        (
            "案例",
            "风险提示",
            1,
            "其一\r\n\r\n其二  ",
            None,
            "a list, one a line",
        ),
        (
            "处办过程",
            "环节",
            3,
            "回访整改",
            ["-    环节: 终结", "+    环节: 回访整改"],
            "one step",
        ),
        (
            "法律依据",
            "说明",
            4,
            "改：说明",
            None,
            "one citation",
        ),
    ],
)
def test_one_edit_changes_its_lines_only(
    editor: Editor,
    take: Take,
    tree: Tree,
    sheet: str,
    heading: str,
    order: int,
    value: Any,
    lines: list[str] | None,
    reason: str,
) -> None:
    before = tree()
    cell = editor.cell(heading, FUR, sheet, order)
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
    editor.save()
    done = take("a.xlsx", "--yes")
    assert not [f for f in done["findings"] if f["severity"] == "error"], done["findings"]
    after = tree()
    assert {path for path in before if before[path] != after[path]} <= {
        path for path in before if FUR in path
    }
    if lines is None:
        assert len(done["changes"]) == 1
    else:
        assert sorted(changed(before, after)) == sorted(lines), reason
    assert take()["changes"] == []  # what was written is what the workbook says


def test_steps_are_added_removed_and_keep_their_order(
    editor: Editor, take: Take, root: Path
) -> None:
    sheet = editor.sheet("处办过程")
    first = editor.cell("序", FUR, "处办过程", 1).row
    sheet.cell(first + 1, 2).value = "9"  # the second step goes to the end
    sheet.append([FUR, 1.5, "受理当日", "受理审查", "补的一步。", None, None])
    editor.save()
    done = take("a.xlsx", "--yes")
    assert done["code"] == 0, done["findings"]
    text = (root / "cases" / "2021" / f"{FUR}.yaml").read_text(encoding="utf-8")
    stages = [line.split(": ")[1] for line in text.split("\n") if line.startswith("    环节")]
    assert stages == ["接收登记", "受理审查", "终结", "调解"]


def test_a_citation_row_deleted_is_a_citation_less(editor: Editor, take: Take, tree: Tree) -> None:
    before = tree()
    editor.sheet("法律依据").delete_rows(editor.cell("序", FUR, "法律依据", 5).row)
    editor.save()
    done = take("a.xlsx", "--yes")
    assert [c["fields"][0]["key"] for c in done["changes"]] == ["法律依据.5"]
    assert [line[0] for line in changed(before, tree())] == ["-"]


def test_a_new_row_is_a_new_record(editor: Editor, take: Take, root: Path) -> None:
    new = "XC-2026-FUR-001"
    for name in ("案例", "处办过程", "法律依据"):
        sheet = editor.sheet(name)
        for row in [r for r in sheet.iter_rows(min_row=2) if r[0].value == FUR]:
            sheet.append([new, *(cell.value for cell in row[1:])])
    editor.save()
    done = take("a.xlsx", "--yes")
    assert done["written"] == [new] and done["changes"][0]["new"]
    path = root / "cases" / "2026" / f"{new}.yaml"
    old = root / "cases" / "2021" / f"{FUR}.yaml"
    assert path.read_text(encoding="utf-8") == old.read_text(encoding="utf-8").replace(FUR, new, 1)


def test_an_empty_form_takes_a_new_record(run: Run, editor: Editor, take: Take, root: Path) -> None:
    assert run("export", "blank.xlsx", "--blank").exit_code == 0
    form = load_workbook("blank.xlsx")
    for name in ("案例", "处办过程", "法律依据"):
        for row in editor.sheet(name).iter_rows(min_row=2, values_only=True):
            if row[0] == FUR:
                form[name].append(["XC-2026-FUR-001", *row[1:]])
    form.save("blank.xlsx")
    assert take("blank.xlsx", "--yes")["written"] == ["XC-2026-FUR-001"]


def test_a_deleted_row_deletes_nothing(
    editor: Editor, run: Run, tree: Tree, tmp_path: Path
) -> None:
    before = tree()
    editor.sheet("案例").delete_rows(editor.cell("标题", FUR).row)
    editor.save()
    result = run("import", "a.xlsx", "--yes")
    assert result.exit_code == 0, result.output
    assert f"表里删去了 1 件（{FUR}）" in result.stdout and "停用" in result.stdout
    assert tree() == before


FINDINGS: list[Any] = [
    ("案例", "标题", "=1+1", "CB704", "a formula is never evaluated"),
    ("案例", "标题", None, "CB101", "a compulsory text is missing"),
    ("案例", "标题", "短", "CB103", "the model's own bounds"),
    ("案例", "分类.章", "商品", "CB103", "not one of the choices"),
    ("案例", "分类.品类", "家俱", "CB201", "not in the vocabulary"),
    ("案例", "处理时", "2018年3月", "CB103", "not a date"),
    ("案例", "处理时", "2018-02-30", "CB103", "no such day"),
    ("案例", "金额.退款", "三百", "CB103", "not a number"),
    ("案例", "金额.退款", "-5", "CB103", "a negative sum"),
    ("案例", "素材编号", None, None, "no such column in this sheet"),
    ("案例", "来源.素材编号", datetime(2026, 1, 2), "CB707", "Excel made a date of 1-2"),
    ("案例", "审核.版本", "2.5", "CB103", "not a whole number"),
    ("案例", "评析", "字" * 4001, "CB103", "longer than the model allows"),
    ("案例", "评析", "消费者电话13812345678，" + "评析。" * 80, "CB502", "personal data"),
    ("案例", "相似案例", "XC-1999-ZZZ-999", "CB203", "no such case"),
    ("案例", "相似案例", "../../etc/passwd", "CB203", "a path is no case"),
    ("案例", "编号", "XC-2021-FUR-001\x1b", None, "openpyxl itself cannot write this"),
    ("案例", "编号", "../../x", "CB103", "a number like a path"),
    ("案例", "地区", "响_x0007_铃", "CB004", "a control character in Excel's spelling"),
    ("案例", "地区", "#REF!", "CB707", "an error value"),
    ("处办过程", "环节", "谈话", "CB103", "not one of the stages"),
    ("处办过程", "时限", "cpl_accept_7wd_2026", "CB312", "not the limit of that time"),
    ("处办过程", "序", None, "CB705", "no order"),
    ("处办过程", "序", "2", "CB705", "the same order twice"),
    ("处办过程", "编号", "XC-1999-ZZZ-999", "CB705", "of no case in 案例"),
    ("处办过程", "编号", None, "CB705", "of nobody"),
    ("法律依据", "法规", "L-XX", "CB201", "no such law"),
    ("法律依据", "条", "9999", "CB103", "beyond any law"),
    ("法律依据", "条", "999", "CB302", "no such article"),
    ("法律依据", "出处", None, "CB101", "compulsory"),
]


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "code", "reason"), [row for row in FINDINGS if row[3]]
)
def test_a_finding_names_its_cell_and_nothing_is_written(
    editor: Editor,
    take: Take,
    tree: Tree,
    tmp_path: Path,
    sheet: str,
    heading: str,
    value: Any,
    code: str,
    reason: str,
) -> None:
    before = tree()
    cell = editor.cell(heading, FUR, sheet)
    cell.value = value
    if value == "#REF!":
        cell.data_type = "e"
    editor.cell("地区", IDS[1]).value = "江苏苏州"  # a good change, which must wait
    editor.save()
    done = take("a.xlsx", "--yes")
    assert done["code"] == 1 and done["written"] == []
    assert tree() == before, "nothing may be written"
    found = [f for f in done["findings"] if f["code"] == code and f["severity"] == "error"]
    assert found, (reason, done["findings"])
    assert found[0]["sheet"] == sheet and found[0]["message"] and found[0]["fix"]
    assert any(f["cell"] == cell.coordinate for f in found), (cell.coordinate, found)
    marked = load_workbook(done["marked"])[sheet]
    assert cell.coordinate in [
        c.coordinate
        for r in marked.iter_rows()
        for c in r
        if c.comment and "改法" in c.comment.text
    ]
    assert marked[cell.coordinate].fill.fgColor.rgb.endswith("FFC7CE")
    column = next(c.column for c in marked[1] if c.value == "检查结果")
    assert code in marked.cell(cell.row, column).value
    assert all(c.data_type != "f" for r in marked.iter_rows() for c in r)


def test_the_marked_copy_can_be_mended_and_imported(
    editor: Editor, take: Take, tmp_path: Path
) -> None:
    editor.cell("标题").value = "=1+1"
    editor.save()
    first = take("a.xlsx", "--yes")
    assert Path(first["marked"]).name == "a.检查结果.xlsx"
    again = take(first["marked"], "--yes")  # untouched, it is refused again
    assert [f["code"] for f in again["findings"]] == ["CB704"]
    assert Path(again["marked"]).name == "a.检查结果2.xlsx"
    copy = Editor(Path(again["marked"]))
    copy.cell("标题").value = "某家具商定制柜与效果图不符经调解履行案"
    copy.save()
    done = take(again["marked"], "--yes")
    assert done["written"] == [FUR] and done["findings"] == []


def other_change(root: Path) -> Path:
    path = root / "cases" / "2021" / f"{FUR}.yaml"
    text = path.read_text(encoding="utf-8").replace("江苏无锡", "江苏常州")
    path.write_text(text, encoding="utf-8")
    return path


def test_both_changed_is_a_conflict(editor: Editor, take: Take, root: Path, tree: Tree) -> None:
    other_change(root)
    before = tree()
    editor.cell("标题").value = "某家具商定制柜与效果图不符经调解履行案"
    editor.save()
    done = take("a.xlsx", "--yes")
    (finding,) = done["findings"]
    assert finding["code"] == "CB706" and finding["record"] == FUR
    assert "cases/2021" in finding["message"] and finding["cell"] == "A" + str(finding["line"])
    assert tree() == before


def test_changed_in_the_casebase_only_is_passed_over(
    book: Path, take: Take, root: Path, tree: Tree
) -> None:
    other_change(root)
    before = tree()
    done = take("a.xlsx", "--yes")
    assert (done["findings"], done["changes"], done["ahead"], done["unchanged"]) == ([], [], 1, 5)
    assert tree() == before


def test_a_record_removed_since_is_a_conflict_if_edited(
    editor: Editor, take: Take, root: Path
) -> None:
    (root / "cases" / "2021" / f"{FUR}.yaml").unlink()
    assert take()["ahead"] == 1
    editor.cell("标题").value = "某家具商定制柜与效果图不符经调解履行案"
    editor.save()
    assert [f["code"] for f in take()["findings"]] == ["CB706"]


def test_a_number_in_use_is_not_overwritten(run: Run, editor: Editor, take: Take) -> None:
    assert run("export", "one.xlsx", IDS[1]).exit_code == 0
    part = load_workbook("one.xlsx")
    row = next(r for r in editor.sheet("案例").iter_rows(min_row=2) if r[0].value == FUR)
    part["案例"].append([cell.value for cell in row])
    part.save("one.xlsx")
    assert [f["code"] for f in take("one.xlsx", "--yes")["findings"]] == ["CB706"]


@pytest.mark.parametrize(
    ("spoil", "code", "blocks", "reason"),
    [
        (lambda w: w.remove(w["法律依据"]), "CB703", True, "a sheet is gone"),
        (lambda w: w["案例"].delete_cols(5), "CB703", True, "a column is gone"),
        (lambda w: w["案例"].insert_rows(1), "CB703", True, "a row above the headings"),
        (lambda w: setattr(w["案例"]["E1"], "value", "标题"), "CB703", True, "a heading twice"),
        (lambda w: w["案例"].merge_cells("C2:D3"), "CB709", True, "merged cells"),
        (
            lambda w: setattr(w["案例"]["BZ1"], "value", "备注"),
            "CB708",
            False,
            "an own column",
        ),
        (lambda w: w.create_sheet("草稿"), "CB708", False, "a sheet of one's own"),
        (lambda w: w["案例"].append(["XC-2021-FUR-001"]), "CB105", True, "a number twice"),
        (lambda w: w["案例"].append([None, "没有编号"]), "CB705", True, "a row without number"),
        (lambda w: setattr(w["案例"]["A30000"], "value", "x"), "CB702", True, "a cell far below"),
        (
            lambda w: setattr(w["案例"]["ZZ2"], "value", "x"),
            "CB702",
            True,
            "a cell far right",
        ),
    ],
)
def test_a_workbook_taken_apart(
    editor: Editor, take: Take, tree: Tree, spoil: Any, code: str, blocks: bool, reason: str
) -> None:
    before = tree()
    spoil(editor.workbook)
    editor.save()
    done = take("a.xlsx", "--yes")
    assert code in [f["code"] for f in done["findings"]], (reason, done["findings"])
    assert done["code"] == int(blocks), reason
    assert tree() == before


@pytest.mark.parametrize("mark", [None, "caseguide-exchange-0"])
def test_a_workbook_of_another_origin(editor: Editor, take: Take, mark: str | None) -> None:
    editor.sheet("_基准")["A1"].value = mark
    editor.save()
    assert [f["code"] for f in take()["findings"]] == ["CB703"]


def test_hidden_rows_are_read_and_said(editor: Editor, run: Run) -> None:
    cell = editor.cell("地区")
    cell.value = "江苏苏州"
    editor.sheet("案例").row_dimensions[cell.row].hidden = True
    editor.save()
    result = run("import", "a.xlsx", "--yes")
    assert "地区：江苏无锡 → 江苏苏州" in result.stdout
    assert "有 1 行被筛选隐藏" in result.stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [(("--dry-run", "--yes"), "only to look"), ((), "nobody said yes"), (("--json",), "nor here")],
)
def test_nothing_is_written_without_a_yes(
    editor: Editor, run: Run, tree: Tree, options: tuple[str, ...], reason: str
) -> None:
    before = tree()
    editor.cell("地区").value = "江苏苏州"
    editor.save()
    result = run("import", "a.xlsx", *options)
    assert result.exit_code == 0 and "江苏苏州" in result.stdout
    assert tree() == before, reason


def test_old_troubles_of_a_record_do_not_stop_an_edit(
    editor: Editor, take: Take, root: Path, run: Run
) -> None:
    path = root / "cases" / "2021" / f"{FUR}.yaml"
    text = path.read_text(encoding="utf-8").replace("消费者陈某于", "消费者陈某（13812345678）于")
    path.write_text(text, encoding="utf-8")
    assert run("export", "b.xlsx").exit_code == 0
    copy = Editor(Path("b.xlsx"))
    copy.cell("地区").value = "江苏苏州"
    copy.save()
    done = take("b.xlsx", "--yes")
    assert (done["written"], done["findings"]) == ([FUR], [])


@pytest.mark.parametrize("at", [0, 1])
def test_a_failed_write_puts_all_back(
    editor: Editor, run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = tree()
    for case_id in IDS[:2]:
        editor.cell("地区", case_id).value = "江苏泰州"
    editor.save()
    real, calls = save.io.write_atomic, []

    def failing(path: Path, data: bytes) -> None:
        if "cases" in path.parts:
            calls.append(path)
            if len(calls) == at + 1:
                raise OSError(28, "磁盘已满", str(path))
        real(path, data)

    monkeypatch.setattr(save.io, "write_atomic", failing)
    result = run("import", "a.xlsx", "--yes")
    assert result.exit_code == 2 and "没有写入任何案例：磁盘已满" in result.stderr
    assert tree() == before


def test_a_file_changed_at_the_last_moment_is_not_overwritten(root: Path, book: Path) -> None:
    from casebase.curation.exchange.compare import Change

    path = root / "cases" / "2021" / f"{FUR}.yaml"
    change = Change(FUR, path, "旧的", "新的\n", ())
    with pytest.raises(CasebaseError, match="没有写入任何案例"):
        applying.apply([change], root)


def test_a_misuse_is_told_in_words(run: Run) -> None:
    result = run("import", "没有.xlsx")
    assert result.exit_code == 2 and "找不到" in result.stderr


def test_a_workbook_of_somebody_else(take: Take, tmp_path: Path) -> None:
    other = Workbook()
    other.active["A1"] = "编号"
    other.save(tmp_path / "o.xlsx")
    assert [f["code"] for f in take("o.xlsx")["findings"]] == ["CB703"]
    assert sorted(p.name for p in tmp_path.glob("*.xlsx")) == ["o.xlsx"]


def test_a_folder_that_cannot_be_written_is_told(
    editor: Editor, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.cell("标题").value = "=1+1"
    editor.save()
    shutil.rmtree(tmp_path / "nowhere", ignore_errors=True)

    def failing(*_: Any) -> Path:
        raise OSError(30, "只读")

    monkeypatch.setattr("casebase.curation.exchange.takein.write_marked", failing)
    result = run("import", "a.xlsx")
    assert result.exit_code == 2 and "副本也写不出来" in result.stderr
