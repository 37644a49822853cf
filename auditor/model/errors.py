"""Errors that end a run, each as a sentence that says what to do. The command line prints them; nobody else does."""


class Problem(Exception):  # noqa: N818 - it is what the person has, and its text is for them
    """A wrong use, configuration or credential: exit code 2, one line, no traceback."""

    exit_code = 2
