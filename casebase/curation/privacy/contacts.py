"""Where a person can be reached: telephones, accounts, e-mail, links, paths of a computer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebase.curation.privacy.rules import (
    DAY,
    MASKED,
    SEP,
    Rule,
    labels,
    no_quantity,
    no_sum,
    rule,
)

_GROUPED = r"[ \-.·]{0,2}"
_PREFIX = r"(?:[(（]?(?:\+|00)?86[)）]?[ \-]{0,2})?"
_EXT = r"(?:[ ,，]{0,2}(?:转|分机号?|ext\.?|[Xx#\-])[ :：]{0,2}[0-9]{1,6}(?![0-9]))?"


def telephones() -> Iterator[Rule]:
    """Mobiles, landlines and service numbers (YD/T 1100 numbering), with or without 86."""
    yield rule(
        "PHONE",
        rf"(?<![0-9])(?<![0-9]\.){_PREFIX}1[ \-]{{0,3}}[3-9](?:[ \-]{{0,3}}[0-9]){{9}}(?![0-9]){_EXT}",
        no_sum,
        spelled=True,
    )
    yield rule(
        "PHONE",
        rf"(?<![0-9])(?<![0-9]\.){_PREFIX}1[3-9][0-9](?:{_GROUPED}[0-9]{{4}}{_GROUPED}[0-9]{{4}}"
        rf"|{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{5}}|{_GROUPED}[0-9]{{5}}{_GROUPED}[0-9]{{3}}"
        rf"|{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{3}}{_GROUPED}[0-9]{{2}})(?![0-9])",
        no_sum,
        spelled=True,
    )
    yield rule("PHONE", rf"(?<![0-9])1[3-9][0-9]{SEP}{MASKED}{{4,5}}{SEP}[0-9]{{3,4}}(?![0-9])")
    yield rule("PHONE", rf"(?<![0-9])1[3-9][0-9]{{5,6}}{MASKED}{{3,4}}(?![0-9])")
    yield rule(
        "PHONE",
        r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:[(（]?(?:\+|00)86[)）]?[ \-]{0,2})?"
        r"[(（]?0(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ \-·]{0,3}[1-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])"
        + _EXT,
        spelled=True,
    )
    yield rule(
        "PHONE",
        r"(?<![0-9])(?:\+|00)86[ \-]{0,2}[(（]?0?(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ \-]{0,2}"
        r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])" + _EXT,
    )
    yield rule(
        "PHONE",
        rf"(?<![0-9A-Za-z])[48]00[ \-]?[0-9](?:[ \-]?[0-9]){{6}}(?![0-9]){_EXT}",
        no_quantity,
        spelled=True,
    )
    yield rule(
        "PHONE",
        labels("电话")
        + r"(?:[(（][^()（）\n]{1,8}[)）])?[号码为是:： \-给了“\"'(（]{0,4}"
        + rf"(?P<v>(?!20[0-9]{{2}}{DAY}(?![0-9]))[2-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}(?![0-9]){_EXT})",
        no_quantity,
        spelled=True,
    )
    yield rule(
        "PHONE",
        r"(?:手机|电话|联系电话|号码|机主)(?:号码|号)?(?:后四位|末四位|后4位|末4位|尾数|尾号)(?:号码|数字)?"
        r"[ :：为是系“]{0,3}(?P<v>[0-9]{3,4})(?![0-9])",
        spelled=True,
    )
    yield rule(
        "PHONE",
        r"(?<![0-9A-Za-z])\+(?!86)[1-9][0-9]{0,2}[ \-]?(?:[(（]?[0-9][)）]?[ \-]?){6,12}[0-9](?![0-9])",
    )
    yield rule(
        "PHONE", r"(?<![0-9])00(?:852|853|886|81|82|1|44|61|65)[ \-]?(?:[0-9][ \-]?){7,10}(?![0-9])"
    )


def links() -> Iterator[Rule]:
    """E-mail, links, and paths of files on somebody's computer."""
    yield rule(
        "EMAIL",
        r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?(?:@|[(\[{（【]at[)\]}）】]|#at#|艾特) ?[A-Za-z0-9-]{1,63}"
        r"(?: ?(?:\.|[(\[（]dot[)\]）]|点) ?[A-Za-z0-9-]{1,63}){1,4}",
    )
    yield rule(
        "URL",
        r"(?:https?|ftp)://[^\s\u4e00-\u9fff，。；！？、“”‘’《》【】（）<>\"']{3,2000}",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield rule(
        "URL",
        r"(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|top|shop|xyz|vip|cc|tv|me|io|app|info)"
        r"/[^\s\u4e00-\u9fff，。；！？、“”‘’《》【】（）<>\"']{1,2000}",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield rule(
        "URL",
        r"(?<![A-Za-z0-9@._-])www\.(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z0-9])",
        _not_gov,
        flags=re.IGNORECASE,
    )
    yield rule("PATH", r"(?<![A-Za-z])[A-Za-z]:[\\/](?![/])[^\s，。；、“”‘’<>|\"*?：:）)]{1,400}")
    yield rule(
        "PATH",
        r"(?<!\\)\\\\[A-Za-z0-9._\u4e00-\u9fff$-]{1,63}\\[^\s，。；、“”‘’<>|\"*?：）)]{1,400}",
    )
    yield rule(
        "PATH",
        r"(?<![A-Za-z0-9._/\-])(?:file://|~)?/(?:home|Users|root|mnt|media|var|tmp|data|opt|Volumes|storage|sdcard)/[^\s，。；、“”‘’<>|\"*?：）)]{1,400}",
    )


def _not_gov(match: re.Match[str]) -> bool:
    """Sites of the state are public; what is behind them is the source of most cases."""
    host = re.sub(r"^[a-z]+://", "", match.group().lower()).split("/")[0].split(":")[0]
    return not host.endswith((".gov.cn", ".court.gov.cn"))


def accounts() -> Iterator[Rule]:
    """Names and numbers of accounts on the net, and nicknames where they are announced."""
    label = labels("账号") + r"(?:号码|号|名|群)?"
    colon = r"[ :：为是叫即“\"'‘「【\[(（=]{0,4}"
    yield rule(
        "ACCOUNT",
        label
        + colon
        + r"(?P<v>(?=[0-9]*[A-Za-z_@])[A-Za-z0-9_@][A-Za-z0-9_\-]{4,30})(?![A-Za-z0-9])",
        _handle,
    )
    yield rule(
        "ACCOUNT", label + colon + r"(?P<v>[0-9]{5,13})(?![0-9A-Za-z])", no_quantity, spelled=True
    )
    yield rule(
        "ACCOUNT",
        r"(?:昵称|网名|微信名|用户名|会员名|旺旺名?|账号名?|抖音名|抖音号|微信号|直播间|主播|店铺ID)"
        r"(?:为|是|叫|名为|名叫|：|:)? ?[“\"‘「【](?P<v>[^某”\"’」】\n]{1,24})(?=[”\"’」】])",
    )
    yield rule(
        "ACCOUNT",
        r"(?:昵称|网名|微信名|用户名|会员名|旺旺名)[为是叫：: ]{1,2}(?P<v>[^\s，。；、“”（）()：:]{2,16})",
    )
    yield rule(
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
