"""The number of a new case: the next free one, taken by making its file.

Two people who add a case at once get two numbers: the file is made so that only one of them can
make it, the other goes on to the next number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebase.curation import io
from casebase.curation.intake.blank import PROCEDURE, year_of
from casebase.curation.intake.draft import Draft
from casebase.curation.save import ConflictError, case_path, save
from casebase.curation.store import Casebase
from casebase.errors import CasebaseError

#: First and last serial of ordinary cases and of hard cases of procedure (程序疑难类).
_ORDINARY, _PROCEDURE = (1, 100), (101, 999)
#: How often a number that somebody else took meanwhile is passed over.
_TRIES = 200


@dataclass(frozen=True)
class Written:
    """A draft with its number, the text of its file, and where that is (``None``: not written)."""

    id: str
    text: str
    path: Path | None


def write_draft(
    draft: Draft,
    base: Casebase,
    *,
    folder: Path | None = None,
    dry_run: bool = False,
    taken: frozenset[str] = frozenset(),
) -> Written:
    """Give the draft a number and write it; nothing that exists is ever replaced.

    Args:
        folder: write ``编号.yaml`` there instead of into the records folder.
        dry_run: only find the number and make the text.
        taken: numbers given out since ``base`` was opened.

    Raises:
        CasebaseError: no number is left, or the folder is none.
        OSError: the file cannot be written.
    """
    taken |= base.known_ids
    if folder is not None and folder.is_dir():
        taken |= {path.stem for path in folder.glob("XC-*.yaml")}
    for _ in range(_TRIES):
        case_id = next_number(draft, base, taken)
        draft.data["编号"] = case_id
        text = draft.as_text(base)
        if dry_run:
            return Written(case_id, text, None)
        try:
            return Written(case_id, text, _make(case_id, text, base, folder))
        except (ConflictError, FileExistsError):
            taken = taken | {case_id}
    raise CasebaseError("一直有人同时新建案例，没有取到编号。请稍后再试。")


def next_number(draft: Draft, base: Casebase, taken: Iterable[str]) -> str:
    """``XC-year-code-serial`` after the last one in use.

    Raises:
        CasebaseError: all serials are in use.
    """
    tags = draft.data["分类"]
    code = base.taxonomies["subject"].by_id[tags["品类"]].code or "XXX"
    head = f"XC-{year_of(draft.data)}-{code}-"
    first, last = _PROCEDURE if tags["章"] == PROCEDURE else _ORDINARY
    serials = (
        int(i[len(head) :]) for i in taken if i.startswith(head) and i[len(head) :].isdigit()
    )
    serial = max((s for s in serials if first <= s <= last), default=first - 1) + 1
    if serial > last:
        raise CasebaseError(f"{head} 的流水号 {first:03d} 至 {last:03d} 已经用完，请改用其他品类。")
    return f"{head}{serial:03d}"


def _make(case_id: str, text: str, base: Casebase, folder: Path | None) -> Path:
    if folder is None:
        path = case_path(base.root, case_id)
        save(path, text, expected=None, root=base.root)
        return path
    if folder.exists() and not folder.is_dir():
        raise CasebaseError(f"{folder} 不是文件夹。")
    raw = text.encode()
    if len(raw) > io.MAX_BYTES:
        raise CasebaseError(f"草稿有 {len(raw) // 1024} KB，超过上限 {io.MAX_BYTES // 1024} KB。")
    path = folder / f"{case_id}.yaml"
    io.write_new(path, raw)
    return path
