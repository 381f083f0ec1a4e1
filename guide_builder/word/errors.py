"""The errors of the Word renderer."""

from __future__ import annotations


class WordError(Exception):
    """The blocks cannot be set as a Word document; the Chinese message names the block."""
