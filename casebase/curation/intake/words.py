"""Reading ``records/intake``: the words by which material from outside is understood."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from casebase.curation import layout
from casebase.curation.io import UnreadableFileError, parse_yaml, read_bounded
from casebase.errors import CasebaseError
from casebase.model.base import Record
from casebase.model.intake import Cues, Headings, Hints, Ledger

M = TypeVar("M", bound=Record)


def headings(root: Path) -> Headings:
    """How a written case is laid out."""
    found: Headings = _read(_file(root, "headings"), Headings)
    return found


def cues(root: Path) -> Cues:
    """Words that speak for a channel, disposition or claim."""
    found: Cues = _read(_file(root, "cues"), Cues)
    return found


def ledger(root: Path) -> Ledger:
    """How a ledger is laid out."""
    found: Ledger = _read(_file(root, "ledger"), Ledger)
    return found


def hints(root: Path) -> Hints:
    """The remarks of a draft."""
    found: Hints = _read(_file(root, "hints"), Hints)
    return found


def _file(root: Path, name: str) -> Path:
    """The file of a records folder; the bundled one where the folder is older than intake."""
    own = root / "intake" / f"{name}.yaml"
    return own if own.is_file() else layout.BUNDLED / "intake" / f"{name}.yaml"


@lru_cache(maxsize=16)
def _read(path: Path, model: type[M]) -> M:
    shown = f"intake/{path.name}"
    try:
        document = parse_yaml(read_bounded(path))
        return model.model_validate_json(json.dumps(document.data, ensure_ascii=False))
    except UnreadableFileError as error:
        raise CasebaseError(f"{shown} 第 {error.line} 行：{error.message}。{error.fix}。") from None
    except ValidationError as errors:
        first = errors.errors()[0]
        line = document.line_of(tuple(first["loc"]))
        where = ".".join(map(str, first["loc"]))
        raise CasebaseError(f"{shown} 第 {line} 行（{where}）：{first['msg']}") from None
