"""The range of a fine from the short form in which articles keep it: 5-15万;15-30倍."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)(万|千)?"
_RANGE = re.compile(rf"{_NUMBER}[-—~至]{_NUMBER}元?(?![0-9.万千倍%％日])")
_UP_TO = re.compile(rf"(?<![-—~至0-9.万]){_NUMBER}元?以下")
#: A multiple or a share of something has no sum of its own.
_OPEN = re.compile(r"倍|%|％|等值|违法所得|无所得可罚款")
_FACTOR = {"": 1, "千": 1_000, "万": 10_000}


@dataclass(frozen=True)
class FineRange:
    """The lowest and the highest fine in yuan that an article knows, over all its tiers.

    ``open_ended`` where a tier is a multiple of goods, takings or fees.
    """

    least: float
    most: float
    open_ended: bool
    text: str


@lru_cache(maxsize=1024)
def fine_range(penalty: str) -> FineRange | None:
    """The range that ``penalty`` (罚则) spells out; ``None`` where it names no sum."""
    lows: list[float] = []
    highs: list[float] = []
    for low, low_unit, high, high_unit in _RANGE.findall(penalty):
        top = float(high) * _FACTOR[high_unit]
        shared = float(low) * _FACTOR[low_unit or high_unit]  # 5-50万, but 5000-5万
        lows.append(shared if shared <= top else float(low))
        highs.append(top)
    for most, unit in _UP_TO.findall(penalty):
        lows.append(0.0)
        highs.append(float(most) * _FACTOR[unit])
    if not highs:
        return FineRange(0, 0, True, penalty) if _OPEN.search(penalty) else None
    return FineRange(min(lows), max(highs), bool(_OPEN.search(penalty)), penalty)
