"""Numbers that the state or a maker gives: citizens, firms, vehicles, licences, files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebase.curation.privacy.checksums import compact, valid_id, valid_uscc
from casebase.curation.privacy.rules import (
    AFTER,
    DAY,
    IS,
    MASKED,
    NOT_BEFORE,
    SEP,
    Rule,
    checked,
    labels,
    rule,
)
from casebase.curation.privacy.words import section

_PROVINCES = frozenset(
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


def _birth_code(match: re.Match[str]) -> bool:
    """An old 15-digit number begins with one of the province codes of GB/T 2260."""
    return compact(match.group())[:2] in _PROVINCES


_SPACED_ID = (
    rf"{NOT_BEFORE}[1-9][0-9]{{5}}{SEP}(?:18|19|20)[0-9]{{2}}{SEP}(?:0[1-9]|1[0-2]){SEP}"
    rf"(?:0[1-9]|[12][0-9]|3[01]){SEP}[0-9]{{3}}{SEP}[0-9Xx]{AFTER}"
)
_USCC_SHAPE = (
    rf"{NOT_BEFORE}[0-9A-HJ-NPQRTUWXY]{{2}}{SEP}[0-9]{{6}}(?:{SEP}[0-9A-HJ-NPQRTUWXY]){{10}}{AFTER}"
)


def _uscc(match: re.Match[str]) -> bool:
    code = compact(match.group()).upper()
    return valid_uscc(code) or bool(re.match(r"[159][1-39][0-9]{6}(?=.*[A-Z])", code))


def _vin(match: re.Match[str]) -> bool:
    code = match.group()
    letters = sum(char.isalpha() for char in code)
    return 3 <= letters <= 13 and code[-3:].isdigit()


def certificates() -> Iterator[Rule]:
    """Citizens' numbers (GB 11643), travel papers, and codes of firms (GB 32100)."""
    label = labels("证件")
    yield rule("ID", _SPACED_ID, checked(valid_id), spelled=True)
    yield rule("ID", NOT_BEFORE + r"[1-9][0-9]{16}[Xx]" + AFTER)
    yield rule("ID", rf"{NOT_BEFORE}[1-8][0-9]{{7}}{DAY}[0-9]{{3}}{AFTER}", _birth_code)
    yield rule(
        "ID",
        label + IS + r"(?P<v>[0-9](?:[ \-]?[0-9]){13,16}[ \-]?[0-9Xx])" + AFTER,
        spelled=True,
    )
    yield rule("ID", rf"{NOT_BEFORE}[0-9]{{3,6}}{MASKED}{{6,12}}[0-9]{{2,4}}[0-9Xx]{AFTER}")
    yield rule(
        "ID", label + r"(?:后[四六4-6]位|末[四六4-6]位|尾号)[ :：为是]{0,3}(?P<v>[0-9]{3,5}[0-9Xx])"
    )
    yield rule(
        "ID",
        labels("旅行证件")
        + IS
        + r"(?P<v>(?=[A-Za-z0-9()（）-]{0,14}[0-9]{4})[A-Za-z0-9()（）-]{5,20})",
    )
    yield rule(
        "ID",
        r"(?:军官证|士官证|警官证)号?[ :：为是]{0,3}(?P<v>[\u4e00-\u9fff]{1,2}字?第?[0-9]{5,8}号?)",
    )
    yield rule("ID", r"(?<![A-Za-z])[A-Z]{1,2}[0-9]{6}[(（][0-9A][)）]")
    yield rule("ID", NOT_BEFORE + r"(?:E[A-Z]|[EGDSP])[0-9]{7,8}" + AFTER, _passport)
    yield rule("ID", NOT_BEFORE + r"[HMC][0-9]{8}(?:[0-9]{2})?" + AFTER, _passport)
    yield rule("USCC", _USCC_SHAPE, _uscc, flags=re.IGNORECASE)
    yield rule(
        "USCC",
        labels("信用代码") + IS + r"(?P<v>(?:[0-9A-Za-z][ \-]?){8,17}[0-9A-Za-z])" + AFTER,
        lambda m: sum(c.isdigit() for c in m["v"]) >= 6,
    )


def _passport(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 40) : match.end() + 10]
    return any(word in around for word in ("护照", "通行证", "回乡证", "台胞证", "出境", "入境"))


def _plate(match: re.Match[str]) -> bool:
    digits = sum(char.isdigit() for char in match[0])
    return digits >= (1 if match[0].isupper() or match[0][-1] in "学警挂港澳领试超" else 2)


