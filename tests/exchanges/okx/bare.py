"""An account at the demo exchange that has nothing and never had, and what an audit of it says of one surface."""

from auditor.demo import Account
from auditor.model.snapshot import NotApplicable, Read, Reading, Unread
from tests.conftest import Audited

BARE = Account(
    "bare",
    apikey="demo-bare-key",
    secret="demo-bare-secret",
    passphrase="demo-bare-passphrase",
    uid="710000000000000900",
    main_uid="710000000000000900",
    mode="3",
    ip="127.0.0.1",
)


def readings(audited: Audited, surface: str) -> list[Reading]:
    """What came of asking ``surface``, in the first account."""
    return [reading for reading in audited.snapshot.accounts[0].readings if reading.surface == surface]


def result(audited: Audited, surface: str) -> Read | Unread | NotApplicable:
    """What came of asking a surface that is asked once."""
    (reading,) = readings(audited, surface)
    return reading.result


def unread(audited: Audited, surface: str) -> Unread:
    """The same, for a surface that was not read."""
    found = result(audited, surface)
    assert isinstance(found, Unread), found
    return found
