"""One demo exchange for all the audits of a module."""

from collections.abc import Iterator

import pytest

from tests.exchanges.bench import Bench, bench


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    """``shared.audit(account, fault)``: an audit at the demo exchange that all tests of the module share."""
    with bench() as one:
        yield one
