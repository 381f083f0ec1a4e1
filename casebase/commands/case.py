"""``caseguide case …``: one typical case at a time."""

from __future__ import annotations

import typer

from casebase.commands.case_coverage import show_coverage
from casebase.commands.case_list import list_cases
from casebase.commands.case_mask import mask
from casebase.commands.case_new import new
from casebase.commands.case_show import show
from casebase.commands.case_status import status

app = typer.Typer(
    help=(
        "一件典型案例：新增、查看、脱敏、审核流转。\n\n例：caseguide case new --subject g_furniture"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("coverage")(show_coverage)
app.command("list")(list_cases)
app.command("mask")(mask)
app.command("new")(new)
app.command("show")(show)
app.command("status")(status)
