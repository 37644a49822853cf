"""One demo exchange for all the audits of the tests here, with what it answered before."""

from collections.abc import Iterator

import pytest

from tests.exchanges.bench import Bench, bench


@pytest.fixture(scope="session")
def shared() -> Iterator[Bench]:
    """``shared.audit(account, fault)``: an audit at the demo exchange that all tests of the process share."""
    with bench() as one:
        yield one
