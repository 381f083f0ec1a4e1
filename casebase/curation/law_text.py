"""A law saved from the official database → its articles, with what looks wrong.

Reading is by lines: an article begins where a line begins with 第…条. Page furniture, chapter
headings and the table of contents are left out; gaps, repeats and another law are findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from casebase.law.clean import even
from casebase.law.names import NameTable
from casebase.law.numerals import SIGNS, number
from casebase.law.texts import article_key
from casebase.model import Finding, Severity, Statute, StatuteVersion

_ARTICLE = re.compile(
    rf"[\s#*>　]*第\s*([{SIGNS}]{{1,9}}|[0-9０-９]{{1,4}})\s*条"
    r"(?:之([一二三四五六七八九十]))?(\**)(.?)"
)
_CHAPTER = re.compile(rf"[\s#*　]*第\s*[{SIGNS}0-9]{{1,5}}\s*(?:编|分编|章|节)(?:\s|　|$)")
_FURNITURE = re.compile(
    r"\s*(?:[-—–－·•]*\s*[0-9０-９]{1,4}\s*[-—–－·•]*|第\s*[0-9]+\s*页.*|[0-9]+\s*/\s*[0-9]+"
    r"|https?://\S+|(?:打印|下载|访问)(?:时间|日期).*|国家法律法规数据库.*|<!--.*-->|[-—=_*]{3,})\s*"
)
_DATE = re.compile(r"((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
_TAIL = re.compile(r"[\s#*　]*附\s*(?:件|表|录|：|:)")
_MARKS = "# *　\t"


@dataclass(frozen=True)
class ParsedLaw:
    """What a file holds: title, dates of its head, articles, findings."""

    title: str
    dates: tuple[date, ...]
    articles: dict[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass
class _State:
    file: str
    articles: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    last: int = 0
    current: str | None = None
    found: list[Finding] = field(default_factory=list)

    def report(
        self, line: int, code: str, message: str, fix: str, severity: Severity = Severity.WARNING
    ) -> None:
        self.found.append(Finding(self.file, line, "", code, severity, message, fix))


def parse_law(lines: list[str], file: str) -> ParsedLaw:
    """The articles of a law given as lines; ``file`` is the name shown in findings."""
    state = _State(file)
    furniture = _repeated(lines)
    dropped = 0
    for at, line in enumerate(lines, start=1):
        text = line.strip(_MARKS + "\u200b\ufeff\r\n ")
        if not text:
            continue
        if _FURNITURE.fullmatch(text) or (text in furniture and state.articles):
            dropped += text[:4] != "<!--"
            continue
        _line(state, at, line, text)
    if not state.articles:
        state.report(
            0,
            "CB331",
            "文件里没有找到条文",
            "确认文件是法规全文，且各条以“第×条”起行",
            Severity.ERROR,
        )
    if dropped:
        message = f"略去 {dropped} 行页眉、页码之类的文字"
        state.report(0, "CB335", message, "不必处理；抽查分页处的条文是否完整", Severity.INFO)
    _gaps(state)
    return ParsedLaw(
        title=_title(state.head),
        dates=tuple(_dates(state.head)),
        articles={key: "\n".join(parts).strip() for key, parts in state.articles.items()},
        findings=tuple(state.found),
    )


def _line(state: _State, at: int, line: str, text: str) -> None:
    if _CHAPTER.match(line):
        if state.articles:
            state.current = None
        else:
            state.head.append(text)
        return
    match = _ARTICLE.match(line)
    value = number(match.group(1)) if match else None
    if match is None or value is None or not _begins(state, match, value):
        if state.current is not None and not _TAIL.match(line):
            state.articles[state.current].append(text)
        elif state.current is not None:
            state.current = None
        elif not state.articles:
            state.head.append(text)
        return
    key = article_key(value, number(match.group(2)) if match.group(2) else None)
    body = line[match.start(4) :].lstrip("：:").strip(_MARKS + " \r\n")
    if key in state.articles:
        _repeat(state, at, key, body)
        return
    if value < state.last:
        state.report(at, "CB333", f"第{value}条排在第{state.last}条之后", "核对文件的分页和次序")
    state.last = max(state.last, value)
    state.articles[key] = [body] if body else []
    state.lines[key] = at
    state.current = key


def _begins(state: _State, match: re.Match[str], value: int) -> bool:
    """Whether the line begins an article: not a wrapped line such as «第三条规定的…»."""
    after = match.group(4)
    if after == "" or after.isspace() or after in "：:　" or match.group(3):
        return True
    return (
        value in (state.last + 1, 1 if not state.articles else 0)
        and after not in "、和至的规款及或与"
    )


def _repeat(state: _State, at: int, key: str, body: str) -> None:
    same = "\n".join(state.articles[key]).startswith(body[:20]) if body else True
    state.report(
        at, "CB333", f"第{key}条在第{state.lines[key]}行已经出现", "删去重复的部分再导入",
        Severity.WARNING if same else Severity.ERROR,
    )  # fmt: skip
    state.current = key if not same else None
    if not same:
        state.articles[key].append(body)


def _gaps(state: _State) -> None:
    have = {int(key.partition("-")[0]) for key in state.articles}
    missing = [n for n in range(1, max(have, default=0)) if n not in have]
    if missing:
        shown = "、".join(map(str, missing[:20])) + ("等" if len(missing) > 20 else "")
        message = f"缺第 {shown} 条（共 {len(missing)} 条）"
        state.report(0, "CB332", message, "核对文件是否完整；缺的条文仍用要旨")
    for key, parts in state.articles.items():
        if not "".join(parts).strip():
            state.report(state.lines[key], "CB332", f"第{key}条没有文字", "核对文件是否完整")


def _repeated(lines: list[str]) -> frozenset[str]:
    """Short lines that come back on every page, such as the title as a running head."""
    counts = Counter(line.strip(_MARKS + " \r\n") for line in lines)
    return frozenset(
        text
        for text, count in counts.items()
        if count >= 3 and 2 <= len(text) <= 40 and text[-1] not in "。；：，、"
    )


def _title(head: list[str]) -> str:
    """The first line of the head that reads as a title (court texts break it into parts)."""
    for line in head:
        if not _DATE.match(line) and line not in ("目录", "目　录"):
            return line
    return ""


def _dates(head: list[str]) -> Iterator[date]:
    for line in head:
        for match in _DATE.finditer(line):
            try:
                yield date(*map(int, match.groups()))
            except ValueError:
                continue


def check_law(
    parsed: ParsedLaw, names: NameTable, statutes: dict[str, Statute], file: str, wanted: str | None
) -> tuple[Statute | None, StatuteVersion | None, tuple[Finding, ...]]:
    """Which law and version the file is, and how it differs from the catalogue."""
    found: list[Finding] = []

    def report(code: str, message: str, fix: str, severity: Severity) -> None:
        found.append(Finding(file, 0, "", code, severity, message, fix))

    named = names.exact(even(parsed.title))
    ids = named.ids if named else ()
    if wanted is not None and wanted not in statutes:
        report("CB334", f"法规目录没有 {wanted}", "核对编号", Severity.ERROR)
        return None, None, tuple(found)
    if wanted is None and len(ids) != 1:
        near = "、".join(ids or names.near(even(parsed.title)))
        message = f"不能确定是哪部法规：标题为“{parsed.title or '未见'}”"
        fix = f"用 --statute 指明编号{f'，如 {near}' if near else ''}"
        report("CB334", message, fix, Severity.ERROR)
        return None, None, tuple(found)
    if wanted is not None and ids and wanted not in ids:
        message = f"文件是《{parsed.title}》，不是 {wanted}"
        report("CB334", message, f"该文件的编号是 {'、'.join(ids)}", Severity.ERROR)
        return None, None, tuple(found)
    if wanted is not None and not ids:
        message = f"标题“{parsed.title or '未见'}”与目录不一致"
        report("CB334", message, "核对后再用；以 --statute 指明的为准", Severity.WARNING)
    statute = statutes[wanted or ids[0]]
    version, sure = _version(statute, parsed)
    if not sure:
        message = f"文件中的日期与目录的版本对不上，按 {version.effective} 施行的版本存放"
        fix = "核对公布、修正日期；目录缺该版本的，先在法规记录中补录"
        report("CB337", message, fix, Severity.WARNING)
    count = len({key.partition("-")[0] for key in parsed.articles})
    if version.article_count is not None and count != version.article_count:
        message = f"文件有 {count} 条，目录记为 {version.article_count} 条"
        report("CB336", message, "核对文件是否完整、版本是否相符", Severity.WARNING)
    return statute, version, tuple(found)


def _version(statute: Statute, parsed: ParsedLaw) -> tuple[StatuteVersion, bool]:
    """The version whose promulgation stands last in the head; (version, whether that is sure)."""
    for day in sorted(parsed.dates, reverse=True):
        for version in reversed(statute.versions):
            if str(version.promulgated) == day.isoformat():
                return version, True
    for day in sorted(parsed.dates, reverse=True):
        for version in reversed(statute.versions):
            if str(version.effective) == day.isoformat():
                return version, True
    for day in sorted(parsed.dates, reverse=True):
        if (held := statute.version_on(day)) is not None:
            return held, len(statute.versions) == 1
    count = len({key.partition("-")[0] for key in parsed.articles})
    same = [v for v in statute.versions if v.article_count == count]
    return (
        (same[-1], len(same) == 1 and not parsed.dates) if same else (statute.versions[-1], False)
    )
