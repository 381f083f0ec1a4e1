"""The command line as a user meets it: exit codes, Chinese messages, examples, no traces."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "guide_builder.cli", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("chek",), "没有“chek”这条命令"),
        (("check", "--jsn"), "没有“--jsn”这个选项"),
        (("search", "牛奶", "-k", "三"), "“-k”的值不对"),
        (("guide", "--as-of", "2026-13-01"), "“--as-of”的值不对"),
        (("check", "/没有/这个.yaml"), "找不到"),
        (("check", "--records", "/没有"), "找不到案例库文件夹"),
        (("search", ""), "没有写投诉内容"),
    ],
)
def test_a_wrong_call_gets_one_chinese_line_and_code_2(args: tuple[str, ...], words: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert words in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr


def commands() -> list[str]:
    shown = run("--help").stdout.split("Commands:")[1]
    return re.findall(r"^  ([a-z]+) ", shown, re.M)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_an_example_and_stands_in_the_readme(command: str) -> None:
    assert "例：caseguide" in run(command, "--help").stdout.replace("\n", "")
    assert f"caseguide {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_old_console_code_page_does_not_break_chinese() -> None:
    done = run("check", "--json", LANG="C", PYTHONUTF8="0", PYTHONIOENCODING="")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"findings": []}
