"""Saving a case: house style for a new one, only what changed for an old one, never half a file.

The three steps are apart so that a caller can show the new text before anything is written:
:func:`render` or :func:`edited` makes the text, :func:`save` puts it in its place. A save names
the text it was made from by its hash (:func:`digest`, the same as ``Loaded.text_hash``); a file
that somebody else changed meanwhile is never overwritten.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casebase.curation import edit, io, layout, yaml_text
from casebase.curation.keys import plain, same
from casebase.errors import CasebaseError
from casebase.model import Case
from casebase.model.case import CASE_ID_PATTERN

_CASE_ID = re.compile(CASE_ID_PATTERN.rstrip("$") + r"\Z", re.ASCII)


class ConflictError(CasebaseError):
    """The file on disk is not the one that was read; nothing was written."""


def data_of(case: Case) -> dict[str, Any]:
    """The plain data of a case by Chinese keys, as a case file holds it (only what was set)."""
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    result: dict[str, Any] = plain(data)
    return result


def render(data: Mapping[str, Any]) -> str:
    """The text of a case file in house style; keys in the order of the model, no empty ones.

    Args:
        data: values by Chinese key; what the model does not know comes last.

    Raises:
        CasebaseError: a value that a record cannot hold.
    """
    values = yaml_text.ordered(plain(data))
    if not values:
        raise CasebaseError("记录是空的，不能保存。")
    lines = [line for key, value in values.items() for line in _entry(key, value)]
    return _checked("\n".join(lines) + "\n", data)


def _entry(key: str, value: Any) -> list[str]:
    return yaml_text.entry_lines(key, value, (), 0)


def edited(text: str, data: Mapping[str, Any]) -> str:
    """The text of a case file with only the values changed that differ from ``data``.

    All other lines, comments, quotes, order, line ends and a byte-order mark stay as they were;
    where nothing differs the very ``text`` is returned. An absent key, ``null``, an empty list
    and the model's default are the same (see :mod:`casebase.curation.keys`).

    Args:
        text: as :func:`read_text` gives it.
        data: *all* values of the case by Chinese key; what is not in it is removed.

    Raises:
        UnreadableFileError: ``text`` cannot be read as one record.
        CasebaseError: the result would not read back as ``data``; nothing is changed.
    """
    body = text.removeprefix(edit.BOM)
    if same(io.parse_yaml(body).data, data):
        return text
    mark = text[: len(text) - len(body)]
    return mark + _checked(edit.replace_values(body, yaml_text.ordered(plain(data))), data)


def _checked(text: str, data: Mapping[str, Any]) -> str:
    try:
        good = same(io.parse_yaml(text).data, data)
    except io.UnreadableFileError:
        good = False
    if not good:
        raise CasebaseError("改动后的记录读回来与要保存的内容不一致，没有保存。请用记事本修改。")
    return text


def read_text(path: Path) -> str:
    """The exact text of a record file, with its byte-order mark and line ends.

    Raises:
        UnreadableFileError: as :func:`casebase.curation.io.read_bounded`.
    """
    text = io.read_bounded(path)
    with path.open("rb") as stream:
        marked = stream.read(3) == edit.BOM.encode()
    return edit.BOM + text if marked else text


def digest(text: str) -> str:
    """The SHA-256 of a record's text without byte-order mark, as ``Loaded.text_hash``."""
    return hashlib.sha256(text.removeprefix(edit.BOM).encode()).hexdigest()


def case_path(root: Path, case_id: str) -> Path:
    """Where the case with this number stands in the records folder ``root``.

    Raises:
        CasebaseError: ``case_id`` is not a case number (so it can never lead elsewhere).
    """
    if not _CASE_ID.match(case_id):
        raise CasebaseError(f"“{case_id}”不是案例编号。编号应像 XC-2021-FUR-001。")
    return root / "cases" / case_id.split("-")[1] / f"{case_id}.yaml"


def save(path: Path, text: str, *, expected: str | None, root: Path | None = None) -> None:
    """Write the text of a case file: the old file or the new one, never half of it.

    A new file is made so that of several programs only one gets the number. Between the look at
    an old file and its replacement lie some milliseconds in which another program could still
    write; people who edit by hand are safe.

    Args:
        expected: :func:`digest` of the text that was read; ``None`` for a file that must not
            exist yet.
        root: the records folder; default :func:`casebase.curation.layout.records_root`.

    Raises:
        ConflictError: the file was changed, removed or made since it was read.
        CasebaseError: ``path`` lies outside the cases folder, or the text is too long.
        OSError: the file cannot be written.
    """
    target = _inside(path, layout.records_root(root) / "cases")
    raw = text.encode()
    if len(raw) > io.MAX_BYTES:
        most = io.MAX_BYTES // 1024
        raise CasebaseError(
            f"{target.name} 有 {len(raw) // 1024} KB，超过上限 {most} KB，没有保存。"
        )
    if expected is None:
        try:
            io.write_new(target, raw)
        except FileExistsError:
            message = f"{target.name} 已经存在，没有覆盖。请换一个编号。"
            raise ConflictError(message) from None
        return
    try:
        now = digest(io.read_bounded(target))
    except FileNotFoundError:
        raise ConflictError(f"{target.name} 已被删去或移走，没有保存。请重新打开案例库。") from None
    except io.UnreadableFileError:
        now = ""
    if now != expected:
        raise ConflictError(
            f"{target.name} 在读取以后又被别人改过，没有覆盖。请重新读取，再改一遍。"
        )
    io.write_atomic(target, raw)


def _inside(path: Path, cases: Path) -> Path:
    """``path`` made absolute; refused outside ``cases``, through links and odd names."""
    target = path.parent.resolve() / path.name
    year, name = target.parent, target.name
    if year.parent != cases.resolve() or not _CASE_ID.match(target.stem):
        raise CasebaseError(f"只能存到案例库的 cases/年份/编号.yaml，不能存到 {path}。")
    if target.is_symlink() or name != f"{target.stem}.yaml" or name.split("-")[1] != year.name:
        raise CasebaseError(f"只能存到案例库的 cases/年份/编号.yaml，不能存到 {path}。")
    return target
