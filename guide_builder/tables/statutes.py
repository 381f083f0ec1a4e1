"""附录一: the laws, with the dates of their versions."""

from __future__ import annotations

from itertools import groupby

from casebase.model import Statute
from guide_builder.blocks import Block, Paragraph, Row, Span, Table, text
from guide_builder.marks import law_anchor, verification_mark
from guide_builder.tables.context import Context

_NOTE = (
    "“施行期间”按版本分列，“今”指截至法规基准日未发现失效。标〔待核〕的未核到条文文本，标〔二手来源〕的"
    "只核到公开转述，引用前应当核对原文。本表收条文要旨，不收条文原文。"
)


def statute_table(context: Context) -> tuple[Block, ...]:
    """One table a topic; each statute is an anchor that citations link to."""
    blocks: list[Block] = [Paragraph(text(_NOTE), "note")]
    statutes = sorted(context.casebase.statutes, key=lambda s: (s.topic, s.id))
    for topic, group in groupby(statutes, key=lambda s: s.topic):
        rows = tuple(_row(statute, context) for statute in group)
        header = ("名称", "文号", "层级", "公布、施行期间", "现状")
        blocks.append(Table(f"{topic}类", header, rows, (34, 20, 11, 25, 10)))
    return tuple(blocks)


def _row(statute: Statute, context: Context) -> Row:
    versions = "；".join(
        f"{v.promulgated}公布，{v.effective}至{v.until or '今'}施行" for v in statute.versions
    )
    now = statute.version_on(context.as_of)
    coming = any(
        v.effective.range and v.effective.range.start > context.as_of for v in statute.versions
    )
    standing = "现行" if now else ("尚未施行" if coming else "已失效")
    if now and coming:
        standing = "现行，新版待施行"
    name = (Span(statute.title), *verification_mark(statute.verification))
    cells = (name, text(statute.number), text(statute.level), text(versions), text(standing))
    return Row(cells, anchor=law_anchor(statute))
