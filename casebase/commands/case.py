"""``caseguide case``: the verbs for one case, each in a module of its own."""

from __future__ import annotations

import typer

from casebase.commands.case_mask import mask

case_app = typer.Typer(
    help="一件案例：脱敏等。\n\n例：caseguide case mask 消费者王小明来电13812345678",
    no_args_is_help=True,
    rich_markup_mode=None,
)
case_app.command("mask")(mask)
