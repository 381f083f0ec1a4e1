"""Reading the mappings between old and new rules (``records/law/comparisons``)."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from casebase.curation.io import UnreadableFileError, parse_yaml, read_bounded
from casebase.errors import CasebaseError
from casebase.law.compare import Comparison


def read_comparisons(root: Path) -> tuple[Comparison, ...]:
    """All mappings of a records folder, by file name.

    Raises:
        CasebaseError: a mapping cannot be read; the message names file and line.
    """
    folder = root / "law" / "comparisons"
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Comparison:
    shown = f"law/comparisons/{path.name}"
    try:
        document = parse_yaml(read_bounded(path))
        return Comparison.model_validate_json(json.dumps(document.data, ensure_ascii=False))
    except UnreadableFileError as error:
        raise CasebaseError(f"{shown} 第 {error.line} 行：{error.message}。{error.fix}。") from None
    except ValidationError as errors:
        first = errors.errors()[0]
        line = document.line_of(tuple(first["loc"]))
        where = ".".join(map(str, first["loc"]))
        raise CasebaseError(f"{shown} 第 {line} 行（{where}）：{first['msg']}") from None
