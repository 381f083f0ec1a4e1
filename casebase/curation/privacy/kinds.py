"""The kinds of personal data: how findings name them and what is written instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebase.model.base import Severity


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
    "ID": Kind("CB501", "身份证件号码", "整体删除"),
    "PHONE": Kind("CB502", "电话号码", "整体删除，或写“联系电话（略）”"),
    "USCC": Kind("CB503", "统一社会信用代码", "整体删除"),
    "BANK": Kind("CB504", "银行卡号", "整体删除"),
    "PLATE": Kind("CB505", "车牌号", "写“某车辆”"),
    "EMAIL": Kind("CB506", "电子邮箱", "整体删除"),
    "ACCOUNT": Kind("CB507", "网络账号", "整体删除"),
    "ORDER": Kind("CB508", "订单号或者单号", "整体删除"),
    "ADDR": Kind("CB509", "到门牌的地址", "只写到区、街道（镇）"),
    "PERSON": Kind("CB510", "可识别的称呼或者姓名", "写成“王某”，不写性别和职务"),
    "ORG_BIZ": Kind("CB511", "企业名称或者字号", "写成“某家具有限公司”，几家的写 A、B"),
    "ORG_INDIV": Kind("CB511", "含人名的店招", "写成“某家具店（个体工商户）”"),
    "PLATFORM": Kind("CB512", "平台名称", "写成“某电商平台”", Severity.WARNING),
    "LICENSE": Kind("CB513", "许可证或者批准文号", "整体删除", Severity.WARNING),
    "VIN": Kind("CB514", "车架号或者发动机号", "整体删除"),
    "BATCH": Kind("CB515", "批号", "整体删除", Severity.WARNING),
    "URL": Kind("CB516", "网址或者商品链接", "整体删除"),
    "PATH": Kind("CB517", "电脑上的文件路径", "只留文件名，路径里常有姓名"),
    "CASE_NO": Kind(
        "CB518", "具体案件的文书号", "用本库编号；已公开的处罚案例除外", Severity.WARNING
    ),
}

#: Kinds that ``case mask`` proposes only when asked; never a finding of ``check``.
OPTIONAL: dict[str, Kind] = {
    "DATE": Kind("", "完整日期", "写到月"),
}

_BRANDING = re.compile(r"职业打假人|职业索赔人|恶意投诉人|恶意举报人|职业举报人|职闹|刁民|碰瓷者")


def branding(text: str) -> Iterator[str]:
    """Words that pass judgement on a person, as they stand in ``text``."""
    for match in _BRANDING.finditer(text):
        yield match.group()


def shortened(text: str) -> str:
    """The first and last characters only, so that a report does not repeat what it found."""
    if len(text) <= 4:
        return text[0] + "*" * (len(text) - 1)
    return f"{text[:3]}***{text[-2:]}"
