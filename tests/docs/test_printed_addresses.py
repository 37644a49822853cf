"""Addresses that are printed anywhere come only from the official hosts in ``config/``."""

import re
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

import auditor
from auditor.cli.commands import init as starter
from auditor.cli.commands import listings
from auditor.cli.runtime.reader import Runtime
from auditor.formats import Sink, format_names, get_format
from auditor.formats import appeal_letter as appeal
from auditor.formats import plan_view as plan
from auditor.model.report import Report
from auditor.settings.exchange_facts import config_folder, exchange_config, known_exchanges
from auditor.settings.official_hosts import domains, owners
from tests.conftest import audit_demo

ADDRESS = re.compile(
    r"(?:https?|wss?|ftp)://([^\s/\"'`<>()\\,;?\uff08\uff09\uff0c\u3002]*)"
    r"|\b(www\.[a-z0-9.-]+)|\b((?:[a-z0-9-]+\.)+(?:com|org|net|io|cn))\b",
    re.IGNORECASE,
)
HOSTS = [exchange_config(each).hosts for each in known_exchanges()]
OFFICIAL = {
    *owners(),
    *domains(),
    *(host for hosts in HOSTS for host in (*hosts.site, *hosts.api, *hosts.services.values())),
}
# What is no address to go to: this computer, documentation's own examples, and the sources' words for a scheme.
HARMLESS = re.compile(
    r"^(127\.0\.0\.1|localhost|\[::1\])(:\d+|:\{.*)?$|(^|\.)(example(\.org|\.com)?|invalid)$|^$|^\{.*$", re.IGNORECASE
)
SOURCES = Path(auditor.__file__).parent
# The embedded exchange says in its docstrings whose documentation it follows, and shows that to nobody.
UNSEEN = SOURCES / "demo"


def addresses(text: str) -> set[str]:
    return {next(filter(None, match.groups()), "").lower().rstrip(".") for match in ADDRESS.finditer(text)}


def foreign(text: str) -> list[str]:
    return sorted(
        host for host in addresses(text) if host.partition(":")[0] not in OFFICIAL and not HARMLESS.search(host)
    )


def texts(path: Path) -> Iterator[str]:
    """Every text of a source that could be shown; of other files all of it."""
    if path.suffix == ".py":
        yield from texts_in(SourceFileLoader(path.stem, str(path)).get_code(path.stem))
    else:
        yield path.read_text(encoding="utf-8")


def texts_in(constant: object) -> Iterator[str]:
    """Every text among the constants of compiled code: Python keeps that, and a syntax tree takes seconds."""
    if isinstance(constant, str):
        yield constant
    inner = constant.co_consts if isinstance(constant, CodeType) else constant
    if isinstance(inner, tuple | frozenset):
        for each in inner:
            yield from texts_in(each)


FILES = sorted(
    path
    for pattern in ("*.py", "*.j2", "*.js", "*.css", "*.po")
    for path in SOURCES.rglob(pattern)
    if UNSEEN not in path.parents
)


def test_the_search_finds_addresses() -> None:
    assert foreign("see https://evil.example.net/x, www.evil.com and okx.com.evil.org") == [
        "evil.example.net",
        "okx.com.evil.org",
        "www.evil.com",
    ]
    assert foreign("see https://www.okx.com/help and http://127.0.0.1:80") == []


@pytest.mark.slow("every file")
def test_no_source_holds_an_address_of_its_own() -> None:
    held = {
        path.relative_to(SOURCES).as_posix(): found
        for path in FILES
        for text in texts(path)
        if (found := foreign(text))
    }

    assert held == {}


@pytest.mark.parametrize("name", [entry.name for entry in config_folder().iterdir() if entry.name.endswith(".toml")])
def test_facts_name_only_hosts_that_they_list(name: str) -> None:
    assert foreign(config_folder().joinpath(name).read_text(encoding="utf-8")) == []


@pytest.fixture(scope="module")
def report() -> Report:
    return audit_demo("messy").report


@pytest.mark.parametrize("form", format_names())
def test_no_report_names_another_address(report: Report, form: str) -> None:
    assert foreign(get_format(form).render(report, Sink())) == []


@pytest.mark.parametrize("form", plan.FORMATS)
def test_no_plan_names_another_address(report: Report, form: str) -> None:
    assert foreign(plan.render(form, report, Sink())) == []


def test_no_letter_names_another_address(report: Report) -> None:
    said = appeal.render(appeal.LetterRequest(error="no", about=tuple(appeal.TOPICS)), report, Sink())

    assert foreign(said) == []
    assert addresses(said) & OFFICIAL


def test_no_guide_and_no_list_names_another_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    starter.init(("okx",), tmp_path / "accounts.toml", Runtime(), force=False)
    listings.requirements((), "terminal", Runtime())
    listings.surfaces((), "terminal", Runtime())
    listings.rules("terminal", Runtime())
    listings.demos("terminal", Runtime())

    said = capsys.readouterr()
    assert foreign(said.out + said.err + (tmp_path / "accounts.toml").read_text()) == []
