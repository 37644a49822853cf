"""What archives of many tests go without."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from auditor.archive import finishing
from auditor.archive.exports.notes import Notes


@pytest.fixture
def without_exports() -> Iterator[None]:
    """Archives have no exports and no report, a fifth of their time: for tests of rows, tables and outcomes alone."""
    with patch.object(finishing, "write_sealed", lambda *_given: Notes()), patch.object(finishing, "write_report"):
        yield
