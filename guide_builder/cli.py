"""``caseguide``, the one command: mounts the casebase's verbs and adds the guide's."""

from __future__ import annotations

import io
import sys

import typer
from typer import Abort
from typer.exceptions import TyperException

from casebase import cli as casebase_cli
from casebase.commands.changed import PUBLICATION, TEXT_CHECK, Places
from casebase.commands.common import FINE, MISUSE, err
from casebase.commands.usage import usage_words
from casebase.curation.store import Casebase
from casebase.model import Finding
from guide_builder.commands.guide import guide


def _places(casebase: Casebase, statute: str, article: int | None) -> Places:
    """What of the guide rests on a law, for ``caseguide check --changed``."""
    from guide_builder.dependents import guide_dependents

    return [place.as_json() for place in guide_dependents(casebase, statute, article)]


def _text_findings(casebase: Casebase) -> tuple[Finding, ...]:
    """What of the guide's own text no longer holds, for ``caseguide check``."""
    from guide_builder.text_check import text_findings

    return text_findings(casebase)


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
    context_settings={"obj": {PUBLICATION: _places, TEXT_CHECK: _text_findings}},
)
casebase_cli.register(app)
app.command("guide")(guide)


def main() -> None:
    """Entry point of the ``caseguide`` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an old console code page must not break Chinese
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        done = app(standalone_mode=False)
    except TyperException as error:
        err.print(usage_words(error), markup=False)
        sys.exit(MISUSE)
    except Abort:
        err.print("已中止。")
        sys.exit(MISUSE)
    sys.exit(done if isinstance(done, int) else FINE)


if __name__ == "__main__":
    main()
