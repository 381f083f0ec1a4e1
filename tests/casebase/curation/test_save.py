"""Saving a record: what did not change stays byte for byte, and a file is never half written."""

from __future__ import annotations

import difflib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebase.curation import io, layout
from casebase.curation.keys import same
from casebase.curation.save import (
    ConflictError,
    case_path,
    data_of,
    digest,
    edited,
    read_text,
    render,
    save,
)
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from tests.casebase.curation.strategies import NASTY, cases, texts

BUNDLED = sorted((layout.BUNDLED / "cases").rglob("*.yaml"))
slow_enough = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a record takes minutes
)


def changed_lines(old: str, new: str) -> list[str]:
    """Lines taken away or added, with their sign."""
    lines = difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


# writing anew


@slow_enough
@given(cases)
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    assert same(io.parse_yaml(render(data)).data, data)


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_survives_in_every_place(text: str) -> None:
    data = {
        "标题": text,
        "关键词": [text, text],
        "基本案情": text,
        "争议焦点": [text],
        "处办过程": [{"时间": text, "内容": text}],
        "法律依据": [{"法规": "L-XF", "说明": text}],
        "处理时": text,
    }
    assert io.parse_yaml(render(data)).data == data or same(io.parse_yaml(render(data)).data, data)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_a_bundled_record_renders_to_the_same_case(path: Path) -> None:
    data = io.parse_yaml(read_text(path)).data
    text = render(data)
    assert same(io.parse_yaml(text).data, data)
    assert render(io.parse_yaml(text).data) == text


def test_house_style_is_that_of_the_bundled_records() -> None:
    path = layout.BUNDLED / "cases" / "2021" / "XC-2021-FUR-001.yaml"
    assert render(io.parse_yaml(read_text(path)).data) == read_text(path)


def test_a_case_gives_the_data_of_its_file(bundled: Casebase) -> None:
    for item in bundled.loaded:
        assert same(data_of(item.record), item.document.data), item.file


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), "not a number has no meaning as a sum"),
        (float("inf"), "nor has infinity"),
        ("\ud800", "half a character cannot be stored as UTF-8"),
        (object(), "an object is not data"),
    ],
)
def test_what_a_record_cannot_hold_is_refused(value: object, reason: str) -> None:
    with pytest.raises(CasebaseError):
        render({"标题": value})


# changing


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_nothing_to_change_is_the_very_same_text(path: Path) -> None:
    text = read_text(path)
    assert edited(text, io.parse_yaml(text).data) is text


