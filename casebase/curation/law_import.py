"""Storing the official wording of a law outside the records."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from casebase.curation.docx_text import docx_lines
from casebase.curation.io import UnreadableFileError, write_atomic
from casebase.curation.law_text import check_law, parse_law
from casebase.law.book import StatuteBook
from casebase.law.citations import names_of
from casebase.law.texts import texts_root
from casebase.model import Finding, Severity

#: A law of 1 260 articles is about 400 KB.
MAX_BYTES = 20 << 20


@dataclass(frozen=True)
class Imported:
    """What came of one file; ``path`` is None where it was not stored."""

    file: str
    statute: str | None
    effective: str | None
    title: str
    articles: int
    expected: int | None
    sha256: str
    path: Path | None
    findings: tuple[Finding, ...]


def import_law(
    source: Path, book: StatuteBook, *, statute: str | None = None, folder: Path | None = None
) -> Imported:
    """Read, check and store one law. Errors keep it from being stored; warnings do not."""
    data = b""
    try:
        if source.stat().st_size > MAX_BYTES:
            raise UnreadableFileError("CB331", 0, "文件过大", "一个文件只放一部法规")
        data = source.read_bytes()
        lines = docx_lines(data) if data[:2] == b"PK" else _decode(data).split("\n")
    except UnreadableFileError as error:
        finding = Finding(source.name, 0, "", "CB331", Severity.ERROR, str(error), error.fix)
        return Imported(source.name, None, None, "", 0, None, _hash(data), None, (finding,))
    parsed = parse_law(lines, source.name)
    known = {law.id: law for law in book}
    law, version, more = check_law(parsed, names_of(book), known, source.name, statute)
    findings = (*parsed.findings, *more)
    path = None
    if law and version and all(f.severity is not Severity.ERROR for f in findings):
        path = (folder or texts_root()) / f"{law.id}_{version.effective}.json"
        content = {
            "statute": law.id,
            "effective": str(version.effective),
            "title": parsed.title,
            "source": source.name,
            "sha256": _hash(data),
            "articles": parsed.articles,
        }
        write_atomic(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return Imported(
        file=source.name,
        statute=law.id if law else None,
        effective=str(version.effective) if version else None,
        title=parsed.title,
        articles=len(parsed.articles),
        expected=version.article_count if version else None,
        sha256=_hash(data),
        path=path,
        findings=findings,
    )


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(
        "CB331", 0, "文件不是文本（不是 UTF-8，也不是 GB 18030）", "另存为 UTF-8 文本"
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
