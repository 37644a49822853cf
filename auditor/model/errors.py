"""Errors that end a run, each a sentence that says what to do.

Only the command line prints them.
"""

from auditor.i18n import Message, Text, verbatim


class UserError(Exception):
    """Wrong use, configuration or credentials: exit code 2, one line, no traceback.

    ``str()`` of it is English; ``message`` can be translated.
    """

    exit_code = 2

    def __init__(self, message: Text) -> None:
        """Say what happened, then what to do."""
        super().__init__(message)
        self.message: Message = verbatim(message)