@slow_enough
@given(cases, cases, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_any_record_becomes_any_other(
    old: dict[str, Any], new: dict[str, Any], newline: str, bom: str
) -> None:
    text = bom + render(old).replace("\n", newline)
    result = edited(text, new)
    assert same(io.parse_yaml(result.removeprefix("\ufeff")).data, new)
    assert result.startswith("\ufeff") == bool(bom)
    if newline == "\r\n":
        assert result.count("\n") == result.count("\r\n")


def leaves(data: Any, keys: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        return [leaf for key, value in pairs for leaf in leaves(value, (*keys, key))]
    return [keys]


def put(data: Any, keys: tuple[Any, ...], value: Any) -> None:
    for key in keys[:-1]:
        data = data[key]
    data[keys[-1]] = value


@slow_enough
@given(st.sampled_from(BUNDLED), texts, st.randoms(use_true_random=False), st.booleans())
def test_one_changed_value_touches_only_its_own_lines(
    path: Path, value: str, chance: random.Random, crlf: bool
) -> None:
    text = commented(read_text(path))
    text = text.replace("\n", "\r\n") if crlf else text
    document = io.parse_yaml(text)
    keys = chance.choice(leaves(document.data))
    if same(document.data, _with(document.data, keys, value)):
        return
    data = _with(document.data, keys, value)
    result = edited(text, data)
    assert same(io.parse_yaml(result).data, data)
    gone = [line for line in changed_lines(text, result) if line[0] == "-"]
    first = text.split("\n")[document.line_of(keys) - 1].rstrip("\r")
    old_lines = str(_at(document.data, keys)).split("\n")
    assert all(
        line[2:].rstrip("\r\n") == first or line[2:].strip() in {o.strip() for o in old_lines}
        for line in gone
    ), gone
    assert result.count("# 注") == text.count("# 注")


def commented(text: str) -> str:
    """The record as a person may have marked it: comments and blank lines between the keys."""
    lines = []
    for i, line in enumerate(text.splitlines(keepends=True)):
        if i and not line.startswith((" ", "-")):
            lines.append("\n# 注：另见卷宗\n")
        lines.append(line)
    return "".join(lines).replace("  渠道: ", "  渠道:   ").replace("地区: ", "地区:    ")


def _with(data: Any, keys: tuple[Any, ...], value: Any) -> Any:
    import copy

    result = copy.deepcopy(data)
    put(result, keys, value)
    return result


def _at(data: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        data = data[key]
    return data


BASE = """\
# 头注
编号: XC-2021-FUR-001   # 不改
标题: "双引号的标题"
关键词: [甲, 乙]
分类:
  章: 商品类
  渠道: ch_1 # 渠道注
处理时: 2021
基本案情: |-  # 块注
    四格缩进
    第二行

争议焦点:
- 问一？
# 两问之间
- 问二？ # 行尾
处办过程:
  - 时间: 甲
    # 步骤注
    环节: 调解
    内容: 一
法律依据:
  - {法规: L-XF, 条: 16, 说明: 旧}
来源:
  网址:
"""


@pytest.mark.parametrize(
    ("change", "expected", "reason"),
    [
        ({("标题",): "新"}, ['-标题: "双引号的标题"', '+标题: "新"'], "quotes are kept"),
        (
            {("分类", "渠道"): "x"},
            ["-  渠道: ch_1 # 渠道注", "+  渠道: x # 渠道注"],
            "comment kept",
        ),
        ({("处理时",): "2021"}, [], "a bare year is that text"),
        ({("处理时",): "2021-05"}, ["-处理时: 2021", "+处理时: 2021-05"], "a date stays bare"),
        ({("体例",): "详案"}, [], "the default need not be written"),
        ({("体例",): "简案"}, ["+体例: 简案"], "a new key stands where the model has it"),
        (
            {("基本案情",): "四格缩进\n改"},
            ["-    第二行", "+    改"],
            "a block keeps its indentation and its comment",
        ),
        ({("争议焦点",): ["问二？"]}, ["-- 问一？"], "one item goes, the comment stays"),
        (
            {("争议焦点",): ["问一？", "问二？", "问三？"]},
            ["+- 问三？"],
            "an item is added in the indentation of the list",
        ),
        (
            {("处办过程", 0, "时限"): "x_1"},
            ["+    时限: x_1"],
            "a key is added within an item of a list",
        ),
        (
            {("法律依据", 0, "说明"): "新: 旧"},
            [
                "-  - {法规: L-XF, 条: 16, 说明: 旧}",
                "+  - {法规: L-XF, 条: 16, 说明: '新: 旧'}",
            ],
            "in braces more has to be quoted",
        ),
        (
            {("法律依据", 0, "款"): 2},
            ["-  - {法规: L-XF, 条: 16, 说明: 旧}", "+  - {法规: L-XF, 条: 16, 款: 2, 说明: 旧}"],
            "a key in braces is added in its order",
        ),
        (
            {("来源", "网址"): "http://a"},
            ["-  网址:", "+  网址: http://a"],
            "an empty value is filled",
        ),
        ({("来源",): None}, ["-来源:", "-  网址:"][:0], "what held nothing need not go"),
        ({("关键词",): ["甲", "丙"]}, ["-关键词: [甲, 乙]", "+关键词: [甲, 丙]"], "in place"),
        ({("关键词",): ["甲"]}, ["-关键词: [甲, 乙]", "+关键词: [甲]"], "shorter"),
        (
            {("关键词",): None},
            ["-关键词: [甲, 乙]"],
            "a key that is gone takes its line along",
        ),
        (
            {("处办过程", 0, "时间"): None},
            ["-  - 时间: 甲", "-    # 步骤注", "-    环节: 调解", "+  - 环节: 调解"],
            "the next key moves up to the dash",
        ),
    ],
)
def test_an_edit_touches_no_other_line(
    change: dict[tuple[Any, ...], Any], expected: list[str], reason: str
) -> None:
    data = io.parse_yaml(BASE).data
    for keys, value in change.items():
        data = _with(data, keys, value)
    result = edited(BASE, data)
    lines = [line[0] + line[2:].rstrip("\n") for line in changed_lines(BASE, result)]
    assert sorted(lines) == sorted(expected), reason


def test_a_key_is_added_after_an_empty_one() -> None:
    data = io.parse_yaml(BASE).data | {"审核": {"供稿": "组"}}
    assert edited(BASE, data) == BASE + "审核:\n  供稿: 组\n"
    text = "关键词:   # 空\n# 注\n处办要旨: |-\n  甲\n  乙\n"
    changed = {"关键词": ["甲"], "地区": "苏州", "处办要旨": "甲\n乙"}
    assert edited(text, changed) == "关键词: [甲]   # 空\n地区: 苏州\n" + text[text.index("# 注") :]


def test_a_file_without_last_line_end_takes_a_new_key() -> None:
    result = edited("编号: A\n标题: 乙", {"编号": "A", "标题": "乙", "地区": "苏州"})
    assert result == "编号: A\n标题: 乙\n地区: 苏州"


def test_a_comment_within_brackets_is_not_lost() -> None:
    text = "关键词: [甲, # 注\n  乙]\n"
    assert edited(text, {"关键词": ["甲", "丙"]}) == "关键词: [甲, # 注\n  丙]\n"
    with pytest.raises(CasebaseError, match="注释"):
        edited(text, {"关键词": ["甲"]})


def test_a_file_that_is_no_record_is_refused() -> None:
    with pytest.raises(CasebaseError, match="不是一件案例记录"):
        edited("- 一\n- 二\n", {"编号": "A"})


# saving


def test_a_save_is_refused_when_the_file_changed(records: Path, case_file: Path) -> None:
    text = read_text(case_file)
    case_file.write_text(text + "# 别人加的\n", encoding="utf-8")
    with pytest.raises(ConflictError, match="被别人改过"):
        save(case_file, "编号: A\n", expected=digest(text), root=records)
    assert read_text(case_file) == text + "# 别人加的\n"


def test_a_save_with_the_right_hash_goes_through(records: Path, case_file: Path) -> None:
    text = "\ufeff" + read_text(case_file).replace("\n", "\r\n")
    case_file.write_bytes(text.encode())
    case_file.chmod(0o640)
    assert read_text(case_file) == text
    new = edited(text, {**io.parse_yaml(text[1:]).data, "地区": "江苏苏州"})
    save(case_file, new, expected=digest(text), root=records)
    assert case_file.read_bytes() == new.encode()
    assert case_file.read_bytes().startswith(b"\xef\xbb\xbf") and b"\r\n" in new.encode()
    assert case_file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in case_file.parent.iterdir()] == [case_file.name]


def test_a_hash_is_that_of_the_loaded_record(bundled: Casebase) -> None:
    item = bundled.loaded[0]
    assert digest(read_text(item.path)) == item.text_hash


def test_a_new_record_does_not_overwrite(records: Path, case_file: Path) -> None:
    with pytest.raises(ConflictError, match="已经存在"):
        save(case_file, "编号: A\n", expected=None, root=records)
    new = case_path(records, "XC-2026-FUR-007")
    save(new, "编号: A\n", expected=None, root=records)
    assert new.read_text(encoding="utf-8") == "编号: A\n"


def test_a_removed_record_is_a_conflict(records: Path, case_file: Path) -> None:
    text = read_text(case_file)
    case_file.unlink()
    with pytest.raises(ConflictError, match="删去"):
        save(case_file, text, expected=digest(text), root=records)


@pytest.mark.parametrize(
    "case_id",
    [
        "../../etc/x",
        "XC-2021-FUR-001\n",
        "/etc/passwd",
        "CON",
        "XC-２０21-FUR-001",
        "",
        "a/b",
        "XC-2021-FUR-001.yaml",
        "\\\\srv\\x",
        "XC-2021-FUR-0011",
        "\0",
    ],
)
def test_an_id_like_a_path_is_refused(tmp_path: Path, case_id: str) -> None:
    with pytest.raises(CasebaseError, match="不是案例编号"):
        case_path(tmp_path, case_id)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("cases/2021/../../x/XC-2021-FUR-001.yaml", "out of the folder"),
        ("law/2021/XC-2021-FUR-001.yaml", "into the law"),
        ("cases/XC-2021-FUR-001.yaml", "not in a year"),
        ("cases/2020/XC-2021-FUR-001.yaml", "in the wrong year"),
        ("cases/2021/XC-2021-FUR-001.yml", "another extension"),
        ("cases/2021/注入.yaml", "no case number"),
        ("cases/2021/deep/XC-2021-FUR-001.yaml", "too deep"),
    ],
)
def test_a_place_outside_the_cases_is_refused(records: Path, place: str, reason: str) -> None:
    with pytest.raises(CasebaseError, match="只能存到"):
        save(records / place, "编号: A\n", expected=None, root=records)


