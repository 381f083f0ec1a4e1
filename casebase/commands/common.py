"""What every command shares: exit codes, JSON on standard output, errors without a trace."""

from __future__ import annotations

import difflib
import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console

from casebase.curation.store import Casebase, Loaded
from casebase.errors import CasebaseError
from casebase.model import Case, Status

FINE, FINDINGS, MISUSE = 0, 1, 2

P = ParamSpec("P")
R = TypeVar("R")

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

RecordsOption = Annotated[
    Path | None,
    typer.Option("--records", help="案例库文件夹（默认用随程序提供的案例库）", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供其他程序读取")]


def emit_json(value: Any) -> None:
    """Write one JSON value and a line end to standard output as UTF-8."""
    sys.stdout.buffer.write((json.dumps(value, ensure_ascii=False) + "\n").encode())
    sys.stdout.buffer.flush()


def find_case(casebase: Casebase, case_id: str) -> Loaded[Case]:
    """The case with this number.

    Raises:
        CasebaseError: there is none, or its file cannot be read.
    """
    wanted = case_id.strip().upper()
    for loaded in casebase.loaded:
        if loaded.record.id == wanted:
            return loaded
    if wanted in casebase.known_ids:
        raise CasebaseError(f"{wanted} 的文件读不出来，请先运行 caseguide check 看哪里有误。")
    near = difflib.get_close_matches(wanted, casebase.known_ids, n=3, cutoff=0.8)
    hint = f"相近的编号：{'、'.join(near)}。" if near else "编号像 XC-2021-FUR-001。"
    raise CasebaseError(f"没有编号为“{case_id}”的案例。{hint}")


def status_of(text: str) -> Status:
    """The status called ``text``; :class:`CasebaseError` where there is none."""
    try:
        return Status(text)
    except ValueError:
        raise CasebaseError(f"没有“{text}”这个状态。可用：{'、'.join(Status)}。") from None


def friendly(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected errors into one Chinese line on standard error and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except CasebaseError as error:
            err.print(str(error), style="red", markup=False)
        except PermissionError as error:
            err.print(f"没有权限读写：{error.filename}", style="red", markup=False)
        except OSError as error:
            err.print(f"读写文件出错：{error.strerror}（{error.filename}）", markup=False)
        except KeyboardInterrupt:
            err.print("已中止，没有改动任何文件。")
        raise typer.Exit(MISUSE)

    return run
