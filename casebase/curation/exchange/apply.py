"""Writing what an import changes: all records or none, each file old or new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casebase.curation import save
from casebase.curation.exchange.compare import Change
from casebase.errors import CasebaseError


def apply(changes: Sequence[Change], root: Path) -> None:
    """Write every change into the records folder ``root``.

    Where one cannot be written, those written before it are put back as they were.

    Raises:
        CasebaseError: nothing was written; or, where putting back failed as well, which
            records now hold the new text.
    """
    done: list[Change] = []
    try:
        for change in changes:
            expected = None if change.old_text is None else save.digest(change.old_text)
            save.save(change.path, change.text, expected=expected, root=root)
            done.append(change)
    except (CasebaseError, OSError) as problem:
        reason = str(problem) if isinstance(problem, CasebaseError) else problem.strerror
        stuck = [change.id for change in reversed(done) if not _put_back(change, root)]
        if stuck:
            raise CasebaseError(
                f"写入中断：{reason} 已写入而未能复原的：{'、'.join(stuck)}；其余没有写入。"
            ) from None
        raise CasebaseError(f"没有写入任何案例：{reason}") from None


def _put_back(change: Change, root: Path) -> bool:
    try:
        if change.old_text is None:
            change.path.unlink()
        else:
            expected = save.digest(change.text)
            save.save(change.path, change.old_text, expected=expected, root=root)
    except (CasebaseError, OSError):
        return False
    return True
