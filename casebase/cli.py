"""The casebase's verbs of ``caseguide``. Heavy libraries are imported inside the verbs."""

from __future__ import annotations

import typer

from casebase.commands.case import app as case_app
from casebase.commands.check import check
from casebase.commands.index import app as index_app
from casebase.commands.limits import limits
from casebase.commands.search import search
from casebase.commands.statute import app as statute_app


def register(app: typer.Typer) -> None:
    """Add the casebase's verbs to ``app``."""
    app.command("check")(check)
    app.command("search")(search)
    app.command("limits")(limits)
    app.add_typer(case_app, name="case")
    app.add_typer(index_app, name="index")
    app.add_typer(statute_app, name="statute")
