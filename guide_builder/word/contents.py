"""The contents list: a real TOC field whose lines and page numbers are already there.

Word shows it at once and asks nothing (no ``w:updateFields``, nothing dirty); F9 renews it.
"""

from __future__ import annotations

from guide_builder.blocks import Contents, Heading

from . import styles
from .context import Context
from .inline import field_code, field_mark, link, page_reference, run
from .oxml import Element, node
from .paragraphs import gap, paragraph

EMPTY = "（本文没有可列入目录的标题）"


def entries(block: Contents, headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """The headings that the list shows."""
    return tuple(heading for heading in headings if heading.level <= block.depth)


def contents(block: Contents, context: Context) -> list[Element]:
    """The list: title, one line a heading with dotted leader and page number."""
    title = paragraph(styles.CONTENTS_TITLE, [run(block.title)], fresh=context.fresh)
    listed = entries(block, context.headings)
    if not listed:
        return [title, paragraph(styles.CENTER, [run(EMPTY)])]
    made = [title]
    for number, heading in enumerate(listed):
        content = [_entry(heading, context)]
        if number == 0:
            code = f'TOC \\o "1-{block.depth}" \\h \\z \\u'
            content[:0] = [field_mark("begin"), field_code(code), field_mark("separate")]
        made.append(paragraph(styles.contents(heading.level), content))
    end = gap()
    end.append(field_mark("end"))
    made.append(end)
    return made


def _entry(heading: Heading, context: Context) -> Element:
    number = page_reference(heading.anchor, context)
    return link(heading.anchor, context, run(heading.text), node("w:r", node("w:tab")), *number)
