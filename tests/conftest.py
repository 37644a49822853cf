"""Shared fixtures: audits of demo accounts in one call, and the options --campaign, --slow, --left-out and --turn."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, settings
from pydantic import SecretStr
from sqlalchemy.engine import URL
from xdist.scheduler import WorkStealingScheduling

from auditor import demo as exchange
from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.report import Report
from auditor.model.snapshot import Snapshot
from tests import campaign_samples, direct, made_once, remembered, remembered_readings, slow_tests, standing, turns
from tests.loopback_only import sitecustomize

# Processes that tests start import the same guard when they start.
_GUARD = str(Path(sitecustomize.__file__).parent)
os.environ["PYTHONPATH"] = os.pathsep.join([_GUARD, *filter(None, [os.environ.get("PYTHONPATH")])])
# Without bytecode each of them would compile the whole program: more than half of the time of a start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

direct.install()
made_once.install()
remembered.install()

FEW = 3
PART = 5
DEFAULT = "audit"
# Examples have no deadline: their duration varies with the load of the computer.
settings.register_profile(DEFAULT, deadline=None, max_examples=25)
settings.register_profile("campaign", deadline=None, max_examples=100)
# A mutant only needs a failing example, so examples are not shrunk.
settings.register_profile("mutants", deadline=None, max_examples=40, phases=[Phase.explicit, Phase.generate])
settings.register_profile("long", deadline=None, max_examples=1200)
settings.load_profile(DEFAULT)


T = TypeVar("T")
_NUMBERS = count()
SELDOM = 200_000
# Whatever is collected stays: the collector would look through it again and again.
gc.set_threshold(SELDOM)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The server of this run, which its processes share."""
    from tests import postgres  # noqa: PLC0415 - a run without a history loads no driver

    own = tmp_path_factory.getbasetemp()
    with postgres.server(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[URL]:
    """A database with the history's tables."""
    from tests import postgres  # noqa: PLC0415 - a run without a history loads no driver

    with postgres.database(postgres_server) as url:
        yield url


def pytest_collection_finish() -> None:
    """Exclude loaded modules and collected tests from garbage collection, and make once what these modules make."""
    made_once.install_in_what_is_loaded()
    remembered_readings.count_from_now()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a test a history of its own, and send its requests over HTTP only where it is about connections."""
    _give_own_history(item.config)
    folder = item.path.relative_to(item.config.rootpath / "tests").parts[0]
    direct.switch(on=folder not in direct.CONNECTED and item.get_closest_marker("http") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorkStealingScheduling | None:
    """Give each process the modules of one part, so that what a module shares is made once, and none is idle at last.

    Unless another scheduler is asked for with ``--dist``.
    """
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def few_examples() -> settings:
    """Return settings for properties over whole audits.

    They run few examples, more with --campaign, or a hundred with --hypothesis-profile=long.
    """
    return settings(
        max_examples=max(FEW, settings().max_examples // 12),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        derandomize=True,
    )


def part_of(examples: int) -> settings:
    """Return settings for a property whose examples take long: all of them with --campaign, else a fifth."""
    is_whole = settings.get_current_profile_name() != DEFAULT
    return settings(
        max_examples=examples if is_whole else max(FEW, examples // PART),
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@dataclass(frozen=True, kw_only=True)
class DemoAudit:
    """One pass over demo accounts, with every request that reached the exchange, in order."""

    report: Report
    snapshot: Snapshot
    calls: tuple[exchange.Call, ...]


Audit = Callable[..., DemoAudit]


def configured_account(
    account: exchange.Account, served: exchange.DemoExchange | str | None, id_: str | None = None
) -> Account:
    """Return the configured account for a demo account where it is ``served``, or at the real host if None."""
    url, services = (served.url, served.services) if isinstance(served, exchange.DemoExchange) else (served, {})
    exchange_id = id_ or account.exchange
    values = {"apiKey": account.apikey, "secret": account.secret, "password": account.passphrase}
    return Account(
        name=account.name,
        exchange=exchange_id,
        credentials={name: SecretStr(values[name]) for name in load(exchange_id).api.credentials},
        base_url=url,
        service_urls=services,
        sandbox=account.simulated,
        demo=url is not None,
        named={kind: tuple(names) for kind, names in account.named.items()},
    )


def audit_demo(*accounts: str | exchange.Account, options: Options | None = None, **server: Any) -> DemoAudit:
    """Audit demo accounts in one pass, without rate limits: once a process, where nothing but their names is given.

    ``accounts``: names of demo accounts, or accounts built for the test.

    ``options``: see `auditor.model.account.Options`; ``server``: what `auditor.demo.serve` takes, such as ``fault``.
    """
    names = tuple(one for one in accounts if isinstance(one, str))
    if names == accounts and options is None and not server:
        return _audit_named(names)
    return audit_anew(*accounts, options=options, **server)


@cache
def _audit_named(names: tuple[str, ...]) -> DemoAudit:
    return audit_anew(*names)


def audit_anew(*accounts: str | exchange.Account, options: Options | None = None, **server: Any) -> DemoAudit:
    """Audit demo accounts as `audit_demo` does, also where that was done before."""
    chosen = [exchange.account(one) if isinstance(one, str) else one for one in accounts]
    with standing.reused(), exchange.serve(chosen, **{"limits": False, **server}) as served:
        audited = [configured_account(one, served) for one in chosen]
        snapshot = run(take_snapshot(audited, options or Options(pace=0)))
        report = build_report(snapshot, now=snapshot.finished_at)
        return DemoAudit(report=report, snapshot=snapshot, calls=tuple(served.calls))


def run(work: Coroutine[object, object, T]) -> T:
    """Finish some work in a loop that the process keeps: `asyncio.run` takes longer than a small audit."""
    loop = _loop()
    try:
        return loop.run_until_complete(work)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))


@cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def pytest_unconfigure() -> None:
    """Close what outlived the tests."""
    standing.stop()
    _loop().close()


def _give_own_history(config: pytest.Config) -> None:
    """Give a test a history of its own, which nothing creates until a check is kept; a fixture would take longer."""
    factory: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]
    os.environ["XDG_DATA_HOME"] = f"{factory.getbasetemp()}/data/{next(_NUMBERS)}"


@pytest.fixture
def demo() -> Audit:
    """Return `audit_demo`: ``demo("messy")``, ``demo(account("empty").with_rows(...))``."""
    return audit_demo


def pytest_configure(config: pytest.Config) -> None:
    """Try more examples in a campaign, and let the programs that tests start obey an interrupt."""
    if not config.getoption("--campaign"):
        made_once.draw_no_constants()
    elif not config.getoption("--hypothesis-profile"):
        settings.load_profile("campaign")
    if any(map(config.getoption, ("--slow", "--left-out", "--other-turns"))):
        # Such a run has a part of the tests, and their snapshots are a part of all.
        config.option.disable_unused_snapshots = True
    _heed_interrupts()


def _heed_interrupts() -> None:
    """Let an interrupt reach the programs that tests start, also where the tests run in the background of a shell."""
    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if is_ignored and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose other tests than a plain run does."""
    parser.addoption("--campaign", action="store_true", help="run everything: slow tests, and campaigns whole")
    parser.addoption("--slow", action="store_true", help="run alone the slow tests, which a plain run leaves out")
    parser.addoption("--left-out", metavar="N/M", help="of what samples leave out, run the N-th of M parts alone")
    parser.addoption("--turn", metavar="N", type=int, default=0, help="of a run of everything, the N-th turn's cases")
    parser.addoption("--other-turns", action="store_true", help="run alone the cases that the turn leaves out")


@pytest.fixture
def campaign(request: pytest.FixtureRequest) -> bool:
    """Return whether the long campaigns run in full."""
    return bool(request.config.getoption("--campaign"))


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Generate no case that a sample leaves out, where nothing of what is left out runs."""
    if not (metafunc.config.getoption("--campaign") or metafunc.config.getoption("--left-out", None)):
        campaign_samples.generate(metafunc)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is slow and what is not in the sample of a campaign, unless an option asks for it."""
    if config.getoption("--campaign"):
        return
    chosen = _chosen(config, items)
    if turns.are_taken(config):
        chosen = turns.of_this_turn(config, chosen)
    names = {item.nodeid for item in chosen}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in names])
    items[:] = chosen


