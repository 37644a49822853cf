"""The checks of `audit doctor` that use the network: names, addresses, clocks and keys.

Only what an audit may send is sent: the exchange's time, where its table reads it, and the proof of a key.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from auditor.cli.commands.doctor_check import Check, CheckStatus, ok, problem, skipped
from auditor.cli.commands.doctor_keys import check_keys
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.i18n import Message, _, verbatim
from auditor.model.account import Account, Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.security.urls import is_loopback, proxy_url, url_host
from auditor.settings import accounts_file as config_file
from auditor.settings import selection as settings
from auditor.settings.exchange_checks import check_exchange
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.origins import addresses, api_origin
from auditor.settings.selection import AccountSelection
from auditor.transport.client import TableClient
from auditor.transport.errors import RequestFailedError
from auditor.transport.session_pool import SessionPool

PATIENCE = 4.0
"""Seconds for a name, a connection or an answer."""
KEY_PATIENCE = 15.0
"""Seconds for the proof of a key."""
MOST_SKEW = 5.0
"""Seconds: Binance refuses what is signed 5 s ago by default (recvWindow), OKX 30 s."""
PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAddress:
    """An address of an exchange's API: ``origin`` with scheme and port, ``account`` without its key."""

    account: Account
    origin: str

    @property
    def host(self) -> str:
        """The host's name."""
        return url_host(self.origin)

    @property
    def name(self) -> str:
        """The exchange's name."""
        return exchange_config(self.account.exchange).name


def check_network(choice: AccountSelection, runtime: Runtime) -> Iterator[Check]:
    """Yield the checks of the proxy, of each exchange's address and clock, and of each key. Raises UserError."""
    if choice.proxy is not None:
        proxy_url(choice.proxy)
    for exchange in choice.exchanges:
        check_exchange(exchange)
    if _is_faulty(choice):
        if not choice.exchanges:
            yield skipped("key", _("Key"), _("not asked, since the file of the accounts cannot be used"))
            return
        choice = replace(choice, config=None)
    else:
        choice = settings.with_configured(choice)
    found, options = settings.describe_accounts(choice), _options(choice)
    places = tuple({(one.exchange, api_origin(one, options)): one for one in found}.values())
    reached = run_supervised(_reached(places, options))
    yield _proxy(choice.proxy, reached)
    yield from (check for checks in reached for check in checks)
    if not places:
        advice = _("Add --exchange okx to check the addresses of an exchange.")
        yield skipped("host", _("Exchange"), _("none chosen"), advice)
    is_down = any(check.status is CheckStatus.PROBLEM for checks in reached for check in checks if check.id != "clock")
    yield from check_keys(choice, runtime, options, is_down=is_down)


def _is_faulty(choice: AccountSelection) -> bool:
    """Return whether the file of the accounts cannot be used; another line tells that."""
    path = choice.config or config_file.default_path()
    try:
        if choice.config is not None or path.exists():
            config_file.accounts_in(path)
    except UserError:
        return True
    return False


def _options(choice: AccountSelection) -> Options:
    trusted = settings.trusted_hosts(choice)
    return Options(proxy=choice.proxy, trust_hosts=trusted, timeout=KEY_PATIENCE, request_timeout=PATIENCE)


async def _reached(accounts: Sequence[Account], options: Options) -> list[list[Check]]:
    places = [ApiAddress(account=replace(one, credentials={}), origin=api_origin(one, options)) for one in accounts]
    return list(await asyncio.gather(*(_check_place(place, options) for place in places)))


async def _check_place(place: ApiAddress, options: Options) -> list[Check]:
    """Return the checks of one address: its name, then itself, then its clock; nothing follows a problem."""
    checks = list[Check]()
    if options.proxy is None and not is_loopback(place.host):
        checks.append(await _name(place))
    if all(check.status is CheckStatus.OK for check in checks):
        checks += await _connected(place, options)
    return checks


async def _name(place: ApiAddress) -> Check:
    title, loop = _("Name (DNS)"), asyncio.get_running_loop()
    try:
        async with asyncio.timeout(PATIENCE):
            found = await loop.getaddrinfo(place.host, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError) as error:
        text = _("{host} is not found ({why})").format(host=place.host, why=_why(error))
        return problem(
            "dns", title, text, _("Check the network connection, or the name server (DNS) of this computer.")
        )
    numbers = dict.fromkeys(str(address[0]) for *_rest, address in found)
    strange = [number for number in numbers if is_loopback(number)]
    text = _("{host}: {numbers}").format(host=place.host, numbers=", ".join(list(numbers)[:2]))
    if strange:
        return problem("dns", title, text, _("That is this computer. A filter or the hosts file blocks the exchange."))
    return ok("dns", title, text)


