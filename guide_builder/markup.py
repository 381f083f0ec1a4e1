"""Standing text: a small markdown subset → blocks.

Headings (``##``), paragraphs, numbered, dashed and tick lists, run-in labels (``**…**``) and
directives alone on a line (``{{流程 …}}``, ``{{表 …}}``, ``{{时限表 …}}``). Anything else is an
error with its line, so that nothing an author writes is silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from guide_builder.blocks import Block, Heading, ItemList, Paragraph, Span, Spans
from guide_builder.placeholders import Place, Placeholders

DIRECTIVE = re.compile(r"\{\{(流程|表|时限表)([^{}]*)\}\}\Z")
_CHECK = re.compile(r"\[ \] ?")
Directive = Callable[[str, str, Place], tuple[Block, ...]]


@dataclass(frozen=True)
class Source:
    """One text file: shown name, anchor prefix for its headings, and its content."""

    file: str
    anchor: str
    text: str


class Markup:
    """Turns text files into blocks."""

    def __init__(self, placeholders: Placeholders, directive: Directive) -> None:
        self._placeholders = placeholders
        self._directive = directive
        self._parser = MarkdownIt("commonmark", {"html": False}).disable(
            ["code", "fence", "blockquote", "hr", "html_block", "html_inline", "image", "link"]
        )

    def blocks(self, source: Source) -> tuple[Block, ...]:
        """The blocks of one text file."""
        return tuple(self._blocks(self._parser.parse(source.text), source))

    def _blocks(self, tokens: list[Token], source: Source) -> Iterator[Block]:
        headings, i = 0, 0
        while i < len(tokens):
            token = tokens[i]
            place = Place(source.file, (token.map or [0])[0] + 1)
            if token.type == "heading_open":
                if token.tag != "h2":
                    raise place.error("文内标题只用“## （一）…”一级")
                headings += 1
                title = "".join(span.text for span in self._inline(tokens[i + 1], place))
                yield Heading(4, title, f"{source.anchor}-{headings}")
                i += 3
            elif token.type == "paragraph_open":
                yield from self._paragraph(tokens[i + 1], place)
                i += 3
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                end = _closing(tokens, i)
                yield self._list(tokens[i : end + 1], place)
                i = end + 1
            else:
                raise place.error(f"不支持的写法（{token.type}）；表格和图用占位指令")

    def _paragraph(self, inline: Token, place: Place) -> Iterator[Block]:
        match = DIRECTIVE.match(inline.content.strip())
        if match:
            yield from self._directive(match.group(1), match.group(2).strip(), place)
        else:
            yield Paragraph(self._inline(inline, place))

    def _list(self, tokens: list[Token], place: Place) -> ItemList:
        items: list[Spans] = []
        checks = 0
        for token in tokens:
            if (
                token.type in ("bullet_list_open", "ordered_list_open")
                and token.level > tokens[0].level
            ):
                raise Place(place.file, (token.map or [0])[0] + 1).error("列表只用一层")
            if token.type != "inline":
                continue
            here = Place(place.file, (token.map or [0])[0] + 1)
            spans = self._inline(token, here)
            if spans and (mark := _CHECK.match(spans[0].text)):
                checks += 1
                spans = (Span(spans[0].text[mark.end() :], spans[0].style), *spans[1:])
            items.append(spans)
        if checks and checks != len(items):
            raise place.error("同一列表里勾选项与普通项不能混用")
        if checks:
            return ItemList(tuple(items), "check")
        return ItemList(tuple(items), "number" if tokens[0].tag == "ol" else "dash")

    def _inline(self, inline: Token, place: Place) -> Spans:
        spans: list[Span] = []
        style, line = "plain", place.line
        for child in inline.children or []:
            if child.type == "strong_open":
                style = "strong"
            elif child.type == "strong_close":
                style = "plain"
            elif child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "text":
                if child.content:
                    here = Place(place.file, line)
                    spans.extend(self._placeholders.spans(child.content, here, style))
            else:
                raise place.error(f"不支持的写法（{child.type}）")
        return tuple(spans)


def _closing(tokens: list[Token], start: int) -> int:
    for i in range(start + 1, len(tokens)):
        if tokens[i].level == tokens[start].level and tokens[i].nesting == -1:
            return i
    raise AssertionError("markdown-it closes every list")
