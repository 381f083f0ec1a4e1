"""Mistakes on the command line, in the words of the people who make them."""

from __future__ import annotations

import re
from typing import Any

_UNKNOWN_COMMAND = re.compile(r"No such command '([^']{1,60})'")

#: By the name of the parser's error; ``{option}`` is what was typed or meant.
_WORDS = {
    "NoSuchOption": "没有“{option}”这个选项",
    "BadOptionUsage": "选项“{option}”后面要写值，或者不该写值",
    "MissingParameter": "缺少“{option}”",
    "BadParameter": "“{option}”的值不对",
}


def usage_words(error: Any) -> str:
    """One Chinese message for an error of the command-line parser.

    A command that was called with nothing shows its help, as the parser meant it to.
    """
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "caseguide"
    command = _UNKNOWN_COMMAND.match(str(error))
    if command:
        message = f"没有“{command[1]}”这条命令"
    else:
        message = _WORDS.get(kind, f"用法有误（{error}）").format(option=_option(error))
    near = getattr(error, "possibilities", None)
    question = f"，是否应为 {'、'.join(near)}？" if near else "。"
    return f"{message}{question}运行 {path} --help 查看用法和例子。"


def _option(error: Any) -> str:
    named = getattr(error, "option_name", None) or getattr(error, "param_hint", None)
    if named:
        return str(named)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return "/".join(parameter.opts) if parameter.opts else str(parameter.name)