async def _connected(place: ApiAddress, options: Options) -> list[Check]:
    clock = load(place.account.exchange).clock
    try:
        async with asyncio.timeout(2 * PATIENCE):
            if clock.endpoint is not None:
                return [_host(place), _clock(place, await _skew(place, options))]
            await _greet(place, options)
    except RequestFailedError as failed:
        return [_unreachable(place, failed.unread.reason, options)]
    except (OSError, TimeoutError) as error:
        return [_unreachable(place, verbatim(_why(error)), options)]
    except Exception as error:  # noqa: BLE001 - an odd answer of one host ends no other check
        return [_unreachable(place, verbatim(type(error).__name__), options)]
    return [_host(place), skipped("clock", _("Clock"), _("{name} is not asked for its time").format(name=place.name))]


def _host(place: ApiAddress) -> Check:
    return ok("host", _("Exchange"), _("{name} at {host} answers").format(name=place.name, host=place.host))


async def _skew(place: ApiAddress, options: Options) -> float:
    """Return the seconds that this computer's clock is behind the exchange's. Raises RequestFailedError."""
    exchange = load(place.account.exchange)
    options = replace(options, pace=0)  # one request, which nothing need wait for
    pool = SessionPool(place.origin, options)
    client = TableClient(exchange, place.account, options, host=pool, addresses=addresses(place.account, options))
    endpoint = exchange.clock.endpoint
    if endpoint is None:
        raise ValueError(exchange.id)
    try:
        before = now()
        (row, *_more) = endpoint.rows(await client.ask(endpoint, {}))
        middle = before + (now() - before) / 2
        return (exchange.clock.answer(row) - middle).total_seconds()
    finally:
        await client.close()
        await pool.close()


async def _greet(place: ApiAddress, options: Options) -> None:
    """Connect to an address, or to the proxy, and see its certificate; nothing is asked. Raises OSError."""
    parts = urlsplit(place.origin if options.proxy is None else options.proxy)
    is_plain = parts.scheme != "https"
    port = parts.port or (80 if is_plain else 443)
    context = None if is_plain else ssl.create_default_context()
    _reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
    writer.close()
    with suppress(OSError, asyncio.CancelledError):
        await writer.wait_closed()


def _unreachable(place: ApiAddress, why: Message, options: Options) -> Check:
    text = _("{name} at {host} cannot be reached: {why}").format(name=place.name, host=place.host, why=why)
    if options.proxy is not None:
        advice = _("Check the proxy of --proxy, and whether it lets you through to {host}.").format(host=place.host)
    else:
        advice = _("Check the network and the firewall. Where {host} is blocked, use --proxy.").format(host=place.host)
    return problem("host", _("Exchange"), text, advice)


def _clock(place: ApiAddress, skew: float) -> Check:
    title, seconds = _("Clock"), abs(skew)
    if seconds <= MOST_SKEW:
        return ok("clock", title, _("agrees with {name}").format(name=place.name))
    text = _("{seconds} s behind {name}") if skew > 0 else _("{seconds} s ahead of {name}")
    found = text.format(seconds=round(seconds), name=place.name)
    return problem("clock", title, found, _("Set this computer's clock; let the network set it from now on."))


def _proxy(proxy: str | None, reached: Sequence[Sequence[Check]]) -> Check:
    title = _("Proxy")
    if proxy is not None:
        return ok("proxy", title, _("{host}, from --proxy").format(host=url_host(proxy)))
    name = next((one for one in PROXY_VARIABLES if os.environ.get(one)), None)
    if name is None:
        return ok("proxy", title, _("none"))
    found = _("{name} is set, but this program uses only --proxy").format(name=name)
    advice = _('Add --proxy "${name}" if the exchange is reached only through it.').format(name=name)
    is_down = any(check.status is CheckStatus.PROBLEM for checks in reached for check in checks)
    return problem("proxy", title, found, advice) if is_down else ok("proxy", title, found)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
