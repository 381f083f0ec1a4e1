"""Out and back without edits changes no byte; what is exported is text only."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casebase.curation import io, layout
from casebase.curation.exchange import rows
from casebase.curation.exchange.columns import SHEETS, layout_of
from casebase.curation.exchange.compare import compare
from casebase.curation.exchange.read import read_book
from casebase.curation.exchange.write import workbook_bytes
from casebase.curation.save import render
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError
from tests.casebase.curation.exchange.conftest import IDS, Editor

Run = Callable[..., Any]
Tree = Callable[[], dict[str, bytes]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Casebase, Path]:
    """All bundled records and their workbook."""
    casebase = open_casebase(layout.BUNDLED)
    path = tmp_path_factory.mktemp("whole") / "a.xlsx"
    path.write_bytes(workbook_bytes(casebase, casebase.loaded))
    return casebase, path


def test_all_bundled_records_come_back_unchanged(whole: tuple[Casebase, Path]) -> None:
    casebase, path = whole
    columns = layout_of(casebase)
    plan = compare(read_book(path, columns), casebase, columns)
    assert (plan.changes, plan.findings, plan.unchanged) == ([], [], len(casebase.loaded))


def resave(path: Path, folder: Path) -> Path:
    """``path`` as LibreOffice saves it."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    profile = (folder / "profile").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [program, *options, "--outdir", str(folder), str(path)],
        check=False,
        capture_output=True,
        timeout=120,
    )
    if not (folder / path.name).exists():
        pytest.skip("LibreOffice has no Calc here")
    return folder / path.name


@pytest.mark.slow
def test_all_bundled_records_survive_libreoffice(
    whole: tuple[Casebase, Path], tmp_path: Path
) -> None:
    casebase, path = whole
    columns = layout_of(casebase)
    plan = compare(read_book(resave(path, tmp_path), columns), casebase, columns)
    assert (plan.changes, plan.findings, plan.unchanged) == ([], [], len(casebase.loaded))


NASTY = [
    "=1+1",
    "+86 512",
    "-5 元",
    "@某",
    "'撇号",
    "2018-03",
    "1-2",
    "320507199001011234",
    "007",
    "TRUE",
    "响铃\x07符",
    "_x0041_",
    "😀",
    '=HYPERLINK("http://x")',
    "<b>&amp;</b>",
    "甲\n乙",
    "退款: 300元 # 不是注释",
]


@pytest.fixture
def nasty(root: Path, run: Run, tmp_path: Path) -> Path:
    """The workbook of a record whose texts Excel would like to turn into something else."""
    path = root / "cases" / "2021" / f"{IDS[0]}.yaml"
    data = io.parse_yaml(path.read_text(encoding="utf-8")).data
    data |= {"关键词": NASTY[:12], "消费提示": "\n".join(NASTY), "地区": "=1+1"}
    data["处办过程"][0]["时间"] = "1-2"
    data["法律依据"][0]["说明"] = "+1"
    path.write_text(render(data), encoding="utf-8")
    assert run("export", "a.xlsx").exit_code == 0
    return tmp_path / "a.xlsx"


def test_nasty_texts_are_text_and_come_back(nasty: Path, take: Any, tree: Tree) -> None:
    before = tree()
    for sheet in load_workbook(nasty):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type == "s" or cell.value is None, cell.coordinate
                assert cell.number_format == "@" or sheet.title not in SHEETS
    done = take("a.xlsx", "--yes")
    assert (done["changes"], done["findings"], done["code"]) == ([], [], 0)
    assert tree() == before


@pytest.mark.slow
def test_nasty_texts_survive_libreoffice(nasty: Path, take: Any, tmp_path: Path) -> None:
    (tmp_path / "lo").mkdir()
    saved = resave(nasty, tmp_path / "lo")
    for sheet in load_workbook(saved):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    done = take(str(saved))
    assert (done["changes"], done["findings"]) == ([], [])


