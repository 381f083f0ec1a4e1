"""Blank drafts: they load, say only 待填, get a number of their own and replace nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casebase.curation import intake
from casebase.curation.checks import check
from casebase.curation.intake.blank import CHAPTERS
from casebase.curation.save import edited, save
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError
from casebase.model import Severity
from guide_builder.cli import app

DAY = date(2026, 11, 24)


def new(records: Path, *more: str) -> Any:
    return CliRunner().invoke(app, ["case", "new", "--records", str(records), "--json", *more])


def made(records: Path, *more: str) -> dict[str, Any]:
    done = new(records, *more)
    assert done.exit_code == 0, done.output
    (draft,) = json.loads(done.output)["drafts"]
    return dict(draft)


@pytest.mark.parametrize(
    ("chapter", "handled"),
    [(None, None), (CHAPTERS[1], "1999"), (CHAPTERS[2], "2026"), (CHAPTERS[3], "2026-04-15")],
)
def test_every_blank_draft_loads_and_is_only_open(
    base: Casebase, chapter: str | None, handled: str | None
) -> None:
    """For every subject: written, read and checked, a draft has no finding but what is open."""
    paths = []
    for term in base.taxonomies["subject"].terms[:: 1 if chapter is None else 8]:
        draft = intake.blank_draft(base, term.id, today=DAY, handled=handled, chapter=chapter)
        written = intake.write_draft(draft, base)
        assert written.path is not None
        paths.append(written.path)
    opened = open_casebase(base.root, cases=paths)
    assert len(opened.cases) == len(paths)
    found = check(opened)
    assert {(f.code, f.severity) for f in found} == {("CB401", Severity.WARNING)}
    assert all("待填" in f.message or "法律依据" in f.message for f in found)


def test_an_open_place_is_an_error_once_submitted(records: Path) -> None:
    draft = made(records, "--subject", "FUR")
    path = Path(draft["path"])
    path.write_text(path.read_text(encoding="utf-8").replace("状态: 草稿", "状态: 送审"))
    found = check(open_casebase(records, cases=[path]))
    assert {f.severity for f in found if "待填" in f.message} == {Severity.ERROR}
    assert len([f for f in found if "待填" in f.message]) == len(draft["open"])


@pytest.mark.parametrize(
    ("text", "open_", "reason"),
    [
        ("待填", True, "as the template has it"),
        ("待填：核对金额", True, "with a remark"),
        ("待填（问当事人）", True, "with a remark in brackets"),
        ("合同有多处空白待填写。", False, "an ordinary sentence"),
        ("待填写的空白合同也是证据。", False, "a word that begins alike"),
    ],
)
def test_what_counts_as_open(records: Path, text: str, open_: bool, reason: str) -> None:
    path = Path(made(records, "--subject", "FUR")["path"])
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("地区: 待填", f"地区: {text}"), encoding="utf-8")
    found = check(open_casebase(records, cases=[path]))
    assert any(f.path == "地区" for f in found) is open_, reason


@pytest.mark.parametrize(
    ("more", "number", "reason"),
    [
        (["--subject", "FUR", "--year", "2021"], "XC-2021-FUR-002", "after the last one"),
        (["--subject", "fur", "--year", "2022"], "XC-2022-FUR-001", "the first of a year"),
        (["--subject", "g_furniture"], "XC-2026-FUR-001", "this year where none is said"),
        (["--subject", "健身"], "XC-2026-FIT-001", "by name"),
        (
            ["--subject", "FUR", "--year", "2021", "--chapter", "程序疑难类"],
            "XC-2021-FUR-101",
            "hard cases of procedure have serials of their own",
        ),
    ],
)
def test_numbers(records: Path, more: list[str], number: str, reason: str) -> None:
    draft = made(records, *more)
    assert draft["id"] == number, reason
    assert Path(draft["path"]) == records.resolve() / "cases" / number[3:7] / f"{number}.yaml"


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        pytest.param([], "--subject", id="nothing said"),
        pytest.param(["--subject", "../../x"], "没有", id="an id like a path"),
        pytest.param(["--subject", "g_furnitures"], "g_furniture", id="nearly right"),
        pytest.param(["--subject", "FUR", "--chapter", "商品"], "商品类", id="no such chapter"),
        pytest.param(["--subject", "FUR", "--year", "21"], "年份", id="a year of two digits"),
        pytest.param(["--subject", "FUR", "--title", "长" * 61], "标题", id="a long title"),
        pytest.param(["--subject", "FUR", "--title", "\u200b"], "标题", id="an invisible title"),
        pytest.param(["--subject", "FUR", "--row", "2"], "--from", id="a row of nothing"),
        pytest.param(["--from", "没有.docx"], "找不到", id="no such file"),
        pytest.param(["--from", "."], "普通文件", id="a folder"),
        pytest.param(["--from", "/dev/zero"], "普通文件", id="a device"),
        pytest.param(["--from", __file__], "不认识", id="another kind of file"),
    ],
)
def test_misuse_says_what_to_do_and_writes_nothing(
    records: Path, more: list[str], hint: str
) -> None:
    before = sorted(records.rglob("*"))
    done = new(records, *more)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(records.rglob("*")) == before


def test_a_title_like_a_path_stays_a_title(records: Path) -> None:
    draft = made(records, "--subject", "FUR", "--title", "../../x")
    assert open_casebase(records).by_id[draft["id"]].title == "../../x"
    assert Path(draft["path"]).is_relative_to(records.resolve())


def test_another_folder_and_dry_run(records: Path, tmp_path: Path) -> None:
    before = sorted(records.rglob("*"))
    there = ["--subject", "FUR", "-o", str(tmp_path / "草稿")]
    assert made(records, *there, "--dry-run")["path"] is None
    assert not (tmp_path / "草稿").exists()
    numbers = [made(records, *there)["id"] for _ in range(2)]
    assert numbers == ["XC-2026-FUR-001", "XC-2026-FUR-002"]
    assert sorted(p.name for p in (tmp_path / "草稿").iterdir()) == [f"{n}.yaml" for n in numbers]
    assert sorted(records.rglob("*")) == before
    assert new(records, "--subject", "FUR", "-o", __file__).exit_code == 2


def test_a_file_that_appeared_meanwhile_is_passed_over(base: Casebase) -> None:
    """``base`` was opened before somebody else took the number."""
    folder = base.root / "cases" / "2026"
    folder.mkdir()
    (folder / "XC-2026-FUR-001.yaml").write_text("别人的", encoding="utf-8")
    draft = intake.blank_draft(base, "FUR", today=DAY, handled="2026")
    written = intake.write_draft(draft, base)
    assert written.id == "XC-2026-FUR-002"
    assert (folder / "XC-2026-FUR-001.yaml").read_text(encoding="utf-8") == "别人的"


def test_a_link_is_never_written_through(records: Path, tmp_path: Path) -> None:
    folder = records / "cases" / "2026"
    folder.mkdir()
    (folder / "XC-2026-FUR-001.yaml").symlink_to(tmp_path / "elsewhere")
    assert made(records, "--subject", "FUR")["id"] == "XC-2026-FUR-002"
    (records / "cases" / "2025").symlink_to(tmp_path)
    assert new(records, "--subject", "FUR", "--year", "2025").exit_code == 2
    assert not list(tmp_path.glob("XC-*")) and not (tmp_path / "elsewhere").exists()


def test_no_serial_is_left(base: Casebase) -> None:
    folder = base.root / "cases" / "2026"
    folder.mkdir()
    (folder / "XC-2026-FUR-100.yaml").write_text("", encoding="utf-8")
    full = open_casebase(base.root, cases=())
    draft = intake.blank_draft(full, "FUR", today=DAY, handled="2026")
    with pytest.raises(CasebaseError, match="用完"):
        intake.write_draft(draft, full)


WORKER = """
import sys
from datetime import date
from pathlib import Path
from casebase.curation import intake
from casebase.curation.store import open_casebase
base = open_casebase(Path(sys.argv[1]), cases=())
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    draft = intake.blank_draft(base, "FUR", today=date(2026, 11, 24), handled="2026")
    print(intake.write_draft(draft, base).id, flush=True)
