"""Texts made to be slow, to break numbers apart, or to confuse: a clear answer in linear time."""

from __future__ import annotations

import time

import pytest

from casebase.curation.privacy import find

SIZE = 200_000
SLOW = [
    "1", "1-", "138 ", "王", "王小明，", "路1号", "a@", "http://", "订单号：", "有限公司", "阿·",
    "(", "\x00", "😀1\ufe0f\u20e3", "A", "0 ", "·", "苏E1", "一号", "C:\\a", "a.", " ", "姓名：王",
    "\n", "卡号1 ", "3幢", "老王家具店",
]  # fmt: skip


@pytest.mark.parametrize("unit", SLOW, ids=[repr(unit) for unit in SLOW])
def test_time_grows_with_length_only(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    find("王小明")  # load what is loaded once
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 5


BROKEN_APART = [
    ("138\u200b1234\u200b5678", "zero-width spaces"),
    ("\ufe0f\u20e3".join("13812345678"), "keycaps"),
    ("１３８－１２３４－５６７８", "full width"),
    ("138\u00ad12345678", "soft hyphen"),
    ("138\u20601234\u20605678", "word joiner"),
]  # fmt: skip


@pytest.mark.parametrize("number", [n for n, _ in BROKEN_APART], ids=[r for _, r in BROKEN_APART])
def test_a_number_broken_apart_is_one_number(number: str) -> None:
    text = f"电话{number}请回"
    (span,) = find(text)
    assert span.kind == "PHONE"
    assert text[span.start : span.end].startswith(number.rstrip("\u20e3\ufe0f"))


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "😀", "\x00\x01", "aaaaa"],
)
def test_nothing_in_nothing(text: str) -> None:
    assert find(text) == ()
