"""What the model says about the keys of a case file: their order, defaults and sameness.

Two files say the same when every value is the same; an absent key is the same as its default,
as ``null`` and as an empty list, and a bare year is the same as its text where the model reads
a date. Writers and comparers share this one meaning of «unchanged».
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from casebase.curation.io import Keys
from casebase.errors import CasebaseError
from casebase.model import Case, PartialDate, Record


@cache
def fields_of(model: type[Record]) -> dict[str, FieldInfo]:
    """The fields of a model by Chinese key, in the order in which they are written."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _model_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    inner = (_model_in(arg) for arg in getattr(annotation, "__args__", ()) if arg is not ...)
    return next((model for model in inner if model), None)


def model_at(keys: Keys) -> type[Record] | None:
    """The model of the mapping at ``keys`` of a case (positions in lists are passed over)."""
    return _model_at(tuple(key for key in keys if isinstance(key, str)))


@cache
def _model_at(names: tuple[str, ...]) -> type[Record] | None:
    model: type[Record] | None = Case
    for key in names:
        info = fields_of(model).get(key) if model else None
        model = _model_in(info.annotation) if info else None
    return model


def field_at(keys: Keys) -> FieldInfo | None:
    """The field that ``keys`` lead to, or ``None`` for a key the model does not have."""
    names = [key for key in keys if isinstance(key, str)]
    model = model_at(tuple(names[:-1])) if names else None
    return fields_of(model).get(names[-1]) if model else None


def is_date(keys: Keys) -> bool:
    """Whether the value at ``keys`` is a partial date, where a bare year is a text."""
    info = field_at(keys)
    return info is not None and info.annotation is PartialDate


def order_of(keys: Keys) -> dict[str, int]:
    """The position of each key in the mapping at ``keys``, as the model writes them."""
    model = model_at(keys)
    return {key: i for i, key in enumerate(fields_of(model))} if model else {}


def plain(value: Any) -> Any:
    """``value`` as plain data: dicts, lists, texts, numbers; no ``None``, no empty containers.

    Raises:
        CasebaseError: a value that a record cannot hold (an object, NaN, infinity, half a
            surrogate pair).
    """
    if isinstance(value, Mapping):
        items = {str(key): plain(item) for key, item in value.items()}
        return {key: item for key, item in items.items() if not _is_empty(item)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = str(value)
        if any(0xD800 <= ord(char) < 0xE000 for char in text):
            raise CasebaseError(
                "文字里有残缺的字符（半个代理对），不能存入记录。请重新输入这段文字。"
            )
        return text
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise CasebaseError(f"记录里不能存这样的值：{value!r}。")


def _is_empty(value: Any) -> bool:
    return value is None or value in ([], {})


def canonical(value: Any, keys: Keys = ()) -> Any:
    """What ``value`` (plain data at ``keys``) means, for comparing: equal means unchanged."""
    if isinstance(value, dict):
        items = {key: canonical(item, (*keys, key)) for key, item in value.items()}
        return {
            key: item
            for key, item in items.items()
            if not _is_empty(item) and not _is_default(item, (*keys, key))
        }
    if isinstance(value, list):
        return [canonical(item, (*keys, i)) for i, item in enumerate(value)]
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int) and is_date(keys):
        return str(value)
    return value


def _is_default(value: Any, keys: Keys) -> bool:
    info = field_at(keys) if isinstance(value, str) else None
    return info is not None and not info.is_required() and value == info.default


def same(one: Any, other: Any, keys: Keys = ()) -> bool:
    """Whether two values at ``keys`` mean the same."""
    return bool(canonical(plain(one), keys) == canonical(plain(other), keys))
