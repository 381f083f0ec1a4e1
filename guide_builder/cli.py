"""``caseguide``, the one command: mounts the casebase's verbs and adds the guide's."""

from __future__ import annotations

import typer

from casebase import cli as casebase_cli
from guide_builder.commands.guide import guide

app = typer.Typer(
    name="caseguide",
    help=(
        "投诉举报典型案例知识库：检查案例、查找类案、编印《处办工作指南》。\n\n"
        "例：caseguide search 健身房关门了会员卡退不了"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
casebase_cli.register(app)
app.command("guide")(guide)


def main() -> None:
    """Entry point of the ``caseguide`` script."""
    app()


if __name__ == "__main__":
    main()
