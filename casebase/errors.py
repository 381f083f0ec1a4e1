"""The one base of all exceptions of this package."""


class CasebaseError(Exception):
    """Something the user can mend; the message is Chinese and says what and how."""