def test_no_part_of_the_file_holds_a_formula(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        assert sheets and all(b"<f>" not in archive.read(name) for name in sheets)


def test_the_same_records_give_the_same_bytes(root: Path) -> None:
    casebase = open_casebase(root)
    assert workbook_bytes(casebase, casebase.loaded) == workbook_bytes(casebase, casebase.loaded)


def test_the_workbook_names_no_person_and_no_path(book: Path, root: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        core = archive.read("docProps/core.xml").decode()
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert "caseguide" in core and "2018-01-01" in core
    assert str(root.parent).encode() not in texts


def test_sheets_lists_and_looks(book: Path) -> None:
    workbook = load_workbook(book)
    assert workbook.sheetnames == ["说明", "案例", "处办过程", "法律依据", "词表", "_基准"]
    assert workbook["_基准"].sheet_state == "hidden"
    sheet = workbook["案例"]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref
    rules = {r.promptTitle or r.errorTitle: r for r in sheet.data_validations.dataValidation}
    assert rules["分类.章"].type == "list" and "词表" in rules["分类.章"].formula1
    assert rules["分类.品类"].type == "list"
    assert rules["分类.问题"].type is None and "每项一行" in rules["分类.问题"].prompt
    words = workbook["词表"]
    assert "contract 合同履行" in {cell.value for row in words.iter_rows() for cell in row}
    row = sheet[2]
    assert all(cell.alignment.wrap_text and cell.font.name == "宋体" for cell in row)


@pytest.mark.parametrize(
    ("options", "expected", "reason"),
    [
        ((), 6, "all"),
        ((IDS[0], IDS[1]), 2, "by number"),
        (("--status", "送审"), 6, "by status"),
        (("--chapter", "商品类"), None, "by chapter"),
        (("--blank",), 0, "an empty form"),
    ],
)
def test_choosing_what_to_export(
    run: Run, options: tuple[str, ...], expected: int | None, reason: str
) -> None:
    result = run("export", "b.xlsx", *options, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["cases"]
    sheet = load_workbook("b.xlsx")["案例"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2) if row[0].value] == found
    assert len(found) == (expected if expected is not None else len(found)), reason


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("a.csv",), "以 .xlsx 结尾"),
        (("a.xlsx",), "没有覆盖"),
        (("b.xlsx", "XC-1999-ZZZ-001"), "XC-1999-ZZZ-001"),
        (("b.xlsx", "--status", "完成"), "没有状态为“完成”"),
        (("b.xlsx", "--chapter", "商品"), "没有章为“商品”"),
    ],
)
def test_an_export_that_is_refused(
    run: Run, book: Path, options: tuple[str, ...], message: str
) -> None:
    before = book.read_bytes()
    result = run("export", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert book.read_bytes() == before


def test_a_text_too_long_for_a_cell_is_said(root: Path) -> None:
    casebase = open_casebase(root)
    item = casebase.loaded[0]
    item.document.data["消费提示"] = "长" * 33_000
    with pytest.raises(CasebaseError, match="32767"):
        workbook_bytes(casebase, casebase.loaded)


def test_rows_may_be_sorted_and_columns_moved(editor: Editor, take: Any) -> None:
    for name in ("案例", "处办过程", "法律依据"):
        sheet = editor.sheet(name)
        table = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, body = table[0], table[1:][::-1]
        for number, values in enumerate([head, *body], start=1):
            for column, value in enumerate(values[::-1], start=1):
                sheet.cell(number, column).value = value
    editor.save()
    done = take()
    assert (done["changes"], done["findings"], done["unchanged"]) == ([], [], 6)


def test_a_hash_of_rows_forgives_line_ends() -> None:
    one, other = {"案例": [["甲\r\n乙 "]]}, {"案例": [["甲\n乙"]]}
    assert rows.rows_hash(one) == rows.rows_hash(other)
