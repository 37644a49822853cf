"""No file that is read ends the program otherwise than by a sentence, however odd it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.formats.as_json import render
from auditor.formats.checksum import PLACEHOLDER, seal
from tests.cli.conftest import Cli, cli, fake, here
from tests.conftest import Audit

__all__ = ["cli", "fake", "here"]


@pytest.fixture
def report(demo: Audit) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(render(demo("dust").report))
    return values


DEEP = "[" * 100_000
NESTED = "[" * 500 + "]" * 500
ODD_VALUES = ["[]", "[[1]]", '{"a": 1}', "1e99999999", "-1e99999999999999999999", "9" * 5000, "NaN", DEEP, NESTED]
PLACES = [
    ("accounts", 0, "exchange"),
    ("accounts", 0, "uid"),
    ("dust", 0, "exchange"),
    ("requirements", 0, "exchange"),
    ("findings", 0, "amount"),
    ("findings", 0, "evidence", "surface"),
    ("findings", 0, "evidence", "row"),
    ("coverage", 0, "rows"),
    ("window_seconds",),
]


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("value", ODD_VALUES)
def test_an_odd_value_in_a_report_is_refused_or_shown(cli: Cli, here: Path, report: dict[str, Any], value: str) -> None:
    for at in PLACES:
        *way, last = at
        place: Any = report
        for name in way:
            place = place[name]
        before, place[last] = place.get(last), "@odd@"
        text = json.dumps({**report, "digest": PLACEHOLDER}).replace('"@odd@"', value)
        place[last] = before
        (here / "report.json").write_text(seal(text))

        ran = cli("report", "report.json")

        assert "internal error" not in ran.err, at
        assert ran.code in {1, 2}, at
        assert len(ran.out) < 100_000, at


@pytest.mark.parametrize(
    "text", [DEEP, NESTED, "1e99999999", "9" * 5000, "NaN", '"\\ud800"', "{" * 100_000, '{"a":' * 100_000, "\x00", ""]
)
def test_what_is_no_report_at_all_is_refused(cli: Cli, here: Path, text: str) -> None:
    (here / "report.json").write_text(text)

    ran = cli("report", "report.json")

    assert (2, "audit: report.json is not a report from this program.\n") == (ran.code, ran.err)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_a_file_without_an_end_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.formats.json_reader.LARGEST", 1_000_000)

    assert 2 == cli("report", "/dev/zero").code
    assert "too large" in cli("--config", "/dev/zero").err


ACCOUNTS = """
[[accounts]]
name = "main"
exchange = "okx"
apikey = "env:OKX_APIKEY"
secret = "env:OKX_SECRET"
password = "env:OKX_PASSWORD"
"""
ODD_TOML = [
    f"a = {DEEP}",
    f"a = {NESTED}",
    f"a = {'9' * 5000}",
    "a = 1e99999999",
    "a = 9999-99-99",
    "a = 0001-01-01T00:00:00+23:59",
    f"a = {'{b=' * 100_000}",
    f"[{'a.' * 10_000}b]",
    "a = '\x00'",
    "accounts = 1",
    "accounts = [[]]",
    ACCOUNTS.replace('"okx"', '["okx"]'),
    ACCOUNTS + 'uid = ["1"]',
    ACCOUNTS + "uid = 1e99999999",
    ACCOUNTS + f"uid = {NESTED}",
    ACCOUNTS + "[[mute]]\nrule = []\nreason = 1\nuntil = 9999-12-31",
    ACCOUNTS + "[[mute]]\nrule = 'holding'\nreason = 'x'\nuntil = 10:00:00",
    ACCOUNTS + "[[attest]]\nrequirement = {}\nexchange = []",
    ACCOUNTS + "[[attest]]\nrequirement = 'x'\nexchange = '../okx'\nby = 'x'\non = 2026-01-01\nuntil = 2026-01-02",
    ACCOUNTS + f"mute = {DEEP}",
]


@pytest.mark.parametrize("text", ODD_TOML, ids=range(len(ODD_TOML)))
def test_an_odd_accounts_file_is_refused(cli: Cli, here: Path, text: str) -> None:
    (here / "accounts.toml").write_text(text)

    ran = cli("--config", "accounts.toml")

    assert 2 == ran.code
    assert "internal error" not in ran.err
    assert len(ran.err) < 2000
