"""Cards, orders, parcels, tickets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebase.curation.privacy.checksums import compact, valid_id, valid_luhn
from casebase.curation.privacy.rules import (
    AFTER,
    DAY,
    IS,
    MASKED,
    NOT_BEFORE,
    Rule,
    labels,
    no_quantity,
    rule,
)
from casebase.curation.privacy.words import alternatives, section


def _bank(match: re.Match[str]) -> bool:
    number = compact(match.group())
    return 16 <= len(number) <= 19 and (valid_luhn(number) or " " in match.group().strip())


def cards() -> Iterator[Rule]:
    """Bank cards and accounts, whole, by their last digits, or half covered."""
    yield rule(
        "BANK", labels("卡号") + IS + r"(?P<v>[0-9](?:[ \-]?[0-9]){11,24})" + AFTER, spelled=True
    )
    yield rule(
        "BANK",
        rf"{NOT_BEFORE}(?:6[0-9]{{3}}|[345][0-9]{{3}})(?:[ \-]?[0-9]{{4}}){{3}}[ \-]?[0-9]{{0,3}}{AFTER}",
        _bank,
        spelled=True,
    )
    yield rule("BANK", rf"{NOT_BEFORE}[3-6][0-9]{{5}}[ \-]?[0-9]{{10,13}}{AFTER}", _bank)
    yield rule(
        "BANK",
        rf"{NOT_BEFORE}[3-6][0-9]{{3,5}}[ ]?{MASKED}{{4,12}}(?:[ ]{MASKED}{{4}})?[ ]?[0-9]{{3,4}}{AFTER}",
    )
    yield rule(
        "BANK",
        r"(?:银行|信用|储蓄|借记|工行|农行|建行|中行|交行|招行|邮储|卡|账户|账号)卡?(?:号码|号)?"
        r"(?:的)?(?:尾号|末四位|后四位|末4位|后4位)[ :：为是系“]{0,3}(?P<v>[0-9]{3,4})(?![0-9])",
        spelled=True,
    )
    yield rule(
        "BANK",
        r"尾号[ :：为是系“]{0,3}(?P<v>[0-9]{4})(?=的?[^，。\n0-9]{0,4}(?:银行|卡|账户))",
        spelled=True,
    )


_ORDER_VALUE = r"(?P<v>(?=[A-Za-z0-9\-_/*]{0,12}[0-9][A-Za-z0-9\-_/*]?[0-9*])[A-Za-z0-9][A-Za-z0-9\-_/*]{3,40})"


_DATE = re.compile(rf"(?:19|20)[0-9]{{2}}(?:-[0-9]{{1,2}}(?:-[0-9]{{1,2}})?|{DAY})")


def _order(match: re.Match[str]) -> bool:
    value = match["v"]
    if re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", value) and valid_id(value):
        return False
    if re.match(r"(?:GB|DB|QB|SB|Q/|ISO|XC-)", value) or _DATE.fullmatch(value):
        return False
    return sum(char.isdigit() for char in value) >= 4 and len(value) >= 5


def labelled_orders() -> Iterator[Rule]:
    """Numbers after a word that says what they count: 订单号, 工单编号, 合同编号."""
    label = (
        rf"(?:{alternatives(section('numbers', '单号'))})(?:编号|编码|单号|号码|号|码|ID|id|卡号)"
    )
    yield rule(
        "ORDER",
        label + r"[)）]?(?:分别)?[ :：为是即“\"'‘「【\[(（#№=]{0,4}(?:No\.?|NO\.?)?" + _ORDER_VALUE,
        _order,
    )
    yield rule(
        "ORDER",
        r"(?:订单|快递|运单|流水|单号|工单)号?(?:的)?(?:尾号|末四位|后四位|末六位|后六位|后4位|尾数)[ :：为是“]{0,3}(?P<v>[0-9]{3,8})",
        spelled=True,
    )


def bare_orders() -> Iterator[Rule]:
    """Parcels by their carrier, and long numbers that nothing else explains."""
    yield rule(
        "ORDER",
        r"(?:订单|运单|快递单|工单|顺丰|圆通|中通|申通|韵达|百世|极兔|邮政|京东快递|EMS|德邦)(?:快递|速运|速递|包裹|单)?[ :：为是“(（#]{1,3}"
        + _ORDER_VALUE,
        _order,
    )
    yield rule(
        "ORDER",
        r"(?<![0-9A-Za-z])(?:SF|YT|ZT|ZTO|STO|JD[A-Z]{0,3}|JT|DPK|YD|BS|EMS|KY|LP|TB|PDD|MT|DD|NO|No|No\.|WX|ZFB|TS|JB|XF)[ \-:]?"
        r"[0-9]{8,30}(?![0-9A-Za-z])",
    )
    yield rule("ORDER", r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{9}[A-Z]{2}(?![0-9A-Za-z])")
    yield rule("ORDER", r"(?<![0-9A-Za-z])[0-9]{6}-[0-9]{12,18}(?![0-9A-Za-z])")
    yield rule("ORDER", r"(?<![0-9A-Za-z])(?<![0-9]\.)[0-9]{12,40}(?![0-9A-Za-z])", _bare)
    yield rule(
        "ORDER",
        r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:[0-9]{4}[ \-]){3,7}[0-9]{1,4}(?![0-9A-Za-z])",
        _bare,
    )
    yield rule(
        "ORDER", r"(?<![0-9A-Za-z\-])(?=[A-Z0-9]*[0-9]{8})[A-Z]{1,5}[0-9]{10,30}(?![0-9A-Za-z])"
    )


def _bare(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 6) : match.start()]
    return no_quantity(match) and not re.search(r"条形?码|69码|商品码", before)
