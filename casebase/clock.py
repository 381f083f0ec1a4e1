"""The only place that asks for today's date (``CASEGUIDE_TODAY`` puts another day in its place)."""

from __future__ import annotations

import os
from datetime import date

from casebase.errors import CasebaseError


def today() -> date:
    """Today, or the day named by ``CASEGUIDE_TODAY`` (as 2026-11-23)."""
    named = os.environ.get("CASEGUIDE_TODAY")
    if not named:
        return date.today()
    try:
        return date.fromisoformat(named)
    except ValueError:
        raise CasebaseError(
            f"环境变量 CASEGUIDE_TODAY 应写成 2026-11-23，不能写“{named}”。"
        ) from None
