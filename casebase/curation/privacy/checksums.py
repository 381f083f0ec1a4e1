"""Check digits of the numbers that have one."""

from __future__ import annotations

import re

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def valid_id(number: str) -> bool:
    """GB 11643-1999 check digit of an 18-digit citizen number."""
    total = sum(int(d) * w for d, w in zip(number[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def valid_uscc(code: str) -> bool:
    """GB 32100-2015 check character of a unified social credit code."""
    code = code.upper()
    if any(char not in _USCC for char in code):
        return False
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _USCC[(31 - total % 31) % 31] == code[17]


def valid_luhn(number: str) -> bool:
    """ISO/IEC 7812-1 check digit of a bank card."""
    digits = [int(d) for d in number]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def compact(text: str) -> str:
    """A number without the blanks, dashes and dots that group it."""
    return re.sub(r"[^0-9A-Za-z]", "", text)
