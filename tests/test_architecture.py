"""House rules that a machine can keep."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*(ROOT / "casebase").rglob("*.py"), *(ROOT / "guide_builder").rglob("*.py")])
IDS = [str(path.relative_to(ROOT)) for path in MODULES]

#: A number of the law written out: a period, an article, a multiple or a sum.
LAW_NUMBER = re.compile(
    r"第[0-9一二三四五六七八九十百]+[条款项]|[0-9一二三四五六七八九十]+个?工作日|"
    r"[0-9一二三四五六七八九十]+(?:自然日|倍|万元)"
)


def code_strings(path: Path) -> list[tuple[int, str]]:
    """String literals that are not docstrings: what a program can print."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_number_of_the_law_stands_in_code(path: Path) -> None:
    assert [(n, s) for n, s in code_strings(path) if LAW_NUMBER.search(s)] == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_small_and_say_their_job(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    if source.strip():
        assert ast.get_docstring(ast.parse(source)), "a module says its one job first"


def test_only_the_clock_asks_for_today() -> None:
    asking = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if re.search(
            r"\b(?:date\.today|datetime\.now|datetime\.utcnow)\(",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert asking in ([], ["casebase/clock.py"])


def test_files_are_opened_with_an_encoding() -> None:
    bare = re.compile(r"\b(?:read_text|write_text)\(\s*\)|\bopen\([^)]*[\"']r[\"']\s*\)")
    assert [p.name for p in MODULES if bare.search(p.read_text(encoding="utf-8"))] == []
