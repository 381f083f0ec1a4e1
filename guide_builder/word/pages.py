"""Page numbers by measuring: LibreOffice sets the pages, the PDF's destinations tell them.

Every bookmark becomes a named destination in the PDF; its page less the page of the body's
first bookmark is the printed number. What was measured is kept in a cache folder under the
sha256 of the unmeasured .docx's content, so that a repeated build runs no LibreOffice.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from .bookmarks import BODY_START, Bookmark
from .estimate import PageMap

TIMEOUT = 300  # seconds for one conversion; a guide of 300 pages takes about ten
PASSES = 3
_EXPORT = {
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "false"},
}
_NAMES = (
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_soffice() -> str | None:
    """The LibreOffice program, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def convert(soffice: str, data: bytes, timeout: float = TIMEOUT) -> bytes | None:
    """The PDF of a .docx, or None if LibreOffice fails or takes longer than ``timeout`` s.

    It runs in a folder and profile of its own, so a LibreOffice the user has open is not touched.
    """
    with tempfile.TemporaryDirectory(prefix="caseguide-word-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "measure.docx"
        source.write_bytes(data)
        command = [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}",
            "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            _run(command, timeout)
            return (folder / "measure.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None


def _run(command: list[str], timeout: float) -> None:
    """Run to the end, or end it with its children: ``soffice`` is a script that starts others."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        code = process.wait(timeout)
    except BaseException:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:  # Windows
            process.kill()
        process.wait()
        raise
    if code:
        raise subprocess.CalledProcessError(code, command)


def destination_name(bookmark: str) -> str:
    """A bookmark as LibreOffice names it in a PDF: other signs than letters and digits in hex."""
    return re.sub(r"[^A-Za-z0-9]", lambda sign: f"{ord(sign[0]):02X}", bookmark)


def read_pages(pdf: bytes, bookmarks: Mapping[str, Bookmark]) -> PageMap | None:
    """The page map in a PDF, or None if it lacks the body's first bookmark."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        reader = PdfReader(io.BytesIO(pdf))
        count = len(reader.pages)
        named = {
            name.removeprefix("/"): reader.get_destination_page_number(destination)
            for name, destination in reader.named_destinations.items()
        }
    except (PdfReadError, ValueError, KeyError):
        return None

    def page_of(name: str) -> int | None:
        return named.get(destination_name(name), named.get(name))

    start = page_of(BODY_START)
    if start is None:
        return None
    body: dict[str, int] = {}
    front: dict[str, int] = {}
    for anchor, bookmark in bookmarks.items():
        page = page_of(bookmark.name)
        if page is None:
            continue
        if page >= start:
            body[anchor] = page - start + 1
        else:
            front[anchor] = page + 1
    return PageMap(body, front, count)


def _cache_file(folder: Path, data: bytes) -> Path:
    """Named by the parts' content: how the zip packs them may differ between computers."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            digest.update(name.encode() + b"\0" + package.read(name))
    return folder / f"{digest.hexdigest()}.json"


def load(folder: Path, data: bytes) -> PageMap | None:
    """A page map measured before for the same unmeasured bytes; a damaged file counts as none."""
    try:
        found = json.loads(_cache_file(folder, data).read_text(encoding="utf-8"))
        return PageMap(
            {str(anchor): int(page) for anchor, page in found["body"].items()},
            {str(anchor): int(page) for anchor, page in found["front"].items()},
            int(found["count"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(folder: Path, data: bytes, pages: PageMap) -> None:
    """Keep a page map; a cache that cannot be written is no error."""
    text = json.dumps(
        {"body": pages.body, "front": pages.front, "count": pages.count}, sort_keys=True
    )
    target = _cache_file(folder, data)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, suffix=".tmp", delete=False
        ) as file:
            file.write(text)
        Path(file.name).replace(target)
    except OSError:
        return


def _completed(found: PageMap, guess: PageMap) -> PageMap:
    """A measured map; an anchor the PDF does not know keeps its estimate."""
    known = found.body.keys() | found.front.keys()
    body = {anchor: page for anchor, page in guess.body.items() if anchor not in known}
    front = {anchor: page for anchor, page in guess.front.items() if anchor not in known}
    return PageMap(body | found.body, front | found.front, found.count)


def measure(
    build: Callable[[PageMap], bytes],
    bookmarks: Mapping[str, Bookmark],
    guess: PageMap,
    soffice: str,
) -> PageMap | None:
    """Build, measure and build again until the numbers stand still (at most three times)."""
    pages = guess
    for _ in range(PASSES):
        pdf = convert(soffice, build(pages))
        found = None if pdf is None else read_pages(pdf, bookmarks)
        if found is None:
            return None
        found = _completed(found, guess)
        if (found.body, found.front) == (pages.body, pages.front):
            return found
        pages = found
    return pages
