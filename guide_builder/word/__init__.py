"""Blocks → .docx in the official format of GB/T 9704-2012, and the check of such files."""

from .check import check_docx
from .errors import WordError
from .render import Rendered, render

__all__ = ["Rendered", "WordError", "check_docx", "render"]
