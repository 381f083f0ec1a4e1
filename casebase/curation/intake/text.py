"""Text from Word and Excel made fit for a record: no control characters, plain line ends."""

from __future__ import annotations

import re

from casebase.curation.io import UnreadableFileError

#: Most characters of one case and of a document; a long written case has about 8 000.
MOST_TEXT, MOST_DOCUMENT = 200_000, 1_000_000
#: Most characters of one paragraph or cell.
MOST_PARAGRAPH = 20_000

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_SENTENCE_END = re.compile(r"(?<=[。！？；;!?\n])")
_MANY = re.compile(r"\n{2,}")
_NUMBER = re.compile(
    r"^\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*[、.．]"
    r"|\d{1,2}\s*(?:[、．)）]|\.(?!\d|[^\S\n]\d)|[.．](?=(?:19|20)\d{2}年))|[①-⑳]|[-•·●■◆▪])\s*"
)
_INLINE_NUMBER = re.compile(
    r"(?<=[。；;!！?？])\s*(?=\d{1,2}\s*[、．.](?!\d|\s\d)|\d{1,2}[.．](?=20\d{2}年)|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳])"
)


def tidy(text: str) -> str:
    """``text`` without what a record cannot hold; lines stripped, blank lines dropped."""
    lines = _SPACES.sub(" ", _BREAKS.sub("\n", text)).split("\n")
    stripped = "\n".join(_plain(line).strip() for line in lines)
    return _MANY.sub("\n", stripped).strip("\n")


def _plain(line: str) -> str:
    """A line without control, format, surrogate, private and unassigned characters."""
    return line if line.isprintable() else "".join(char for char in line if char.isprintable())


def ensure_bearable(text: str, where: str, code: str) -> None:
    """Refuse a text longer than people write.

    Raises:
        UnreadableFileError: it is.
    """
    if len(text) > MOST_PARAGRAPH:
        raise UnreadableFileError(
            code,
            0,
            f"{where}有 {len(text)} 字，超过上限 {MOST_PARAGRAPH} 字",
            "核对文件；附件、全卷不要放进来，一段只写一段话",
        )


def unnumbered(text: str) -> str:
    """A line without its number or bullet: «（一）», «1.», «①»."""
    return _NUMBER.sub("", text, count=1).strip()


def items(paragraphs: list[str]) -> list[str]:
    """A list out of paragraphs: one an item; «1.…。2.…» in one paragraph is taken apart."""
    lines = [part for text in paragraphs for line in text.split("\n") for part in _apart(line)]
    return [line for line in map(unnumbered, lines) if line]


def _apart(line: str) -> list[str]:
    return _INLINE_NUMBER.split(line) if _NUMBER.match(line) else [line]


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` with their marks."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def shortened(text: str, most: int) -> tuple[str, str]:
    """(what fits into ``most`` characters in whole sentences, the rest)."""
    if len(text) <= most:
        return text, ""
    kept = ""
    for part in _SENTENCE_END.split(text):
        if len(kept) + len(part) > most:
            break
        kept += part
    return kept.strip(), text[len(kept) :].strip()
