"""How law is written out: 第五十五条第二款, 7个工作日, 《…》."""

from __future__ import annotations

import re
from functools import lru_cache

from cn2an import an2cn

from casebase.model.citation import Citation
from casebase.model.limit import LimitSource, LimitValue, TimeLimit, Unit

_NUMBERED = re.compile(r"第(\d{1,4})([条款项])", re.ASCII)


@lru_cache(maxsize=4096)
def chinese_number(number: int) -> str:
    """55 → 五十五, 148 → 一百四十八, 15 → 十五 (as statutes number their articles)."""
    words: str = an2cn(number)
    return words.removeprefix("一") if words.startswith("一十") else words


def article_words(
    article: int | None, paragraph: int | None = None, item: int | None = None
) -> str:
    """第五十五条第二款第（一）项; empty where no article is given."""
    if article is None:
        return ""
    words = f"第{chinese_number(article)}条"
    if paragraph is not None:
        words += f"第{chinese_number(paragraph)}款"
    if item is not None:
        words += f"第（{chinese_number(item)}）项"
    return words


def citation_words(title: str, citation: Citation) -> str:
    """《消费者权益保护法》第五十五条第一款, with the state's name left off the title."""
    articles = article_words(citation.article, citation.paragraph, citation.item)
    return f"《{short_title(title)}》{articles}"


def short_title(title: str) -> str:
    """The title as it is cited in running text."""
    return title.removeprefix("中华人民共和国")


def source_words(source: LimitSource) -> str:
    """《…》第十五条: the rule a limit stands in, its numbers as statutes write them."""
    article = _NUMBERED.sub(lambda m: f"第{chinese_number(int(m[1]))}{m[2]}", source.article)
    return f"《{source.title}》{article}"


def value_words(value: LimitValue | None) -> str:
    """«7个工作日», «60日», «2年»; «未定数值» where the rule sets a duty without a number."""
    if value is None:
        return "已废止"
    if not value.numbers:
        return "未定数值"
    unit = value.unit.value if value.unit else ""
    if value.unit is Unit.RULE:
        return "重新计算"
    joined = "、".join(str(n) for n in value.numbers)
    return f"{joined}个{unit}" if value.unit is Unit.WORKDAY else f"{joined}{unit}"


def extension_words(limit: TimeLimit) -> str:
    """«可再延15个工作日（负责人批准）» or «可延至15个工作日»; «—» where there is none."""
    extension = limit.extension
    if extension is None:
        return "—"
    if extension.number is None:
        return extension.note or extension.approval or "可延长，无数值"
    unit = extension.unit.value if extension.unit else ""
    count = f"{extension.number}{'个' if extension.unit is Unit.WORKDAY else ''}{unit}"
    verb = "可延长至共" if extension.mode == "延至" else "可再延长"
    reason = f"（{extension.approval}）" if extension.approval else ""
    return f"{verb}{count}{reason}"
