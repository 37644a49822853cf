"""Errors that end a run, each as a sentence that says what to do. The command line prints them; nobody else does."""

from auditor.i18n import Message, Text, verbatim


class Problem(Exception):  # noqa: N818 - it is what the person has, and its text is for them
    """A wrong use, configuration or credential: exit code 2, one line, no traceback. As a text it is English."""

    exit_code = 2

    def __init__(self, message: Text) -> None:
        """Say what happened, then what to do."""
        super().__init__(message)
        self.message: Message = verbatim(message)