def test_links_are_not_followed(records: Path, case_file: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: b\n", encoding="utf-8")
    text = read_text(case_file)
    case_file.unlink()
    case_file.symlink_to(outside)
    with pytest.raises(CasebaseError, match="只能存到"):
        save(case_file, text, expected=digest("a: b\n"), root=records)
    assert outside.read_text(encoding="utf-8") == "a: b\n"


def test_a_record_too_long_to_be_read_is_not_written(records: Path, case_file: Path) -> None:
    text = read_text(case_file)
    with pytest.raises(CasebaseError, match="超过上限"):
        save(case_file, text + "#" * io.MAX_BYTES, expected=digest(text), root=records)
    assert read_text(case_file) == text


SAVER = """
import sys
from pathlib import Path
from casebase.curation.save import case_path, digest, read_text, save
root = Path(sys.argv[1]); path = case_path(root, "XC-2021-FUR-001")
texts = ["甲" * 60_000 + "\\n", "乙" * 60_000 + "\\n"]
save(path, texts[0], expected=digest(read_text(path)), root=root)
print("go", flush=True)
turn = 0
while True:
    save(path, texts[1 - turn], expected=digest(texts[turn]), root=root); turn = 1 - turn
"""


def test_a_killed_save_leaves_the_old_file_or_the_new(records: Path, case_file: Path) -> None:
    whole = {("甲" * 60_000 + "\n").encode(), ("乙" * 60_000 + "\n").encode()}
    chance = random.Random(20261123)
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(records)], stdout=subprocess.PIPE
        )
        assert child.stdout and child.stdout.readline() == b"go\n"
        time.sleep(chance.uniform(0, 0.05))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert case_file.read_bytes() in whole
