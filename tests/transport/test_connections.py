"""How many connections are opened: within what the exchange's limits leave to do, and what the system allows."""

import sys

import pytest

from auditor.model.account import Options
from auditor.transport import connections
from auditor.transport.connections import EACH, MOST, OTHERS
from auditor.transport.guard import AllowList
from auditor.transport.session_pool import SessionPool

PLENTY = 1_000_000


def allowed(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    monkeypatch.setattr(connections, "_open_files", lambda: files)


@pytest.mark.parametrize(("accounts", "expected"), [(1, EACH), (2, 2 * EACH), (200, MOST)])
def test_more_accounts_get_more_connections_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch, accounts: int, expected: int
) -> None:
    allowed(monkeypatch, PLENTY)
    assert expected == connections.connection_limit(accounts, 1)


@pytest.mark.parametrize(("files", "addresses", "expected"), [(256, 1, 192), (256, 2, 96), (1024, 2, MOST)])
def test_all_addresses_together_stay_within_the_files_that_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, files: int, addresses: int, expected: int
) -> None:
    allowed(monkeypatch, files)
    assert expected == connections.connection_limit(200, addresses)
    assert expected * addresses + OTHERS <= files


def test_one_account_is_asked_at_full_speed_where_next_to_nothing_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed(monkeypatch, 0)
    assert EACH == connections.connection_limit(1, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there sockets are no files")
@pytest.mark.parametrize(("soft", "expected"), [(256, 192), ("none", MOST)])
def test_the_limit_is_the_systems_own(monkeypatch: pytest.MonkeyPatch, soft: int | str, expected: int) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    figure = resource.RLIM_INFINITY if isinstance(soft, str) else soft
    monkeypatch.setattr(resource, "getrlimit", {resource.RLIMIT_NOFILE: (figure, resource.RLIM_INFINITY)}.__getitem__)
    assert expected == connections.connection_limit(200, 1)


@pytest.mark.parametrize("accounts", [1, 5, 200])
async def test_whoever_has_a_turn_has_a_connection(monkeypatch: pytest.MonkeyPatch, accounts: int) -> None:
    """aiohttp's own bound is a hundred: with more turns than that, requests would wait for it signed."""
    allowed(monkeypatch, PLENTY)
    host = SessionPool("https://www.okx.com", Options(), accounts)
    session = host.session(AllowList(frozenset(), frozenset()))
    assert session.connector is not None
    assert (host.limits.turns.size, 0) == (session.connector.limit, session.connector.limit_per_host)
    await host.close()
