"""The casebase's verbs of ``caseguide``. Heavy libraries are imported inside the verbs."""

from __future__ import annotations

import typer

from casebase.commands.check import check


def register(app: typer.Typer) -> None:
    """Add the casebase's verbs to ``app``."""
    app.command("check")(check)
