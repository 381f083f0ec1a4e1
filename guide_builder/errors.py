"""The one base of all exceptions of this package."""

from casebase.errors import CasebaseError


class GuideError(CasebaseError):
    """The guide cannot be built; the message names the file and line to mend."""
