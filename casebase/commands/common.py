"""What every command shares: exit codes, JSON on standard output, errors without a trace."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console

from casebase.errors import CasebaseError

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
