"""Flow charts as a table: boxes and arrows in rows, so that they print as lines and can be edited.

A step is a box; its side exits stand in a box to the right. Nothing is a picture.
"""

from __future__ import annotations

from guide_builder.blocks import Flow, FlowStep

from . import metrics, styles
from . import standard as gb
from .context import Context
from .inline import marked, run
from .oxml import Element, Value, flag, node
from .paragraphs import gap, lead, paragraph
from .tables import cell, frame

DOWN, ASIDE = "↓", "→"
_EDGES = ("top", "left", "bottom", "right")


def columns(block: Flow, width: int) -> tuple[int, ...]:
    """Widths of the box, the side arrow and the side box; one column without side exits."""
    if not any(step.branches for step in block.steps):
        return (min(gb.FLOW_BOX_WIDTH, width),)
    rest = width - gb.FLOW_ARROW_WIDTH
    return (rest // 2, gb.FLOW_ARROW_WIDTH, rest - rest // 2)


def step_height(step: FlowStep, widths: tuple[int, ...]) -> int:
    """The height of a step's row, twips."""
    inner = [width - 2 * gb.TABLE_CELL_SIDE for width in widths]
    lines = metrics.line_count(step.text, inner[0], gb.SIZE_SMALL_FOUR)
    if step.branches:
        aside = [metrics.line_count(text, inner[-1], gb.SIZE_SMALL_FOUR) for text in step.branches]
        lines = max(lines, sum(aside))
    return lines * gb.TABLE_LINE + 2 * gb.TABLE_CELL_TOP


def arrow_height() -> int:
    """The height of the row between two steps, twips."""
    return gb.FLOW_ARROW_LINE + 2 * gb.TABLE_CELL_TOP


def height(block: Flow, width: int) -> int:
    """The height of a flow chart without caption, twips."""
    widths = columns(block, width)
    arrows = max(0, len(block.steps) - 1) * arrow_height()
    return sum(step_height(step, widths) for step in block.steps) + arrows


def flow(block: Flow, context: Context) -> list[Element]:
    """A flow chart with its caption below (图题在图下)."""
    content = [run(block.caption)] if block.caption else []
    bookmark = context.bookmark(block.anchor)
    if not block.steps:
        return [paragraph(styles.CAPTION, marked(bookmark, content), fresh=context.fresh)]
    made = [lead(context)]
    widths = columns(block, context.width)
    whole = height(block, context.width) <= gb.FLOW_KEEP_HEIGHT
    rows: list[Element] = []
    for number, step in enumerate(block.steps):
        last = number == len(block.steps) - 1
        keep = whole and (not last or bool(block.caption))
        text = [run(step.text)]
        if number == 0:
            text = marked(bookmark, text)
        rows.append(_step_row(step, text, widths, keep))
        if not last:
            rows.append(_arrow_row(widths))
    made.append(frame(styles.FLOW_TABLE, widths, rows, header=False))
    made.append(paragraph(styles.CAPTION, content) if block.caption else gap())
    return made


def _border() -> Element:
    rule: dict[str, Value] = {"val": "single", "sz": gb.OUTER_RULE, "space": 0, "color": "auto"}
    return node("w:tcBorders", *(node(f"w:{edge}", **rule) for edge in _EDGES))


def _row(cells: list[Element]) -> Element:
    return node("w:tr", node("w:trPr", flag("w:cantSplit")), *cells)


def _step_row(step: FlowStep, text: list[Element], widths: tuple[int, ...], keep: bool) -> Element:
    centre = node("w:jc", val="center")
    box = cell(widths[0], [paragraph(styles.CELL, text, centre, keep=keep)], _border())
    if len(widths) == 1:
        return _row([box])
    if not step.branches:
        blank = [cell(width, [paragraph(styles.ARROW, [], keep=keep)]) for width in widths[1:]]
        return _row([box, *blank])
    aside = [paragraph(styles.CELL, [run(branch)], keep=keep) for branch in step.branches]
    arrow = paragraph(styles.ARROW, [run(ASIDE)], keep=keep)
    return _row([box, cell(widths[1], [arrow]), cell(widths[2], aside, _border())])


def _arrow_row(widths: tuple[int, ...]) -> Element:
    """An arrow stays with the box it points to."""
    cells = [cell(widths[0], [paragraph(styles.ARROW, [run(DOWN)], keep=True)])]
    cells += [cell(width, [paragraph(styles.ARROW, [], keep=True)]) for width in widths[1:]]
    return _row(cells)
