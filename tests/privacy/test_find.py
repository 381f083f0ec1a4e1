"""Personal data in Chinese text: what is found and what is left alone."""

from __future__ import annotations

import pytest

from casebase.curation.privacy import find

FOUND = [
    ("联系电话13812345678", "PHONE", "13812345678", "a mobile number"),
    ("电话138 1234 5678请回电", "PHONE", "138 1234 5678", "with spaces"),
    ("手机：１３８１２３４５６７８", "PHONE", "１３８１２３４５６７８", "full-width digits"),
    ("座机0512-65751234。", "PHONE", "0512-65751234", "a landline"),
    ("热线400-820-8820", "PHONE", "400-820-8820", "a service number"),
    ("身份证11010519491231002X", "ID", "11010519491231002X", "check digit X"),
    ("身份证110105194912310021", "ID", "110105194912310021", "mistyped, but announced"),
    ("代码91350100M000100Y43", "USCC", "91350100M000100Y43", "a credit code"),
    ("卡号4111111111111111", "BANK", "4111111111111111", "passes Luhn"),
    ("车牌苏E12345撞了", "PLATE", "苏E12345", "a plate"),
    ("新能源苏ED12345", "PLATE", "苏ED12345", "a new-energy plate"),
    ("邮箱zhang.san@example.com", "EMAIL", "zhang.san@example.com", "an address"),
    ("微信号abc_12345", "ACCOUNT", "abc_12345", "an account"),
    ("订单号：20210304998877", "ORDER", "20210304998877", "an order"),
    ("住元和街道采莲路88号", "ADDR", "采莲路88号", "to the door"),
    ("消费者王女士称", "PERSON", "王女士", "a surname with a title"),
    ("欧阳先生来电", "PERSON", "欧阳先生", "a compound surname"),
]
LEFT = [
    ("消费者王某称", "the masked form of the writing group"),
    ("王某女士", "masked, though with a title"),
    ("相市管〔2018〕37号", "a document number"),
    ("《消费者权益保护法》第五十五条", "a citation"),
    ("罚款51046.4元", "a sum"),
    ("2018-11-26", "a date"),
    ("拨打12315反映", "a hotline of the state"),
    ("苏州市相城区阳澄湖镇", "a town"),
    ("阳澄湖大闸蟹760余万元", "goods and a sum"),
    ("数字110105194912310021", "a wrong check digit is no citizen number, nor a phone"),
    ("每年6月底、12月底各一次", "dates in words"),
    ("GB/T 9704-2012", "a standard"),
]


@pytest.mark.parametrize(
    ("text", "kind", "span"), [row[:3] for row in FOUND], ids=[r[3] for r in FOUND]
)
def test_found(text: str, kind: str, span: str) -> None:
    spans = find(text)
    assert [(s.kind, s.text) for s in spans] == [(kind, span)]
    assert text[spans[0].start : spans[0].end] == span


@pytest.mark.parametrize("text", [row[0] for row in LEFT], ids=[r[1] for r in LEFT])
def test_left_alone(text: str) -> None:
    assert [s for s in find(text) if s.kind not in ("ORDER",)] == []
