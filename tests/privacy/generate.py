"""Sentences with personal data at known places: every kind in the many ways people write it.

Seeded, so that a failure can be repeated. The templates and the writings are ours; numbers are made
up, and carry a right check digit where the kind has one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebase.curation.privacy.checksums import valid_id, valid_luhn, valid_uscc


@dataclass(frozen=True)
class Marked:
    """A sentence and the one stretch of it that must be found."""

    text: str
    kind: str
    start: int
    end: int

    @property
    def secret(self) -> str:
        """The personal data itself."""
        return self.text[self.start : self.end]


_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_WIDE = {**{ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx+-"}}

_FRAMES = {
    "PHONE": (
        "消费者来电反映沙发掉皮，联系电话{}，要求退款。",
        "请回电{}。",
        "（{}）多次拨打无人接听",
        "本人手机:{}，希望尽快处理",
        "商家留的号码是{}已停机",
        "微信同号{}，加了不通过",
        "来电号码{}；诉求：退还押金",
        "打{}没人接",
        "工单备注 {} 白天联系",
    ),
    "ID": (
        "身份证号{}，办卡时登记过。",
        "证件号码：{}",
        "登记的身份证件号码为{}，已核实",
        "经办人拍了身份证（{}）",
        "公民身份号码{}的当事人未到场",
    ),
    "BANK": (
        "退款打到卡号{}即可。",
        "银行卡{}，开户行农行",
        "账户：{}",
        "请汇入{}（工商银行）",
        "收款账号为{}，户名略",
    ),
    "PLATE": (
        "车牌{}的车主反映停车费乱收。",
        "驾驶{}到该修理厂保养",
        "涉事车辆{}停在门口",
        "我的车是{}，补胎收了三百",
        "（车号{}）",
    ),
    "USCC": (
        "统一社会信用代码{}，登记状态存续。",
        "代码：{}",
        "营业执照上写的是{}",
        "当事人（{}）未按时公示年报",
    ),
    "ORDER": (
        "订单号{}，至今未发货。",
        "订单编号：{}",
        "快递单号{}显示已签收",
        "运单号为{}，物流停滞",
        "交易流水号:{}",
        "退货单号是{}",
        "工单编号{}已派单",
    ),
}


def marked(seed: int = 20261124, each: int = 1000) -> Iterator[Marked]:
    """``each`` sentences of every numeric kind."""
    draw = random.Random(seed)
    makers: dict[str, Callable[[random.Random], str]] = {
        "PHONE": _phone,
        "ID": _citizen,
        "BANK": _card,
        "PLATE": _plate,
        "USCC": _credit_code,
        "ORDER": _order,
    }
    for kind, make in makers.items():
        for _ in range(each):
            number = make(draw)
            frame = draw.choice(_FRAMES[kind])
            start = frame.index("{}")
            yield Marked(frame.replace("{}", number), kind, start, start + len(number))


def _digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def _phone(draw: random.Random) -> str:
    if draw.random() < 0.3:
        return _landline(draw)
    number = "1" + draw.choice("3456789") + _digits(draw, 9)
    a, b, c = number[:3], number[3:7], number[7:]
    return draw.choice(
        (
            number,
            f"{a}-{b}-{c}",
            f"{a} {b} {c}",
            f"{a} {number[3:]}",
            f"{number[:7]} {c}",
            f"+86{number}",
            f"+86 {a} {b} {c}",
            f"86-{number}",
            f"0086 {number}",
            f"(+86){number}",
            f"{a}－{b}－{c}",
            f"{a}.{b}.{c}",
            f"{a}—{b}—{c}",
            " ".join(number),
            number.translate(_WIDE),
            number.translate(_HAN),
            number.translate(_HAN).replace("一", "幺"),
            number[:3] + "\u200b" + number[3:],
            f"{a}****{c}",
        )
    )


def _landline(draw: random.Random) -> str:
    area = draw.choice(("0512", "010", "021", "025", "0510", "0755", "0371", "0991"))
    eight = area in ("0512", "010", "021", "025", "0510", "0755", "0371")
    local = draw.choice("23456789") + _digits(draw, 7 if eight else 6)
    middle = len(local) - 4
    extension = draw.choice(("", "", "转801", "-8016", "转 6", " 分机202"))
    writing = draw.choice(
        (
            f"{area}-{local}",
            f"{area}{local}",
            f"({area}){local}",
            f"（{area}）{local}",
            f"{area} {local[:middle]} {local[middle:]}",
            f"{area}－{local}",
            f"+86 {area[1:]} {local}",
            f"400-{_digits(draw, 3)}-{_digits(draw, 4)}",
            f"400{_digits(draw, 7)}",
            f"800 {_digits(draw, 3)} {_digits(draw, 4)}",
        )
    )
    return writing + extension


def _citizen(draw: random.Random) -> str:
    region = draw.choice(("320507", "320502", "110105", "310115", "340104", "511023", "654001"))
    birth = f"{draw.randint(1945, 2012)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    body = region + birth + _digits(draw, 3)
    number = next(body + end for end in "0123456789X" if valid_id(body + end))
    old = region + birth[2:] + _digits(draw, 3)
    return draw.choice(
        (
            number,
            number.lower(),
            number.translate(_WIDE),
            f"{number[:6]} {number[6:14]} {number[14:]}",
            f"{number[:6]}-{number[6:14]}-{number[14:]}",
            old,
            f"{number[:6]}********{number[14:]}",
        )
    )


def _card(draw: random.Random) -> str:
    size = draw.choice((16, 19))
    head = draw.choice(("622202", "622848", "621700", "625965", "436742", "521899", "955880"[:6]))
    head = "6" + head[1:] if head.startswith("9") else head
    body = head + _digits(draw, size - 7)
    number = next(body + end for end in "0123456789" if valid_luhn(body + end))
    groups = [number[i : i + 4] for i in range(0, size, 4)]
    return draw.choice(
        (number, " ".join(groups), "-".join(groups), number.translate(_WIDE),
         f"{number[:4]} **** **** {number[-4:]}")
    )  # fmt: skip


def _plate(draw: random.Random) -> str:
    head = draw.choice("苏沪浙皖京粤鲁豫川") + draw.choice("ABCDEFGHJKLMN")
    tail = "".join(draw.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3))
    tail = draw.choice("0123456789") + tail + draw.choice("0123456789")
    green = draw.choice("DF") + _digits(draw, 5)
    return draw.choice(
        (
            head + tail,
            f"{head}·{tail}",
            f"{head} {tail}",
            f"{head}-{tail}",
            head + green,
            f"{head}·{green}",
            (head[0] + (head[1] + tail).translate(_WIDE)),
            head + tail[:4] + "学",
            head + tail.lower(),
        )
    )


def _credit_code(draw: random.Random) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = draw.choice(("91320507MA1", "92320507MA2", "91110108MA0", "91320500713", "93320507MA1"))
    body += "".join(draw.choice(alphabet) for _ in range(17 - len(body)))
    code = next(body + end for end in alphabet if valid_uscc(body + end))
    return draw.choice((code, code.lower(), code.translate(_WIDE), f"{code[:8]} {code[8:]}"))


def _order(draw: random.Random) -> str:
    return draw.choice(
        (
            _digits(draw, 18).replace("0", "1"),
            f"{draw.randint(10**12, 10**13)}",
            f"SF{draw.randint(10**12, 10**13)}",
            f"YT{draw.randint(10**12, 10**13)}",
            f"JD00{draw.randint(10**9, 10**10)}",
            f"2{draw.randint(10**5, 10**6 - 1)}-{draw.randint(10**14, 10**15)}",
            f"DD2018{_digits(draw, 8)}",
            f"7{_digits(draw, 14)}",
            f"{draw.randint(10**7, 10**8 - 1)}",
            f"E{draw.randint(10**17, 10**18)}",
        )
    )
