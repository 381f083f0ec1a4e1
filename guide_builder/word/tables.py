"""Tables: a repeated header row, fixed column widths that fill the text area, calm rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guide_builder.blocks import Row, Table, plain

from . import metrics, styles
from . import standard as gb
from .context import Context
from .inline import marked, run, runs
from .oxml import Element, flag, node
from .paragraphs import cuttable, gap, lead, paragraph


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: column widths (twips), text size (half-points), line (twips).

    ``centred`` tells the columns whose cells are all short; ``cell`` and ``head`` are styles.
    """

    columns: tuple[int, ...]
    size: int
    line: int
    cell: str
    head: str
    centred: tuple[bool, ...]


def fit_columns(widths: Sequence[float], total: int, least: int) -> tuple[int, ...]:
    """Relative widths as twips that add up to ``total``, none below ``least`` if there is room."""
    least = min(least, total // len(widths))
    share = sum(widths)
    made = [max(least, int(total * width / share)) for width in widths]
    excess = sum(made) - total
    while excess > 0:
        spare = [max(0, width - least) for width in made]
        room = sum(spare)
        made = [width - -(-excess * free // room) for width, free in zip(made, spare, strict=True)]
        excess = sum(made) - total
    made[made.index(max(made))] -= excess
    return tuple(made)


def setting(table: Table, width: int) -> Setting:
    """小四 for tables of few columns, 五号 from :data:`.standard.TABLE_SMALL_FROM` on."""
    small = len(table.widths) >= gb.TABLE_SMALL_FROM
    size = gb.SIZE_FIVE if small else gb.SIZE_SMALL_FOUR
    least = gb.TABLE_MIN_COLUMN * size * gb.TWIPS_PER_POINT // 2 + 2 * gb.TABLE_CELL_SIDE
    return Setting(
        columns=fit_columns(table.widths, width, least),
        size=size,
        line=gb.TABLE_LINE_SMALL if small else gb.TABLE_LINE,
        cell=styles.CELL_SMALL if small else styles.CELL,
        head=styles.HEAD_SMALL if small else styles.HEAD,
        centred=_centred(table),
    )


def cell_lines(text: str, width: int, size: int) -> int:
    """The number of lines of a cell's text."""
    return metrics.line_count(text, width - 2 * gb.TABLE_CELL_SIDE, size)


def row_lines(texts: Sequence[str], how: Setting) -> int:
    """The number of lines of a row: those of its fullest cell."""
    pairs = zip(texts, how.columns, strict=True)
    return max(cell_lines(text, width, how.size) for text, width in pairs)


def row_height(texts: Sequence[str], how: Setting, form: bool) -> int:
    """The height of a row, twips."""
    height = row_lines(texts, how) * how.line + 2 * gb.TABLE_CELL_TOP
    return max(height, gb.TABLE_FORM_ROW) if form else height


def row_texts(row: Row) -> tuple[str, ...]:
    """The plain texts of a row's cells."""
    return tuple(plain(cell) for cell in row.cells)


def row_heights(table: Table, how: Setting) -> tuple[int, ...]:
    """The heights of the body rows, twips."""
    return tuple(row_height(row_texts(row), how, not table.header) for row in table.rows)


def header_height(table: Table, how: Setting) -> int:
    """The height of the header row, twips; 0 without one."""
    return row_height(table.header, how, form=False) if table.header else 0


def kept_whole(table: Table, how: Setting) -> bool:
    """Whether a table is low enough to be kept on one page."""
    return header_height(table, how) + sum(row_heights(table, how)) <= gb.TABLE_KEEP_HEIGHT


def splits(row: Row, how: Setting) -> bool:
    """Whether a row is so tall that it may run over the end of a page."""
    return row_lines(row_texts(row), how) > gb.TABLE_SPLIT_LINES


def caption(text: str, content: list[Element], fresh: bool) -> Element:
    """The line above a table."""
    return paragraph(styles.CAPTION, content, fresh=fresh, keep=True, cut=cuttable(text))


def cell(width: int, content: list[Element], *properties: Element | None) -> Element:
    """A table cell, its text centred from top to bottom."""
    return node(
        "w:tc",
        node("w:tcPr", node("w:tcW", w=width, type="dxa"), *properties,
             node("w:vAlign", val="center")),
        *content,
    )  # fmt: skip


def frame(style: str, columns: Sequence[int], rows: list[Element], header: bool) -> Element:
    """A table of fixed layout, centred in the text area."""
    look = {"val": "0020" if header else "0000", "firstRow": int(header), "lastRow": 0,
            "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}  # fmt: skip
    return node(
        "w:tbl",
        node(
            "w:tblPr",
            node("w:tblStyle", val=style),
            node("w:tblW", w=sum(columns), type="dxa"),
            node("w:jc", val="center"),
            node("w:tblLayout", type="fixed"),
            node("w:tblLook", **look),
        ),
        node("w:tblGrid", *(node("w:gridCol", w=width) for width in columns)),
        *rows,
    )


def table(block: Table, context: Context) -> list[Element]:
    """A table with caption above and a narrow gap below."""
    how = setting(block, context.width)
    bookmark = context.bookmark(block.anchor)
    if block.caption:
        made = [caption(block.caption, marked(bookmark, [run(block.caption)]), context.fresh)]
    else:
        made = [lead(context, bookmark)]
    if not block.header and not block.rows:
        return made
    whole = kept_whole(block, how)
    rows = [_header_row(block, how)] if block.header else []
    last = len(block.rows) - 1
    rows += [
        _body_row(block, row, how, context, keep=whole and number < last)
        for number, row in enumerate(block.rows)
    ]
    made += [frame(styles.TABLE, how.columns, rows, bool(block.header)), gap()]
    return made


def _centred(block: Table) -> tuple[bool, ...]:
    """Columns of short cells are centred."""
    columns = range(len(block.widths))
    return tuple(
        all(
            metrics.text_width(plain(row.cells[column])) <= 2 * gb.TABLE_SHORT_CELL
            for row in block.rows
        )
        for column in columns
    )


def _shade() -> Element:
    return node("w:shd", val="clear", color="auto", fill=gb.LABEL_SHADE)


def _header_row(block: Table, how: Setting) -> Element:
    cells = [
        cell(width, [paragraph(how.head, [run(text)], keep=True)], _shade())
        for text, width in zip(block.header, how.columns, strict=True)
    ]
    return node("w:tr", node("w:trPr", flag("w:cantSplit"), flag("w:tblHeader")), *cells)


def _body_row(block: Table, row: Row, how: Setting, context: Context, *, keep: bool) -> Element:
    form = not block.header
    cells = []
    for column, (spans, width) in enumerate(zip(row.cells, how.columns, strict=True)):
        label = _is_label(block, column)
        bookmark = context.bookmark(row.anchor) if column == 0 else None
        text = paragraph(
            how.head if label else how.cell,
            marked(bookmark, runs(spans, context)),
            node("w:jc", val="center") if how.centred[column] and not label else None,
            keep=keep,
            cut=cuttable(plain(spans)),
        )
        cells.append(cell(width, [text], _shade() if label else None))
    properties = node(
        "w:trPr",
        flag("w:cantSplit", not splits(row, how)),
        node("w:trHeight", val=gb.TABLE_FORM_ROW, hRule="atLeast") if form else None,
    )
    return node("w:tr", properties, *cells)


def _is_label(block: Table, column: int) -> bool:
    """Labels: the first column of a table with ``keys``; every other column of a form."""
    if block.header or block.keys:
        return block.keys and column == 0
    return column % 2 == 0 and column + 1 < len(block.widths)
