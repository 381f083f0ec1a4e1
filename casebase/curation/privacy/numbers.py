"""Numbers and codes: certificates, telephones, cards, plates, orders, accounts, links.

Every rule is a pattern without nested repetition, so that time grows with the length of the text
only, and, where the number has one, its check digit. A label («身份证号：») makes up for a check
digit that does not hold, since people mistype.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebase.curation.privacy.checksums import compact, valid_id, valid_luhn, valid_uscc
from casebase.curation.privacy.view import View
from casebase.curation.privacy.words import alternatives, section

Span = tuple[int, int]
Accept = Callable[["re.Match[str]"], bool]

_NOT_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9]\.)"
_AFTER = r"(?![0-9A-Za-z])"
_SEP = r"[ \-]?"
_IS = r"(?:[(（]?(?:号码|编号|单号|号|码)?[)）]?(?:尾号)?[ :：为是即叫系“\"'‘「【\[(（#№=]{0,4})"
#: What may stand after a bare number that makes it a quantity.
_QUANTITY = re.compile(
    r" ?(?:元|万|亿|人次|人|次|吨|公斤|千克|克|斤|件|个|台|只|米|毫|升|股|美元|余|多|%|℃|年(?!.{0,3}号))"
)


@dataclass(frozen=True)
class Rule:
    """A pattern that finds one kind; group ``v``, if there is one, is the span, else all."""

    kind: str
    pattern: re.Pattern[str]
    accept: Accept | None = None
    spelled: bool = False  # look at the text with Han numerals as digits

    def spans(self, view: View) -> Iterator[Span]:
        """The places in ``view`` that this rule finds."""
        text = view.digits if self.spelled else view.plain
        for match in self.pattern.finditer(text):
            if self.accept is None or self.accept(match):
                yield match.span("v" if "v" in self.pattern.groupindex else 0)


def _rule(
    kind: str, pattern: str, accept: Accept | None = None, *, spelled: bool = False, flags: int = 0
) -> Rule:
    return Rule(kind, re.compile(pattern, re.ASCII | flags), accept, spelled)


def _labels(name: str) -> str:
    return rf"(?:{alternatives(section('numbers', name))})"


def _checked(valid: Callable[[str], bool]) -> Accept:
    return lambda match: valid(compact(match.group()))


def _no_quantity(match: re.Match[str]) -> bool:
    return not _QUANTITY.match(match.string, match.end())


def _birth_code(match: re.Match[str]) -> bool:
    """An old 15-digit number begins with one of the province codes of GB/T 2260."""
    number = compact(match.group())
    return number[:2] in _PROVINCE_CODES and len(number) == 15


_PROVINCE_CODES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SPACED_ID = (
    rf"{_NOT_BEFORE}[1-9][0-9]{{5}}{_SEP}(?:18|19|20)[0-9]{{2}}{_SEP}(?:0[1-9]|1[0-2]){_SEP}"
    rf"(?:0[1-9]|[12][0-9]|3[01]){_SEP}[0-9]{{3}}{_SEP}[0-9Xx]{_AFTER}"
)
_USCC_SHAPE = rf"{_NOT_BEFORE}[0-9A-HJ-NPQRTUWXY]{{2}}{_SEP}[0-9]{{6}}(?:{_SEP}[0-9A-HJ-NPQRTUWXY]){{10}}{_AFTER}"


def _uscc(match: re.Match[str]) -> bool:
    code = compact(match.group()).upper()
    return valid_uscc(code) or bool(re.match(r"[159][1-39][0-9]{6}(?=.*[A-Z])", code))


def _bank(match: re.Match[str]) -> bool:
    number = compact(match.group())
    return 16 <= len(number) <= 19 and (valid_luhn(number) or " " in match.group().strip())


def _vin(match: re.Match[str]) -> bool:
    code = match.group()
    letters = sum(char.isalpha() for char in code)
    return 3 <= letters <= 13 and code[-3:].isdigit()


def _mobile(match: re.Match[str]) -> bool:
    return compact(match.group())[-11:][1] in "3456789"


_GROUPED = r"[ \-.·]{0,2}"
_PREFIX = r"(?:[(（]?(?:\+|00)?86[)）]?[ \-]{0,2})?"
_EXT = r"(?:[ ,，]{0,2}(?:转|分机号?|ext\.?|[Xx#\-])[ :：]{0,2}[0-9]{1,6}(?![0-9]))?"
_MASKED = r"[*＊xX×●○·]"


def _certificates() -> Iterator[Rule]:
    label = _labels("证件")
    yield _rule("ID", _SPACED_ID, _checked(valid_id), spelled=True)
    yield _rule("ID", _NOT_BEFORE + r"[1-9][0-9]{16}[Xx]" + _AFTER)
    yield _rule(
        "ID",
        label + _IS + r"(?P<v>[0-9](?:[ \-]?[0-9]){13,16}[ \-]?[0-9Xx])" + _AFTER,
        spelled=True,
    )
    yield _rule("ID", rf"{_NOT_BEFORE}[0-9]{{3,6}}{_MASKED}{{6,12}}[0-9]{{2,4}}[0-9Xx]{_AFTER}")
    yield _rule(
        "ID", label + r"(?:后[四六4-6]位|末[四六4-6]位|尾号)[ :：为是]{0,3}(?P<v>[0-9]{3,5}[0-9Xx])"
    )
    yield _rule(
        "ID",
        _labels("旅行证件")
        + _IS
        + r"(?P<v>(?=[A-Za-z0-9()（）-]{0,14}[0-9]{4})[A-Za-z0-9()（）-]{5,20})",
    )
    yield _rule("ID", r"(?<![A-Za-z])[A-Z]{1,2}[0-9]{6}[(（][0-9A][)）]")
    yield _rule("ID", _NOT_BEFORE + r"(?:E[A-Z]|[EGDSP])[0-9]{7,8}" + _AFTER, _passport)
    yield _rule("ID", _NOT_BEFORE + r"[HMC][0-9]{8}(?:[0-9]{2})?" + _AFTER, _passport)
    yield _rule("USCC", _USCC_SHAPE, _uscc, flags=re.IGNORECASE)
    yield _rule(
        "USCC",
        _labels("信用代码") + _IS + r"(?P<v>(?:[0-9A-Za-z][ \-]?){8,17}[0-9A-Za-z])" + _AFTER,
        lambda m: sum(c.isdigit() for c in m["v"]) >= 6,
    )


def _passport(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 40) : match.end() + 10]
    return any(word in around for word in ("护照", "通行证", "回乡证", "台胞证", "出境", "入境"))


def _telephones() -> Iterator[Rule]:
    yield _rule(
        "PHONE",
        rf"(?<![0-9])(?<![0-9]\.){_PREFIX}1[ \-]?[3-9](?:[ \-]?[0-9]){{9}}(?![0-9]){_EXT}",
        spelled=True,
    )
    yield _rule(
        "PHONE",
        rf"(?<![0-9])(?<![0-9]\.){_PREFIX}1[3-9][0-9](?:{_GROUPED}[0-9]{{4}}{_GROUPED}[0-9]{{4}}"
        rf"|{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{5}}|{_GROUPED}[0-9]{{5}}{_GROUPED}[0-9]{{3}}"
        rf"|{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{2}})(?![0-9])",
        spelled=True,
    )
    yield _rule("PHONE", rf"(?<![0-9])1[3-9][0-9]{_SEP}{_MASKED}{{4,5}}{_SEP}[0-9]{{3,4}}(?![0-9])")
    yield _rule("PHONE", rf"(?<![0-9])1[3-9][0-9]{{5,6}}{_MASKED}{{3,4}}(?![0-9])")
    yield _rule(
        "PHONE",
        r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:[(（]?(?:\+|00)86[)）]?[ \-]{0,2})?"
        r"[(（]?0(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ \-·]{0,3}[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])"
        + _EXT,
        spelled=True,
    )
    yield _rule(
        "PHONE",
        r"(?<![0-9])(?:\+|00)86[ \-]{0,2}[(（]?0?(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ \-]{0,2}"
        r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])" + _EXT,
    )
    yield _rule(
        "PHONE",
        rf"(?<![0-9A-Za-z])[48]00[ \-]?[0-9](?:[ \-]?[0-9]){{6}}(?![0-9]){_EXT}",
        _no_quantity,
        spelled=True,
    )
    yield _rule(
        "PHONE",
        _labels("电话")
        + r"(?:[(（][^()（）\n]{1,8}[)）])?[号码为是:： \-给了“\"'(（]{0,4}"
        + rf"(?P<v>(?!20[0-9]{{2}}{_DAY}(?![0-9]))[2-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}(?![0-9]){_EXT})",
        _no_quantity,
        spelled=True,
    )
    yield _rule(
        "PHONE",
        r"(?:手机|电话|联系电话|号码|机主)(?:号码|号)?(?:后四位|末四位|后4位|末4位|尾数|尾号)(?:号码|数字)?"
        r"[ :：为是系“]{0,3}(?P<v>[0-9]{3,4})(?![0-9])",
        spelled=True,
    )
    yield _rule(
        "PHONE",
        r"(?<![0-9A-Za-z])\+(?!86)[1-9][0-9]{0,2}[ \-]?(?:[(（]?[0-9][)）]?[ \-]?){6,12}[0-9](?![0-9])",
    )
    yield _rule(
        "PHONE", r"(?<![0-9])00(?:852|853|886|81|82|1|44|61|65)[ \-]?(?:[0-9][ \-]?){7,10}(?![0-9])"
    )


def _cards() -> Iterator[Rule]:
    yield _rule(
        "BANK", _labels("卡号") + _IS + r"(?P<v>[0-9](?:[ \-]?[0-9]){11,24})" + _AFTER, spelled=True
    )
    yield _rule(
        "BANK",
        rf"{_NOT_BEFORE}(?:6[0-9]{{3}}|[345][0-9]{{3}})(?:[ \-]?[0-9]{{4}}){{3}}[ \-]?[0-9]{{0,3}}{_AFTER}",
        _bank,
        spelled=True,
    )
    yield _rule("BANK", rf"{_NOT_BEFORE}[3-6][0-9]{{5}}[ \-]?[0-9]{{10,13}}{_AFTER}", _bank)
    yield _rule(
        "BANK",
        rf"{_NOT_BEFORE}[3-6][0-9]{{3,5}}[ ]?{_MASKED}{{4,12}}(?:[ ]{_MASKED}{{4}})?[ ]?[0-9]{{3,4}}{_AFTER}",
    )
    yield _rule(
        "BANK",
        r"(?:银行|信用|储蓄|借记|工行|农行|建行|中行|交行|招行|邮储|卡|账户|账号)卡?(?:号码|号)?"
        r"(?:的)?(?:尾号|末四位|后四位|末4位|后4位)[ :：为是系“]{0,3}(?P<v>[0-9]{3,4})(?![0-9])",
        spelled=True,
    )
    yield _rule(
        "BANK",
        r"尾号[ :：为是系“]{0,3}(?P<v>[0-9]{4})(?=的?[^，。\n0-9]{0,4}(?:银行|卡|账户))",
        spelled=True,
    )


def _plate(match: re.Match[str]) -> bool:
    digits = sum(char.isdigit() for char in match[0])
    return digits >= (1 if match[0].isupper() or match[0][-1] in "学警挂港澳领试超" else 2)


def _vehicles() -> Iterator[Rule]:
    provinces = section("numbers", "省份")[0]
    end = r"(?![A-Za-z0-9])"
    body = r"[ ·.\-]{0,2}(?:[A-HJ-NP-Za-hj-np-z0-9][ \-]?){4}(?:[A-HJ-NP-Za-hj-np-z0-9]{2}|[A-HJ-NP-Za-hj-np-z0-9][学警挂港澳领试超]?|[学警挂港澳领试超])"
    yield _rule(
        "PLATE",
        rf"[{provinces}] ?[A-Za-z]{body}{end}",
        _plate,
    )
    yield _rule(
        "PLATE",
        rf"[{provinces}] ?[A-Za-z][ ·.\-]{{0,2}}[A-HJ-NP-Z0-9]{{1,3}}{_MASKED}{{2,4}}[A-HJ-NP-Z0-9]{{0,3}}",
    )
    yield _rule(
        "PLATE",
        r"(?:车牌|车牌号|车牌号码|牌照|号牌|车号|牌号)(?:号码|号)?[ :：为是系“]{0,3}"
        r"(?P<v>[\u4e00-\u9fff]{0,3}[ ·]?(?=[A-Za-z0-9·]{0,7}[0-9]{3})[A-Za-z0-9·]{4,9})(?![A-Za-z0-9])",
    )
    yield _rule(
        "VIN", r"(?<![0-9A-Za-z])(?=[0-9A-Z]{0,16}[0-9])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Za-z])", _vin
    )
    yield _rule(
        "VIN",
        r"(?:车架号?码?|车辆识别代[号码]|车架编号|VIN码?|发动机号?码?|大架号)[ :：为是系“]{0,3}"
        r"(?P<v>(?=[A-Za-z0-9\-]{0,12}[0-9])[A-Za-z0-9\-]{5,20})(?![A-Za-z0-9])",
    )


_ORDER_VALUE = r"(?P<v>(?=[A-Za-z0-9\-_/*]{0,12}[0-9][A-Za-z0-9\-_/*]?[0-9*])[A-Za-z0-9][A-Za-z0-9\-_/*]{3,40})"


_DATE = re.compile(rf"(?:19|20)[0-9]{{2}}(?:-[0-9]{{1,2}}(?:-[0-9]{{1,2}})?|{_DAY})")


def _order(match: re.Match[str]) -> bool:
    value = match["v"]
    if re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", value) and valid_id(value):
        return False
    if re.match(r"(?:GB|DB|QB|SB|Q/|ISO|XC-)", value) or _DATE.fullmatch(value):
        return False
    return sum(char.isdigit() for char in value) >= 4 and len(value) >= 5


def _orders() -> Iterator[Rule]:
    label = (
        rf"(?:{alternatives(section('numbers', '单号'))})(?:编号|编码|单号|号码|号|码|ID|id|卡号)"
    )
    yield _rule(
        "ORDER", label + r"[)）]?(?:分别)?[ :：为是即“\"'‘「【\[(（#№=]{0,4}" + _ORDER_VALUE, _order
    )
    yield _rule(
        "ORDER",
        r"(?:订单|快递|运单|流水|单号|工单)号?(?:的)?(?:尾号|末四位|后四位|末六位|后六位|后4位|尾数)[ :：为是“]{0,3}(?P<v>[0-9]{3,8})",
        spelled=True,
    )
    yield _rule(
        "ORDER",
        r"(?:订单|运单|快递单|工单|顺丰|圆通|中通|申通|韵达|百世|极兔|邮政|京东快递|EMS|德邦)(?:快递|速运|速递|包裹|单)?[ :：为是“(（#]{1,3}"
        + _ORDER_VALUE,
        _order,
    )
    yield _rule(
        "ORDER",
        r"(?<![0-9A-Za-z])(?:SF|YT|ZT|ZTO|STO|JD[A-Z]{0,3}|JT|DPK|YD|BS|EMS|KY|LP|TB|PDD|MT|DD|NO|No|No\.|WX|ZFB|TS|JB|XF)[ \-:]?"
        r"[0-9]{8,30}(?![0-9A-Za-z])",
    )
    yield _rule("ORDER", r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{9}[A-Z]{2}(?![0-9A-Za-z])")
    yield _rule("ORDER", r"(?<![0-9A-Za-z])[0-9]{6}-[0-9]{12,18}(?![0-9A-Za-z])")
    yield _rule("ORDER", r"(?<![0-9A-Za-z])(?<![0-9]\.)[0-9]{12,40}(?![0-9A-Za-z])", _bare)
    yield _rule(
        "ORDER",
        r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:[0-9]{4}[ \-]){3,7}[0-9]{1,4}(?![0-9A-Za-z])",
        _bare,
    )
    yield _rule(
        "ORDER", r"(?<![0-9A-Za-z\-])(?=[A-Z0-9]*[0-9]{8})[A-Z]{1,5}[0-9]{10,30}(?![0-9A-Za-z])"
    )


def _bare(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 6) : match.start()]
    return _no_quantity(match) and not re.search(r"条形?码|69码|商品码", before)


def _links() -> Iterator[Rule]:
    yield _rule(
        "EMAIL",
        r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?(?:@|[(\[{（【]at[)\]}）】]|#at#|艾特) ?[A-Za-z0-9-]{1,63}"
        r"(?: ?(?:\.|[(\[（]dot[)\]）]|点) ?[A-Za-z0-9-]{1,63}){1,4}",
    )
    yield _rule(
        "URL",
        r"(?:https?|ftp)://[^\s\u4e00-\u9fff，。；！？、“”‘’《》【】（）<>\"']{3,2000}",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield _rule(
        "URL",
        r"(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|top|shop|xyz|vip|cc|tv|me|io|app|info)"
        r"/[^\s\u4e00-\u9fff，。；！？、“”‘’《》【】（）<>\"']{1,2000}",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield _rule(
        "URL",
        r"(?<![A-Za-z0-9@._-])www\.(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z0-9])",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield _rule("PATH", r"(?<![A-Za-z])[A-Za-z]:[\\/](?![/])[^\s，。；、“”‘’<>|\"*?：:）)]{1,400}")
    yield _rule(
        "PATH",
        r"(?<!\\)\\\\[A-Za-z0-9._\u4e00-\u9fff$-]{1,63}\\[^\s，。；、“”‘’<>|\"*?：）)]{1,400}",
    )
    yield _rule(
        "PATH",
        r"(?<![A-Za-z0-9._/\-])(?:file://|~)?/(?:home|Users|root|mnt|media|var|tmp|data|opt|Volumes|storage|sdcard)/[^\s，。；、“”‘’<>|\"*?：）)]{1,400}",
    )


def _not_gov(match: re.Match[str]) -> bool:
    """Sites of the state are public; what is behind them is the source of most cases."""
    host = re.sub(r"^[a-z]+://", "", match.group().lower()).split("/")[0].split(":")[0]
    return not host.endswith((".gov.cn", ".court.gov.cn"))


def _accounts() -> Iterator[Rule]:
    label = _labels("账号") + r"(?:号码|号|名|群)?"
    colon = r"[ :：为是叫即“\"'‘「【\[(（=]{0,4}"
    yield _rule(
        "ACCOUNT", label + colon + r"(?P<v>[A-Za-z_@][A-Za-z0-9_\-]{4,30})(?![A-Za-z0-9])", _handle
    )
    yield _rule(
        "ACCOUNT", label + colon + r"(?P<v>[0-9]{5,13})(?![0-9A-Za-z])", _no_quantity, spelled=True
    )
    yield _rule(
        "ACCOUNT",
        r"(?:昵称|网名|微信名|用户名|会员名|旺旺名?|账号名?|抖音名|抖音号|微信号|直播间|主播|店铺ID)"
        r"(?:为|是|叫|名为|名叫|：|:)? ?[“\"‘「【](?P<v>[^某”\"’」】\n]{1,24})(?=[”\"’」】])",
    )
    yield _rule(
        "ACCOUNT",
        r"(?:昵称|网名|微信名|用户名|会员名|旺旺名)[为是叫：: ]{1,2}(?P<v>[^\s，。；、“”（）()：:]{2,16})",
    )
    yield _rule(
        "ACCOUNT", r"(?<![A-Za-z0-9.])@(?P<v>[\u4e00-\u9fffA-Za-z0-9_-]{2,20})(?=[ ，。；、”\n]|$)"
    )


_ENGLISH = frozenset(
    [
        "about",
        "account",
        "online",
        "number",
        "please",
        "apple",
        "android",
        "iphone",
        "windows",
        "store",
        "app",
    ]
)


def _handle(match: re.Match[str]) -> bool:
    return match["v"].lower() not in _ENGLISH


def _papers() -> Iterator[Rule]:
    number = r"(?P<v>[\u4e00-\u9fff]{0,8}[A-Za-z〔\[(（]{0,4}(?=[A-Za-z0-9〕\])）\-]{0,10}[0-9]{4})[A-Za-z0-9〕\])）\-第]{5,30}号?)"
    yield _rule(
        "LICENSE",
        r"(?<![A-Za-z0-9])(?:SC|JY|JYXK|QS|XK|YB|JX|CB) ?[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{5,11}(?![0-9A-Za-z])",
    )
    yield _rule(
        "LICENSE",
        r"国药准字 ?[A-Z]? ?[0-9]{6,10}|国食健[字注备] ?[GJ]? ?[0-9]{6,12}|卫食健字[ (（\[〔]?[0-9]{4}[)）\]〕]?第?[0-9]{3,5}号",
    )
    yield _rule(
        "LICENSE",
        r"国妆[特备网进]{1,2}字? ?[GJ]? ?[0-9]{6,12}|[\u4e00-\u9fff]G妆网备字 ?[0-9]{6,12}|[\u4e00-\u9fff]{1,2}妆网备进?字[ (（\[〔A-Z]?[0-9]{4,12}[)）\]〕]?[0-9]{0,8}",
    )
    yield _rule("LICENSE", r"[国\u4e00-\u9fff]械[注备][准进许]? ?[0-9]{6,12}(?:号)?")
    yield _rule("LICENSE", _labels("许可") + r"(?:编号|证号|号码|号)[ :：为是“]{0,3}" + number)
    yield _rule(
        "BATCH",
        r"(?:生产批号|产品批号|批次编号|批号|批次号|生产批次|产品批次|面料批号|批次)[ :：为是系“]{1,3}"
        r"(?P<v>(?=[A-Za-z0-9\-/]{0,12}[0-9]{2})[A-Za-z0-9\-/]{4,24})(?![A-Za-z0-9])",
    )
    yield _rule(
        "BATCH",
        r"(?:批号|批次号)(?P<v>(?=[A-Za-z0-9]{0,6}[0-9]{3})[A-Za-z0-9\-]{4,24})(?![A-Za-z0-9])",
    )
    year = r"[〔\[(（【] ?20[0-9]{2} ?[〕\])）】] ?"
    organ = r"[\u4e00-\u9fff]{2,10}"
    yield _rule(
        "CASE_NO",
        rf"{organ}(?:处罚|罚告|处告|罚听|罚决|处决|罚字|处字|案处|罚|处|立|立案|立字|强字|责改|询通|不罚|撤案|撤字|投诉|举报|诉字|举字){year}"
        r"(?:第 ?)?[0-9]{1,8} ?(?:-[0-9]{1,4})?号",
        lambda m: not m[0].startswith(("法释", "国务院")),
    )
    yield _rule(
        "CASE_NO",
        r"[(（〔]20[0-9]{2}[)）〕][\u4e00-\u9fff]{1,3}[0-9]{0,4}(?:民|行|刑|执|知民|商|破|协)[初终再申监特督保撤他字]{1,2}字?第?[0-9]{1,6}号",
    )


#: Earlier rules win where two overlap: what carries a label or a check digit comes first.
def rules() -> tuple[Rule, ...]:
    """All rules on numbers, in order of precedence."""
    return _RULES


_LINKS = tuple(_links())
_RULES: tuple[Rule, ...] = (
    *_LINKS,
    *tuple(_papers()),
    *tuple(_orders())[:2],
    *tuple(_certificates()),
    *tuple(_vehicles()),
    *tuple(_cards()),
    *tuple(_telephones()),
    *tuple(_accounts()),
    *tuple(_orders())[2:],
)
