"""What an exchange shows only to who names it: given on the command line, or in the configuration file."""

from pathlib import Path

import pytest

from auditor.cli.commands import argv as words_of
from auditor.cli.commands.audit import AuditRequest
from auditor.cli.commands.init import init
from auditor.cli.commands.watch_run import WatchRequest
from auditor.cli.runtime.output import OutputRequest
from auditor.cli.runtime.reader import Runtime
from auditor.model.errors import UserError
from auditor.settings import accounts_file as config_file
from auditor.settings.selection import AccountSelection, select_accounts
from auditor.watch.policy import Policy

KEYS = {
    f"{exchange}_{name}": f"{name.lower()}-11111111"
    for exchange in ("BINANCE", "OKX")
    for name in ("APIKEY", "SECRET", "PASSWORD")
}
ENTRY = """
[[accounts]]
name = "main"
exchange = "binance"
apikey = "env:BINANCE_APIKEY"
secret = "env:BINANCE_SECRET"
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "default.toml")


def test_names_on_the_command_line_go_to_the_exchange_that_knows_their_kind() -> None:
    named = ("mining=one", "mining=two = 2", "mining=one")
    binance, okx = select_accounts(AccountSelection(exchanges=("binance", "okx"), named=named))
    assert ({"mining": ("one", "two = 2")}, {}) == (binance.named, okx.named)


@pytest.mark.parametrize(("given", "expected"), [((), "one"), (("mining=two",), "two")])
def test_names_in_the_configuration_file_count_unless_the_command_line_has_others(
    tmp_path: Path, given: tuple[str, ...], expected: str
) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(ENTRY + 'named = ["mining=one"]\n')
    (account,) = select_accounts(AccountSelection(config=path, named=given))
    assert {"mining": (expected,)} == account.named


@pytest.mark.parametrize(
    ("exchange", "named", "told"),
    [
        ("binance", "minig=one", "Did you mean mining"),
        ("binance", "one", "Unknown kind of name 'one'. Known: mining."),
        ("binance", "mining", "write mining=NAME"),
        ("binance", "mining= ", "write mining=NAME"),
        ("okx", "mining=one", "OKX shows nothing only by its name: leave out 'mining=one'."),
    ],
)
def test_a_name_that_leads_nowhere_is_told(exchange: str, named: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        select_accounts(AccountSelection(exchanges=(exchange,), named=(named,)))


def test_a_name_in_the_file_that_leads_nowhere_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(ENTRY + 'named = ["pool=one"]\n')
    with pytest.raises(UserError, match=r"accounts\.toml: Unknown kind of name 'pool'"):
        select_accounts(AccountSelection(config=path))


def test_a_unit_that_watches_is_given_the_names_too() -> None:
    choice = AccountSelection(exchanges=("binance",), named=("mining=one",))
    words = words_of.watch_arguments(
        WatchRequest(request=AuditRequest(choice=choice, output=OutputRequest()), policy=Policy())
    )
    assert ["--named", "mining=one"] == words[words.index("--named") :][:2]


def test_the_file_that_init_writes_has_a_line_for_names_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    init(("binance",), path, Runtime(), force=False)
    path.write_text(path.read_text().replace("# named =", "named ="))
    assert {"mining": ("NAME",)} == select_accounts(AccountSelection(config=path))[0].named
    assert "named" not in (init(("okx",), path, Runtime(), force=True), path.read_text())[1]
