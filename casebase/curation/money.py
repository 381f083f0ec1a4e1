"""Sums of money in running text: 3000元, 1.2万元, 五百元, 20-100万."""

from __future__ import annotations

import re
import unicodedata

from cn2an import cn2an

_UNITS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SUM = re.compile(
    r"(?<![0-9.])(?P<digits>[0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?)(?P<more>余|多)?"
    r"(?P<unit>[百千万亿]?)余?多?元"
)
_CHINESE = re.compile(
    r"(?P<digits>[零〇一二两三四五六七八九十百千]{1,9})"
    r"(?:(?P<unit>[万亿])(?P<rest>[零〇一二两三四五六七八九十百千]{0,9}))?[余多]?元"
)


def sums(text: str) -> set[float]:
    """Every sum in yuan that ``text`` names."""
    plain = unicodedata.normalize("NFKC", text)
    found = {
        round(float(m["digits"].replace(",", "")) * _UNITS[m["unit"]], 2)
        for m in _SUM.finditer(plain)
    }
    for match in _CHINESE.finditer(plain):
        words = "".join(match.group("digits", "unit", "rest")[: 3 if match["unit"] else 1])
        try:
            found.add(float(cn2an(words, "smart")))
        except ValueError:
            continue  # 三四千元 is no number
    return found
