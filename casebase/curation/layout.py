"""Where records and derived files live."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_dir

from casebase.errors import CasebaseError

#: The records shipped with the program.
BUNDLED = Path(__file__).resolve().parent.parent / "records"


def records_root(path: Path | None = None) -> Path:
    """The records folder: the one given, else ``CASEGUIDE_RECORDS``, else the bundled one."""
    chosen = path or (Path(os.environ["CASEGUIDE_RECORDS"]) if _is_set() else BUNDLED)
    if not chosen.is_dir():
        raise CasebaseError(f"找不到案例库文件夹：{chosen}。请用 --records 指明存放记录的文件夹。")
    return chosen.resolve()


def _is_set() -> bool:
    return bool(os.environ.get("CASEGUIDE_RECORDS"))


def cache_root() -> Path:
    """The folder for everything that can be thrown away and rebuilt (``CASEGUIDE_CACHE``)."""
    named = os.environ.get("CASEGUIDE_CACHE")
    return Path(named) if named else Path(user_cache_dir("caseguide", appauthor=False))
