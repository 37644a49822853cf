"""Kraken: answers without ``result``, which accounts give that never had what is asked about.

Such an answer is one row with `NO_RESULT` as its key. It proves nothing by itself: it is a doubt that other places
settle by showing nothing either.
"""

from dataclasses import replace

from auditor.i18n import _
from auditor.spec.blanks import AccountSetup, Raw
from auditor.spec.fields import Field, MalformedError
from auditor.spec.parsed_row import Row

KEY = "key"
"""The field of a row with its key in the answer: an asset or an id."""
NO_RESULT = "(no result)"
ROW = {KEY: NO_RESULT}


def has_no_result(row: Raw, _setup: AccountSetup) -> bool:
    """Return whether this row stands for an answer without ``result``, whose other fields cannot be there."""
    return row.get(KEY) == NO_RESULT


def check_result(row: Row, *settled_by: str) -> None:
    """Raise MalformedError for an answer without ``result``: a doubt that these places settle together."""
    if row.raw.get(KEY) == NO_RESULT:
        error = MalformedError(_("{name} is missing").format(name="result"))
        error.settled_by = settled_by
        raise error


def where_result(field: Field) -> Field:
    """Return a strict field of a row that may stand for an answer without ``result``."""
    return replace(field, proved_blank=has_no_result)
