"""What ``caseguide statute`` answers: one citation as JSON and in words, with its findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebase.law.book import StatuteBook
from casebase.law.citations import Resolved, names_of, read_citations, whole_law
from casebase.law.compare import Comparison
from casebase.law.texts import ArticleTexts
from casebase.law.wording import article_words, chinese_number, short_title
from casebase.model import Article, StatuteVersion

_MARKS = {"V1": "条文已核", "V2": "二手来源", "M": "待核"}
_LABELS = {"gist": "要旨", "penalty": "罚则", "remedy": "救济", "figure": "数值", "note": "注"}
#: Longest text that is taken for the name of a law when no citation is found in it.
_QUERY = 40


@dataclass(frozen=True)
class Lawyer:
    """Everything an answer is made from."""

    book: StatuteBook
    comparisons: tuple[Comparison, ...]
    texts: ArticleTexts
    on: date

    def answer(self, text: str) -> dict[str, Any]:
        """The JSON object of one text."""
        resolved = read_citations(text, self.book, self.on)
        bare = text.strip()
        if not resolved and (whole := whole_law(bare, self.book, self.on)):
            resolved = (whole,)
        findings = [f for item in resolved for f in self._findings(item)]
        if not resolved:
            findings.append(self._nothing(bare))
        return {
            "text": text,
            "on": self.on.isoformat(),
            "citations": [self._citation(item) for item in resolved],
            "findings": findings,
        }

    def _citation(self, item: Resolved) -> dict[str, Any]:
        found, unit = item.found, item.found.unit
        statute = item.statute
        return {
            "statute": statute.id if statute else None,
            "title": self._title(item),
            "article": unit.article,
            "article_suffix": unit.suffix,
            "paragraph": unit.paragraph,
            "item": unit.item,
            "subitem": unit.subitem,
            "range_end": unit.range_end,
            "start": found.start,
            "end": found.end,
            "cited": found.text,
            "read_as": found.how,
            "exists": item.exists,
            "in_force": item.in_force,
            "candidates": list(item.candidates),
            "version": _version(item.version),
            "replaced_by": self._replaced_by(item),
            "gist": _joined(item.articles, "gist"),
            "penalty": _joined(item.articles, "penalty"),
            "remedy": _joined(item.articles, "remedy"),
            "figure": _joined(item.articles, "figure"),
            "note": _joined(item.articles, "note"),
            "verification": item.verification,
            "article_text": self._wording(item),
        }

    def _title(self, item: Resolved) -> str | None:
        return item.statute.title_on(self.on) if item.statute else None

    def _wording(self, item: Resolved) -> str | None:
        unit = item.found.unit
        if item.statute is None or unit.article is None:
            return None
        return self.texts.get(item.statute.id, unit.article, self.on, unit.suffix)

    def _replaced_by(self, item: Resolved) -> dict[str, Any] | None:
        """The next version of the law, or the law that took its place with its articles."""
        statute = item.statute
        if statute is None:
            return None
        if item.following is not None:
            after = item.following
            return {
                "statute": statute.id,
                "title": after.title or statute.title,
                "effective": str(after.effective),
                "articles": [],
            }
        for mapping in self.comparisons:
            other = self.book.get(mapping.new)
            if mapping.old != statute.id or other is None:
                continue
            pairs = mapping.successors(item.found.unit.article)
            return {
                "statute": other.id,
                "title": other.title,
                "effective": str(other.versions[0].effective),
                "articles": [pair.new for pair in pairs if pair.new is not None],
            }
        return None

    def _findings(self, item: Resolved) -> list[dict[str, str]]:
        found = item.found
        names = "、".join(self._named(i) for i in item.candidates)
        if item.statute is None and found.candidates:
            return [_finding("CB342", f"“{found.text}”可以指几部法规", f"写明是哪一部：{names}")]
        if item.statute is None:
            fix = f"是否应为：{names}？" if names else "核对名称；目录没有的先在法规记录中补录"
            if found.how == "无上文":
                return [_finding("CB342", f"“{found.text}”没有写明是哪部法规", "写出法规名称")]
            return [_finding("CB341", f"法规目录没有“{found.name}”", fix)]
        title = short_title(item.statute.title)
        words = article_words(found.unit.article)
        if item.exists is False:
            counts = {v.article_count for v in item.verdict.versions or item.statute.versions}
            known = "、".join(str(c) for c in sorted(c for c in counts if c))
            fix = f"该文本共 {known} 条，请核对条号"
            return [_finding("CB343", f"《{title}》没有{words}", fix)]
        if item.in_force is False:
            after = self._replaced_by(item)
            fix = f"见《{short_title(after['title'])}》" if after else "核对施行、失效日期"
            return [_finding("CB344", f"《{title}》{words}在 {self.on} 没有施行或者已经失效", fix)]
        return []

    def _nothing(self, text: str) -> dict[str, str]:
        near = names_of(self.book).near(text) if len(text) <= _QUERY else ()
        names = "、".join(self._named(i) for i in near)
        fix = f"是否应为：{names}？" if names else "写出法规名称和条号，如“消法”加条号"
        return _finding("CB341", "没有读到法条引用", fix)

    def _named(self, statute_id: str) -> str:
        statute = self.book.get(statute_id)
        return f"《{short_title(statute.title)}》（{statute_id}）" if statute else statute_id

    def lines(self, answer: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """(style, line) of an answer in words."""
        for item in answer["citations"]:
            yield from self._lines(item)
        for finding in answer["findings"]:
            yield "yellow", f"{finding['code']} {finding['message']}"
            yield "dim", f"    改法：{finding['fix']}"

    def _lines(self, item: dict[str, Any]) -> Iterable[tuple[str, str]]:
        if item["statute"] is None:
            yield "bold", f"{item['cited']}　未确定"
            return
        words = article_words(item["article"], item["paragraph"], item["item"])
        if item["article_suffix"]:
            words = words.replace("条", f"条之{chinese_number(item['article_suffix'])}", 1)
        if last := item["range_end"]:
            whole = item["paragraph"] is item["item"] is None
            level = "项" if item["item"] else "款"
            lower = f"第（{chinese_number(last)}）" if item["item"] else f"第{chinese_number(last)}"
            words += f"至{article_words(last) if whole else lower + level}"
        mark = _MARKS[item["verification"]]
        yield "bold", f"《{short_title(item['title'])}》{words}　{_state(item)}　{mark}"
        if item["read_as"] in ("简写", "上文", "引用目录"):
            yield "dim", f"  “{item['cited']}”按{item['read_as']}理解"
        if version := item["version"]:
            span = f"{version['effective']} 至 {version['until'] or '今'}"
            yield "", f"  版本：{version['promulgated']} 公布，{span} 施行"
        for key, label in _LABELS.items():
            if item[key]:
                yield "", f"  {label}：{item[key]}"
        if item["article_text"]:
            yield "", f"  条文原文（已导入）：{item['article_text']}"
        elif item["article"] and not item["gist"]:
            yield "dim", "  要旨尚未收录，也未导入条文原文"
        if after := item["replaced_by"]:
            to = "、".join(article_words(number) for number in after["articles"])
            name = f"《{short_title(after['title'])}》{to}"
            yield "cyan", f"  由 {after['effective']} 起施行的{name}取代"


def _state(item: dict[str, Any]) -> str:
    if item["exists"] is False:
        return "没有这一条"
    if item["in_force"] is None:
        return "条号待核"
    return "有效" if item["in_force"] else "当日无效"


def _version(version: StatuteVersion | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "promulgated": str(version.promulgated),
        "effective": str(version.effective),
        "until": str(version.until) if version.until else None,
        "title": version.title,
        "article_count": version.article_count,
    }


def _joined(articles: tuple[Article, ...], field: str) -> str | None:
    values = dict.fromkeys(value for a in articles if (value := getattr(a, field)))
    return "；".join(values) or None


def _finding(code: str, message: str, fix: str) -> dict[str, str]:
    return {"code": code, "severity": "warning", "message": message, "fix": fix}