def _chosen(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return what runs without ``--campaign``."""
    sample, others = _sample(items)
    if (part := config.getoption("--left-out")) is not None:
        return [item for item in others if _has_sample(item) and _is_in_part(item, part)]
    if config.getoption("--slow"):
        return list(filter(slow_tests.is_slow, sample))
    named = slow_tests.named_files(config)
    return [item for item in sample if not slow_tests.is_slow(item) or item.path in named]


def _sample(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return what samples have, slow tests among it, and the rest."""
    sizes, cases = Counter(map(_group_of, items)), Counter[Hashable]()
    chosen, others = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (chosen if _is_in_sample(item, sizes, cases) else others).append(item)
    return chosen, others


def _has_sample(item: pytest.Item) -> bool:
    """Return whether some cases of a test are in a sample: the long campaigns without one are run by name."""
    marker = item.get_closest_marker("campaign")
    return marker is not None and bool(marker.kwargs)


def _is_in_part(item: pytest.Item, part: str) -> bool:
    """Return whether a case belongs to a part, such as the third of five: "3/5"."""
    number, _slash, parts = part.partition("/")
    return (crc32(item.nodeid.encode()) - int(number)) % int(parts) == 0


def _group_of(item: pytest.Item) -> Hashable:
    """Return the cases that a sample is taken of: those of one test, and of these one group where it is marked so."""
    test, marker = item.nodeid.partition("[")[0], item.get_closest_marker("campaign")
    if marker is None or "one_per" not in marker.kwargs:
        return test
    assert isinstance(item, pytest.Function)
    return test, marker.kwargs["one_per"](**item.callspec.params)


def _is_in_sample(item: pytest.Item, sizes: Counter[Hashable], cases: Counter[Hashable]) -> bool:
    """Return whether a test is in the sample of its campaign, or in none.

    Of those marked ``campaign(one_of=N)`` each N-th case does, of those marked ``campaign(one_per=GROUP)`` one case for
    each value of that function of its parameters, and of those marked ``campaign`` none. Each test and each group
    begins at another case, so that several over the same places share the places among them.
    """
    marker = item.get_closest_marker("campaign")
    if marker is None or campaign_samples.is_drawn(item):
        return True
    group = _group_of(item)
    cases[group] += 1
    every = sizes[group] if "one_per" in marker.kwargs else marker.kwargs.get("one_of")
    return every is not None and (cases[group] + crc32(str(group).encode())) % every == 0
