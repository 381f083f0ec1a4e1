"""Building the guide: records in, one folder out, old or new but never half."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from casebase.curation.io import write_atomic
from casebase.curation.layout import cache_root
from casebase.curation.store import open_casebase
from casebase.law.texts import read_texts
from guide_builder.outline import read_outline
from guide_builder.plan import Edition, plan
from guide_builder.word import check_docx, render

HOME = Path(__file__).resolve().parent

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What a build made."""

    path: Path
    cases: int
    pages: int
    measured: bool
    complaints: tuple[str, ...]


def file_name(title: str, edition: Edition) -> str:
    """A draft never takes the place of the final edition in the same folder."""
    return f"{title}（{edition.mark}）.docx" if edition.mark else f"{title}.docx"


def build_guide(
    output: Path,
    *,
    records: Path | None = None,
    as_of: date | None = None,
    final: bool = False,
    measure: bool = True,
    progress: Progress = lambda _: None,
) -> Built:
    """Compile the Word guide into ``output``.

    Args:
        output: folder for the .docx; made if missing.
        records: records folder, default the bundled one.
        as_of: day whose law is printed; default the outline's 法规基准日.
        final: only cases signed off (定稿), without the watermark; the draft for comments
            (征求意见稿) holds everything sent for review and has another file name.
        measure: take the page numbers of the contents from LibreOffice where it is installed
            and the edition's are not shipped with the program; otherwise they are computed
            from the grid of lines and characters.

    Raises:
        CasebaseError: records or texts are not fit to print; nothing is written.
    """
    progress("读取案例、法规和时限")
    casebase = open_casebase(records)
    outline = read_outline(HOME / "outline.yaml")
    progress(f"检查并编排 {len(casebase.cases)} 件案例")
    day = as_of or outline.as_of
    wording = read_texts(casebase.statutes)
    edition = Edition(outline, day, HOME / "text", wording, final)
    document = plan(casebase, edition)
    progress("生成 Word 文档，回填目录页码（首次约需一两分钟）")
    rendered = render(
        document,
        cache=cache_root() / "pages",
        shipped=HOME / "pages",
        measure=measure,
        stamp=datetime.combine(day, time()),
    )
    progress("核对版式")
    complaints = tuple(check_docx(rendered.docx))
    path = output / file_name(document.title, edition)
    write_atomic(path, rendered.docx)
    printed = sum(edition.holds(case) for case in casebase.cases)
    return Built(path, printed, rendered.page_count, rendered.measured, complaints)
