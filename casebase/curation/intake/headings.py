"""Which line of a written case is a heading, and of what.

People mark headings by style, by bold type, by a number, by 【…】, by a colon, or by nothing but
a line of their own; the words are what counts, the marks only help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebase.curation.docx_text import Line
from casebase.model.intake import Headings

#: Longest label, longest heading in words of its own, longest value of a label that is left out.
_LABEL, _OWN, _OMITTED_VALUE = 14, 25, 60
#: Shortest way of writing that may stand inside a longer heading («案件基本情况介绍»).
_INSIDE = 3
#: Longest name of a person, and what begins a sentence rather than a name.
_NAME, _PRONOUNS = 4, ("我", "你", "他", "她", "这", "那", "要", "不")

_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|节|、)?|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、．.)）](?!\d)|[■◆●★▲▶◎※·•-])\s*"
)
_TOP_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]")
_BRACKETED = re.compile(
    r"^[【\[〔〖「『]\s*([^】\]〕〗」』]{1,30}?)\s*[】\]〕〗」』]\s*[：:]?\s*(.*)$", re.S
)
_LABELLED = re.compile(r"^([^：:。，,；;！？\n]{1,14})[：:]\s*(.*)$", re.S)
_IN_BRACKETS = re.compile(r"^[（(]([^（）()]*)[）)]$")
_PUNCTUATION = re.compile(r"[。；;，,！!？?：:]")
_BLANK = re.compile(r"[\s　]+")


def _is_told(value: str) -> bool:
    """Whether the value behind a label tells something («消费者：我要退款，商家不肯。»).

    A name, a number or an address does not: they end without a full stop, or begin with
    something as short as a name.
    """
    first = _PUNCTUATION.split(value.strip(), maxsplit=1)[0]
    if len(value) > _OMITTED_VALUE:
        return True
    return first != value.strip() and (len(first) > _NAME or first.startswith(_PRONOUNS))


@dataclass(frozen=True)
class Heading:
    """A heading: the field it leads to, its own words, and what follows on the same line.

    ``field`` is ``None`` for a heading that leads nowhere; ``why`` says why the value of a
    label is never copied, ``party`` whether it names a person (人) or a firm (企业).
    """

    field: str | None
    label: str
    rest: str = ""
    why: str = ""
    party: str | None = None


class HeadingReader:
    """Recognises the headings of one way of writing (``intake/headings.yaml``)."""

    def __init__(self, book: Headings) -> None:
        self._fields = {name: rule.field for rule in book.fields for name in rule.names}
        self._omitted = {name: rule for rule in book.omitted for name in rule.names}
        self._inside = sorted(
            (name for name in self._fields if len(name) >= _INSIDE), key=len, reverse=True
        )
        openings = "|".join(sorted(map(re.escape, book.openings), key=len, reverse=True))
        self._opening = re.compile(
            rf"^[【\[（(]?\s*(?:{openings})\s*之?\s*(?:[一二三四五六七八九十百]{{1,4}}|\d{{1,3}})"
            r"\s*(?:[】\])）：:、.．]\s*|\s+|$)(.*)$"
        )

    def opening(self, line: Line) -> str | None:
        """The title behind «案例三：», empty where it stands alone; ``None`` for other lines."""
        text = line.text.strip()
        match = self._opening.match(text)
        if match is None or line.cells or len(text) > 80 or match[1].endswith("。"):
            return None
        return match[1].strip().rstrip("】])）").strip()

    def read(self, line: Line) -> Heading | None:
        """The heading that a paragraph is or begins with."""
        text = line.text.strip()
        if not text:
            return None
        bare = _NUMBER.sub("", text, count=1)
        if match := _BRACKETED.match(bare):
            return self._named(match[1], match[2]) or self._styled(match[1], match[2])
        if found := self._named(bare.rstrip("：:"), ""):
            return found
        if match := _LABELLED.match(_IN_BRACKETS.sub(r"\1", bare)):
            found = self._named(match[1], match[2])
            if found and not (found.why and _is_told(match[2])):
                return found
        if self._looks_like_one(line, text):
            return self._styled(bare, "")
        return None

    def label(self, cell: str) -> Heading | None:
        """The heading that a cell of a table is."""
        return self._named(_NUMBER.sub("", cell.strip(), count=1).strip("：:【】[]"), "")

    def is_other(self, line: Line, numbered: bool) -> bool:
        """Whether the line is a heading in words of its own, such as «四、其他说明».

        ``numbered``: the headings of this case are numbered 一、二、.
        """
        text = line.text.strip()
        if not text or len(text) > _OWN or _PUNCTUATION.search(text) or line.cells:
            return False
        return line.level > 0 or (numbered and _TOP_NUMBER.match(text) is not None)

    def is_numbered(self, line: Line) -> bool:
        """Whether the line begins with 一、."""
        return _TOP_NUMBER.match(line.text.strip()) is not None

    def _looks_like_one(self, line: Line, text: str) -> bool:
        if len(text) > _OWN or _PUNCTUATION.search(text.rstrip("：:")):
            return False
        return line.level > 0 or line.bold or _TOP_NUMBER.match(text) is not None

    def _named(self, label: str, rest: str) -> Heading | None:
        name = _BLANK.sub("", label)
        if len(name) > _LABEL:
            return None
        if name in self._fields:
            return Heading(self._fields[name], name, rest.strip())
        if name in self._omitted:
            rule = self._omitted[name]
            return Heading(None, name, rest.strip(), rule.why, rule.party)
        return None

    def _styled(self, label: str, rest: str) -> Heading | None:
        """A heading that holds a known one: «本案的典型意义», «案件基本情况介绍»."""
        name = _BLANK.sub("", label)
        inside = next((known for known in self._inside if known in name), None)
        return Heading(self._fields[inside], name, rest.strip()) if inside else None
