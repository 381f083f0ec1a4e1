"""Pydantic's errors in the words of the people who write records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import process

#: pydantic error type → (finding code, what is wrong, how to mend).
_TABLE: Mapping[str, tuple[str, str, str]] = {
    "missing": ("CB101", "缺少栏目“{key}”", "补写该栏目；来源没有写明的写“未载”"),
    "extra_forbidden": ("CB102", "没有“{key}”这个栏目", "核对栏目名；写法见 docs/record-format.md"),
    "too_short": ("CB103", "“{key}”至少要有 {min_length} 项", "补足条目"),
    "too_long": ("CB103", "“{key}”最多 {max_length} 项", "合并或者删去次要条目"),
    "string_too_short": ("CB103", "“{key}”是空的", "补写内容；来源没有写明的写“未载”"),
    "string_too_long": ("CB103", "“{key}”超过 {max_length} 字", "压缩内容，或者拆成几条"),
    "string_pattern_mismatch": ("CB103", "“{key}”的写法不对：{input}", "应符合 {pattern}"),
    "literal_error": ("CB103", "“{key}”不能写“{input}”", "只能写 {expected}"),
    "enum": ("CB103", "“{key}”不能写“{input}”", "只能写 {expected}"),
    "string_type": ("CB103", "“{key}”应写文字", "数字请加引号；空的栏目删去或写“未载”"),
    "int_type": ("CB103", "“{key}”应写整数", "只写阿拉伯数字，不加“第”“条”"),
    "int_parsing": ("CB103", "“{key}”应写整数", "只写阿拉伯数字，不加“第”“条”"),
    "float_type": ("CB103", "“{key}”应写数字", "只写数字，单位为元，不加“元”“万”"),
    "greater_than_equal": ("CB103", "“{key}”太小：{input}", "应不小于 {ge}"),
    "less_than_equal": ("CB103", "“{key}”太大：{input}", "应不大于 {le}"),
    "tuple_type": ("CB103", "“{key}”应写成列表", "每项另起一行，以“- ”开头"),
    "dict_type": ("CB103", "“{key}”下面应分栏目书写", "每个栏目另起一行并缩进两格"),
    "model_type": ("CB103", "“{key}”下面应分栏目书写", "每个栏目另起一行并缩进两格"),
    "value_error": ("CB103", "“{key}”：{error}", "照提示改正"),
}
_UNKNOWN = ("CB103", "“{key}”的内容不对：{input}", "对照 docs/record-format.md 改正")


def explain(error: Mapping[str, Any], known_keys: tuple[str, ...]) -> tuple[str, str, str]:
    """The code, message and mend for one pydantic error.

    Args:
        error: an item of ``ValidationError.errors()``.
        known_keys: the keys allowed at that place, for «did you mean».
    """
    code, message, fix = _TABLE.get(error["type"], _UNKNOWN)
    key = next((str(k) for k in reversed(error["loc"]) if isinstance(k, str)), "记录")
    context = {k: v for k, v in (error.get("ctx") or {}).items() if k != "key"}
    expected = str(context.get("expected", "")).replace(" or ", "、").replace("'", "")
    values = {
        **context,
        "expected": expected,
        "key": key,
        "input": str(error.get("input"))[:40],
        "error": context.get("error", ""),
    }
    if error["type"] == "extra_forbidden":
        close = process.extractOne(key, known_keys, score_cutoff=50)
        if close:
            fix = f"是否应为“{close[0]}”？" + fix
    return code, message.format_map(_Lenient(values)), fix.format_map(_Lenient(values))


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
