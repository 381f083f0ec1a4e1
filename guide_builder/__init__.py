"""《处办工作指南》: what is published, compiled one way from the casebase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guide_builder.build import Built, build_guide

__all__ = ["Built", "build_guide"]


def __getattr__(name: str) -> Any:
    """Import the builder only when it is asked for, so that other commands start quickly."""
    if name in __all__:
        from guide_builder import build

        return getattr(build, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
