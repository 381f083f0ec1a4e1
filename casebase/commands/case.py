"""``caseguide case …``: one typical case at a time."""

from __future__ import annotations

import typer

from casebase.commands.case_new import new

app = typer.Typer(
    help=(
        "一件典型案例：新增、查看、脱敏、审核流转。\n\n例：caseguide case new --subject g_furniture"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("new")(new)
