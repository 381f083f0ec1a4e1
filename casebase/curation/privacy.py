"""Finding personal data in Chinese text.

Rules only, each with its own pattern and, where the number has one, its check digit. The
text is normalised (full-width digits to ASCII) without changing its length, so that spans
point into the original. Basis: 个人信息保护法 第六条、第二十五条 and the writing group's masking
conventions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebase.model.base import Severity

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
    "包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷曲盛冉翁蓝游辛靳管柴蒙鲍喻祁房屈饶解牟艾尤穆"
    "农司卜古吉缪简项芦麦褚娄窦戚岑景党宫费席卫柏宗桂佟臧闵苟邬边卞姬邰仲隋翁奚"
)
_COMPOUND = re.compile(
    "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|端木|南宫|独孤"
)
_TITLE = re.compile("女士|先生|小姐|阿姨|大爷|大妈|大叔|奶奶|爷爷|师傅|老板|同志")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Kind:
    """A kind of personal data: how findings name it and what to write instead."""

    code: str
    label: str
    fix: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, order=True)
class PrivateSpan:
    """A stretch of text, ``[start, end)``, that holds personal data of one kind."""

    start: int
    end: int
    kind: str
    text: str


KINDS: dict[str, Kind] = {
    "ID": Kind("CB501", "身份证号码", "整体删除"),
    "PHONE": Kind("CB502", "电话号码", "整体删除，或写“联系电话（略）”"),
    "USCC": Kind("CB503", "统一社会信用代码", "整体删除"),
    "BANK": Kind("CB504", "银行卡号", "整体删除"),
    "PLATE": Kind("CB505", "车牌号", "写“某车辆”"),
    "EMAIL": Kind("CB506", "电子邮箱", "整体删除"),
    "ACCOUNT": Kind("CB507", "网络账号", "整体删除"),
    "ORDER": Kind("CB508", "订单号或者单号", "整体删除"),
    "ADDR": Kind("CB509", "到门牌的地址", "只写到区、街道（镇）"),
    "PERSON": Kind("CB510", "可识别的称呼或者姓名", "写成“王某”，不写性别和职务"),
}


def _valid_id(number: str) -> bool:
    """GB 11643-1999 check digit of an 18-digit citizen number."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(number, weights, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def _valid_uscc(code: str) -> bool:
    """GB 32100-2015 check character of a unified social credit code."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return alphabet[(31 - total % 31) % 31] == code[17]


def _valid_luhn(number: str) -> bool:
    """ISO/IEC 7812-1 check digit of a bank card."""
    digits = [int(d) for d in number]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _anything(_: str) -> bool:
    return True


@dataclass(frozen=True)
class _Rule:
    kind: str
    places: Callable[[str], Iterator[tuple[int, int]]]


def _rule(kind: str, pattern: str, accept: Callable[[str], bool] = _anything) -> _Rule:
    compiled = re.compile(pattern, re.ASCII)

    def places(text: str) -> Iterator[tuple[int, int]]:
        return (m.span() for m in compiled.finditer(text) if accept(m.group()))

    return _Rule(kind, places)


def _titled_names(text: str) -> Iterator[tuple[int, int]]:
    """«王女士», «欧阳先生», «王小明师傅»: the surname is looked for leftwards from the title."""
    for title in _TITLE.finditer(text):
        end = title.start()
        names = [text[end - n : end] for n in range(1, min(4, end) + 1)]
        whole = [n for n in names if _HAN.fullmatch(n) and "某" not in n]
        compound = [n for n in whole if _COMPOUND.match(n)]
        simple = [n for n in whole if len(n) <= 3 and n[0] in _SURNAMES]
        if name := next(iter(compound + simple), None):
            yield end - len(name), title.end()


_ROAD = r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|大道|新村|小区|花园|苑|村|组)"
_DOOR = r"[0-9一二三四五六七八九十百]{1,5}(?:-[0-9]{1,4})?(?:号|栋|幢|室|弄|层|单元|摊位|铺)"

#: Earlier rules win where two overlap: the more specific number comes first.
_RULES: tuple[_Rule, ...] = (
    _rule("EMAIL", r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    _rule(
        "ID",
        r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
        r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])",
        _valid_id,
    ),
    _rule(
        "USCC",
        r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])",
        _valid_uscc,
    ),
    _rule(
        "ORDER",
        r"(?:订单号|订单编号|快递单号|运单号|流水号|工单号|登记编号)[为是:：\s]{0,3}[A-Za-z0-9]{6,32}",
    ),
    _rule("BANK", r"(?<![0-9])[3-6][0-9]{15,18}(?![0-9])", _valid_luhn),
    _rule("ORDER", r"(?<![0-9A-Za-z])(?:SF)?[0-9]{12,32}(?![0-9A-Za-z])"),
    _rule("PHONE", r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"),
    _rule("PHONE", r"(?<![0-9])0[0-9]{2,3}[- ]?[0-9]{7,8}(?![0-9])"),
    _rule("PHONE", r"(?<![0-9])[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}(?![0-9])"),
    _rule("PHONE", r"(?:电话|手机|联系方式)[号码为是:：\s]{0,4}[0-9]{7,8}(?![0-9])"),
    _rule("PLATE", rf"[{_PROVINCES}][A-Z][·. ]?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    _rule("ACCOUNT", r"(?:微信号?|QQ号?|抖音号|淘宝号)[为是:：\s]{0,3}[A-Za-z0-9_-]{5,20}"),
    _rule("ADDR", _ROAD + _DOOR),
    _Rule("PERSON", _titled_names),
)
_BRANDING = re.compile(r"职业打假人|职业索赔人|恶意投诉人|恶意举报人|职业举报人|职闹|刁民|碰瓷者")


def find(text: str) -> tuple[PrivateSpan, ...]:
    """All personal data in ``text``, in order and without overlaps."""
    plain = text.translate(_FULL_WIDTH)
    taken: list[PrivateSpan] = []
    for rule in _RULES:
        for start, end in rule.places(plain):
            if not any(start < span.end and span.start < end for span in taken):
                taken.append(PrivateSpan(start, end, rule.kind, text[start:end]))
    return tuple(sorted(taken))


def branding(text: str) -> Iterator[str]:
    """Words that pass judgement on a person, as they stand in ``text``."""
    for match in _BRANDING.finditer(text):
        yield match.group()


def shortened(text: str) -> str:
    """The first and last characters only, so that a report does not repeat what it found."""
    if len(text) <= 4:
        return text[0] + "*" * (len(text) - 1)
    return f"{text[:3]}***{text[-2:]}"
