"""What is written instead: consistent in one text, grammatical, by the masking conventions."""

from __future__ import annotations

import pytest

from casebase.curation.privacy import dates, find, masked, propose

CASES = [
    ("消费者王女士来电", "消费者王某来电", "a title goes with the name"),
    ("王小明和王建国都投诉", "王某甲和王某乙都投诉", "one family name, two persons"),
    ("欧阳修远到场", "欧阳某到场", "a compound family name"),
    ("阿不都热依木·买买提来访", "阿某来访", "a name in foreign form"),
    ("联系电话13812345678。", "联系电话（略）。", "the label is not said twice"),
    ("王小明（13812345678）来电", "王某（联系电话略）来电", "no brackets in brackets"),
    ("车牌苏E12345", "车牌（略）", "a plate after its label"),
    ("驾驶苏E12345前往", "驾驶某车辆前往", "a plate without one"),
    ("住元和街道采莲路88号3幢502室", "住元和街道某处", "the street town stays"),
    ("苏州鑫源家具有限公司不退款", "某家具有限公司不退款", "trade and form stay"),
    ("在淘宝买的", "在某电商平台买的", "a platform"),
    ("老王家具店关门", "某家具店（个体工商户）关门", "a shop sign with a name"),
]


@pytest.mark.parametrize(("text", "wanted"), [c[:2] for c in CASES], ids=[c[2] for c in CASES])
def test_masked(text: str, wanted: str) -> None:
    assert masked(text, propose(text, find(text))) == wanted


@pytest.mark.parametrize("text", [c[0] for c in CASES], ids=[c[2] for c in CASES])
def test_what_is_masked_stays_masked(text: str) -> None:
    once = masked(text, propose(text, find(text)))
    assert find(once) == ()


def test_several_firms_are_told_apart() -> None:
    text = "苏州鑫源家具有限公司把货转给昆山腾飞商贸有限公司，苏州鑫源家具有限公司不认"
    new = masked(text, propose(text, find(text)))
    assert new.startswith("A家具有限公司") and new.count("A家具有限公司") == 2
    assert "B商贸有限公司" in new


def test_a_full_name_is_masked_wherever_it_stands() -> None:
    text = "投诉人：柴门文。后来柴门文又来电，柴门文的邻居也说"
    assert "柴门文" not in masked(text, propose(text, find(text)))


def test_dates_are_offered_to_the_month_only_when_asked() -> None:
    text = "2018年3月12日购买，2018-03-20投诉"
    assert find(text) == ()
    assert masked(text, propose(text, dates(text))) == "2018年3月购买，2018年3月投诉"