"""


def test_two_processes_never_get_the_same_number(records: Path) -> None:
    times = 8
    args = [sys.executable, "-c", WORKER, str(records), str(times)]
    root = Path(__file__).parents[4]
    workers = [
        subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(2) as pool:
        outputs = list(pool.map(lambda w: w.communicate("go\n", timeout=120)[0], workers))
    numbers = [line for text in outputs for line in text.split()]
    assert len(numbers) == 2 * times
    assert sorted(numbers) == [f"XC-2026-FUR-{n:03d}" for n in range(1, 2 * times + 1)]
    opened = open_casebase(records)
    assert opened.findings == ()
    assert len(opened.cases) == 2 * times + 1
    assert not list(records.rglob("*.tmp"))


def test_hints_survive_filling_in(records: Path) -> None:
    """Values are put in by the editor of records; remarks and all other lines stay."""
    draft = made(records, "--subject", "FUR")
    path = Path(draft["path"])
    loaded = open_casebase(records, cases=[path]).loaded[0]
    data = {**loaded.document.data, "标题": "某家具商退定金调解案"}
    text = edited(draft["text"], data)
    save(path, text, expected=loaded.text_hash, root=records)
    lines = zip(draft["text"].splitlines(), text.splitlines(), strict=True)
    assert [(a, b) for a, b in lines if a != b] == [("标题: 待填", "标题: 某家具商退定金调解案")]


def test_the_guide_prints_no_draft(records: Path) -> None:
    """Only what is at least 送审 is printed, and a submitted case cannot be open."""
    from casebase.model.review import SHOWN

    made(records, "--subject", "FUR")
    case = open_casebase(records).by_id["XC-2026-FUR-001"]
    assert case.review.status not in SHOWN