def vehicles() -> Iterator[Rule]:
    """Plates (GA 36) and vehicle identification numbers (GB 16735)."""
    provinces = section("numbers", "省份")[0]
    end = r"(?![A-Za-z0-9])"
    body = r"[ ·.\-]{0,2}(?:[A-HJ-NP-Za-hj-np-z0-9][ \-]?){4}(?:[A-HJ-NP-Za-hj-np-z0-9]{2}|[A-HJ-NP-Za-hj-np-z0-9][学警挂港澳领试超]?|[学警挂港澳领试超])"
    yield rule(
        "PLATE",
        rf"[{provinces}] ?[A-Za-z]{body}{end}",
        _plate,
    )
    yield rule(
        "PLATE",
        rf"[{provinces}] ?[A-Za-z][ ·.\-]{{0,2}}[A-HJ-NP-Z0-9]{{1,3}}{MASKED}{{2,4}}[A-HJ-NP-Z0-9]{{0,3}}",
    )
    yield rule(
        "PLATE",
        r"(?:车牌|车牌号|车牌号码|牌照|号牌|车号|牌号)(?:号码|号)?[ :：为是系“]{0,3}"
        r"(?P<v>[\u4e00-\u9fff]{0,3}[ ·]?(?=[A-Za-z0-9·]{0,7}[0-9]{3})[A-Za-z0-9·]{4,9})(?![A-Za-z0-9])",
    )
    yield rule(
        "VIN", r"(?<![0-9A-Za-z])(?=[0-9A-Z]{0,16}[0-9])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Za-z])", _vin
    )
    yield rule(
        "VIN",
        r"(?:车架号?码?|车辆识别代[号码]|车架编号|VIN码?|发动机号?码?|大架号)(?:后[六八68]位|末[六八68]位|尾号)?[ :：为是系“]{0,3}"
        r"(?P<v>(?=[A-Za-z0-9\-]{0,12}[0-9])[A-Za-z0-9\-]{5,20})(?![A-Za-z0-9])",
    )


def papers() -> Iterator[Rule]:
    """Licences, approval numbers, batches, and the file numbers of single cases."""
    number = r"(?P<v>[\u4e00-\u9fff]{0,8}[A-Za-z〔\[(（]{0,4}(?=[A-Za-z0-9〕\])）\-]{0,10}[0-9]{4})[A-Za-z0-9〕\])）\-第]{5,30}号?)"
    yield rule(
        "LICENSE",
        r"(?<![A-Za-z0-9])(?:SC|JY|JYXK|QS|XK|YB|JX|CB) ?[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{5,11}(?![0-9A-Za-z])",
    )
    yield rule(
        "LICENSE",
        r"国药准字 ?[A-Z]? ?[0-9]{6,10}|国食健[字注备] ?[GJ]? ?[0-9]{6,12}|卫食健字[ (（\[〔]?[0-9]{4}[)）\]〕]?第?[0-9]{3,5}号",
    )
    yield rule(
        "LICENSE",
        r"国妆[特备网进]{1,2}字? ?[GJ]? ?[0-9]{6,12}|[\u4e00-\u9fff]G妆网备字 ?[0-9]{6,12}|[\u4e00-\u9fff]{1,2}妆网备进?字[ (（\[〔A-Z]?[0-9]{4,12}[)）\]〕]?[0-9]{0,8}",
    )
    yield rule("LICENSE", r"[国\u4e00-\u9fff]械[注备][准进许]? ?[0-9]{6,12}(?:号)?")
    yield rule("LICENSE", labels("许可") + r"(?:编号|证号|号码|号)[ :：为是“]{0,3}" + number)
    yield rule(
        "BATCH",
        r"(?:生产批号|产品批号|批次编号|批号|批次号|生产批次|产品批次|面料批号|批次)[ :：为是系“]{1,3}"
        r"(?P<v>(?=[A-Za-z0-9\-/]{0,12}[0-9]{2})[A-Za-z0-9\-/]{4,24})(?![A-Za-z0-9])",
    )
    yield rule(
        "BATCH",
        r"(?:批号|批次号)(?P<v>(?=[A-Za-z0-9]{0,6}[0-9]{3})[A-Za-z0-9\-]{4,24})(?![A-Za-z0-9])",
    )
    year = r"[〔\[(（【] ?20[0-9]{2} ?[〕\])）】] ?"
    organ = r"[\u4e00-\u9fff]{2,10}"
    yield rule(
        "CASE_NO",
        rf"{organ}(?:处罚|罚告|处告|罚听|罚决|处决|罚字|处字|案处|罚|处|立|立案|立字|强字|责改|询通|不罚|撤案|撤字|投诉|举报|诉字|举字){year}"
        r"(?:第 ?)?[0-9]{1,8} ?(?:-[0-9]{1,4})?号",
        lambda m: not m[0].startswith(("法释", "国务院")),
    )
    yield rule(
        "CASE_NO",
        r"[(（〔]20[0-9]{2}[)）〕][\u4e00-\u9fff]{1,3}[0-9]{0,4}(?:民|行|刑|执|知民|商|破|协)[初终再申监特督保撤他字]{1,2}字?第?[0-9]{1,6}号",
    )
