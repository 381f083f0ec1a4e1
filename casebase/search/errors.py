"""What can go wrong in look-up; every message is Chinese and says what to do."""

from __future__ import annotations

from casebase.errors import CasebaseError


class SearchError(CasebaseError):
    """Base of all errors of :mod:`casebase.search`."""


class WeightsError(SearchError):
    """The weights of the built-in encoder are missing or not the pinned file."""


class EncoderError(SearchError):
    """An encoder cannot be opened, built or run."""


class IndexCorruptError(SearchError):
    """An index on disk is not what its manifest says; it is rebuilt, never repaired."""


class QueryError(SearchError):
    """The request itself is wrong (empty text, unknown filter); misuse, exit code 2."""
