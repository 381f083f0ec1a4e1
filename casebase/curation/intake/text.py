"""Text from Word and Excel made fit for a record: no control characters, plain line ends."""

from __future__ import annotations

import re
import unicodedata

from casebase.curation.io import UnreadableFileError

#: Most characters that one case may have; a long written case has about 8 000.
MOST_TEXT = 200_000
#: Most characters of one paragraph or cell.
MOST_PARAGRAPH = 20_000

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
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
    lines = _BREAKS.sub("\n", text)
    kept = "".join(c for c in lines if c == "\n" or _is_text(c))
    stripped = "\n".join(line.strip() for line in _SPACES.sub(" ", kept).split("\n"))
    return _MANY.sub("\n", stripped).strip("\n")


def _is_text(char: str) -> bool:
    """Not a control, format, surrogate, private or unassigned character."""
    return char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


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
    return [part for part in re.split(r"(?<=[。！？；;!?\n])", text) if part.strip()]


def shortened(text: str, most: int) -> tuple[str, str]:
    """(what fits into ``most`` characters by whole paragraphs, else sentences; the rest)."""
    if len(text) <= most:
        return text, ""
    kept = ""
    for part in sentences(text):
        if len(kept) + len(part) > most:
            break
        kept += part
    return kept.strip(), text[len(kept) :].strip()
