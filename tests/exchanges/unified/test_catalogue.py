"""Which exchanges there are, and what is known of each without asking it."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from auditor.cli.commands import exchanges as matrix
from auditor.cli.runtime.reader import Runtime
from auditor.demo import full_name, names
from auditor.exchanges.catalogue import catalogue_entry
from auditor.exchanges.registry import all_ids, load, table_ids
from auditor.exchanges.unified import spec as facts
from auditor.i18n import Translator
from auditor.i18n.columns import padded
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.settings.exchange_checks import check_exchange
from auditor.settings.exchange_facts import exchange_config
from auditor.transport.ccxt.loader import exchange_class
from tests.exchanges.unified.conftest import IMITATED


@pytest.mark.slow("a process of its own")
def test_listing_them_does_not_load_ccxt() -> None:
    imports = "from auditor.cli.commands import exchanges; from auditor.cli.runtime.reader import Runtime"
    script = f"import sys; {imports}; exchanges.show('json', Runtime()); assert 'ccxt' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)


def hosts(urls: object, name: str) -> set[str]:
    if isinstance(urls, dict):
        return {host for url in urls.values() for host in hosts(url, name)}
    host = urlsplit(urls.replace("{hostname}", name)).hostname if isinstance(urls, str) else None
    return {host} if host and "{" not in host else set()


@pytest.mark.parametrize("exchange", [one for one in all_ids() if one not in table_ids()])
def test_what_is_written_down_of_an_exchange_is_what_ccxt_says(exchange: str) -> None:
    entry = catalogue_entry(exchange)
    assert entry is not None
    ccxt = exchange_class(exchange)()
    needed = tuple(name for name, wanted in ccxt.requiredCredentials.items() if wanted)
    assert (needed, ccxt.name) == (entry.credentials, entry.name)
    assert set(entry.hosts) <= hosts(ccxt.urls["api"], ccxt.hostname or "") | {"api.hbdm.vn"}


@pytest.mark.parametrize("exchange", all_ids())
def test_every_exchange_can_be_chosen(exchange: str) -> None:
    check_exchange(exchange)
    assert exchange == load(exchange).id == exchange_config(exchange).id


def test_an_unknown_exchange_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match="Did you mean kraken"):
        check_exchange("krakn")
    with pytest.raises(KeyError):
        load("unified")


def test_only_those_with_a_table_are_listed_as_such() -> None:
    assert "unified" not in table_ids()
    assert set(table_ids()) < set(all_ids())


def test_no_exchange_asks_for_a_wallets_key() -> None:
    asked = {name for exchange in all_ids() for name in load(exchange).api.credentials}
    assert set() == asked & {"privateKey", "walletAddress"}


def test_the_matrix_fits_a_narrow_window(capsys: pytest.CaptureFixture[str]) -> None:
    matrix.show("terminal", Runtime())
    printed = capsys.readouterr().out.splitlines()
    assert [] == [line for line in printed if len(line) > 80]
    assert "gate                  part part part -    -    part -    -    -    yes" in printed


def test_the_matrix_speaks_chinese_in_every_cell(capsys: pytest.CaptureFixture[str]) -> None:
    matrix.show("terminal", Runtime(console=Translator("zh")))
    table = capsys.readouterr().out.partition("\n\n")[0].splitlines()
    words = {word for line in table for word in line.split()[1:]} - {"-"}
    assert {"API"} == {word for word in words if word.isascii()}
    assert max(len(padded(line, 0)) + sum(not c.isascii() for c in line) for line in table) <= 80


def test_the_matrix_says_as_json_what_it_says_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    matrix.show("json", Runtime())
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["exchanges"]}
    assert set(all_ids()) == set(found)
    assert ("yes", "full") == (found["okx"]["key_proof"], found["okx"]["areas"]["earn"])
    assert ("yes", "partial") == (found["mexc"]["key_proof"], found["mexc"]["areas"]["orders"])
    assert ("no", "partial") == (found["phemex"]["key_proof"], found["phemex"]["areas"]["orders"])
    assert ("wallet", "none") == (found["hyperliquid"]["key_proof"], found["hyperliquid"]["areas"]["balances"])


def test_the_matrix_has_no_other_form() -> None:
    with pytest.raises(UserError, match="--format"):
        matrix.show("csv", Runtime())


def test_no_unified_exchange_is_read_in_full() -> None:
    extents = {matrix.extent(load(e), area) for e in facts.specified_exchanges() for area in Area}
    assert {matrix.Extent.PARTIAL, matrix.Extent.NONE} == extents


@pytest.mark.parametrize("exchange", IMITATED)
def test_a_demo_exchange_has_an_account_with_something_and_one_without(exchange: str) -> None:
    assert {full_name(name, exchange) for name in ("empty", "messy")} <= set(names(exchange))
