"""Numbers of articles as people write them: 55, ５５, 五十五, 一百十, 廿三, 一四八."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cn2an import cn2an

#: Signs of Chinese numerals, for use inside a character class.
SIGNS = "零〇一二两三四五六七八九十百千廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
#: No law has more articles than this.
MOST = 2000
#: Longest numeral that is looked at: 一千二百六十三 has seven signs.
LONGEST = 9
#: A numeral inside a pattern: bounded, so that hostile text costs linear time.
NUMERAL = rf"(?:[0-9]{{1,4}}(?![0-9])|[{SIGNS}]{{1,{LONGEST}}})"

_CHINESE = re.compile(rf"[{SIGNS}]{{1,{LONGEST}}}\Z")
_DIGITS = re.compile(r"[0-9]{1,4}\Z", re.ASCII)
_OLD_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}


@lru_cache(maxsize=4096)
def number(words: str) -> int | None:
    """The number written by ``words``; ``None`` where they are not a number from 1 to 2000."""
    if len(words) > 2 * LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", words)
    if _DIGITS.match(plain):
        value = int(plain)
    elif _CHINESE.match(plain):
        found = _chinese(plain)
        if found is None:
            return None
        value = found
    else:
        return None
    return value if 1 <= value <= MOST else None


def _chinese(words: str) -> int | None:
    for sign, tens in _OLD_TENS.items():
        words = words.replace(sign, tens)
    words = words.replace("〇", "零").replace("两", "二")
    if words[0] in "百千佰仟":
        words = f"一{words}"
    try:
        value = cn2an(words, "normal")
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return int(value) if float(value).is_integer() else None
