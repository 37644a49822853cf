import importlib.resources
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.rules import all_rules
from auditor.settings import exchange_facts as config
from auditor.settings.exchange_facts import config_folder, config_sha256, exchange_config, known_exchanges

OFFICIAL = re.compile(r"^([a-z0-9-]+\.)+okx\.com$")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "config"
    shutil.copytree(str(config_folder()), copy)
    return copy


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def problem(folder: Path, exchange: str) -> str:
    with pytest.raises(UserError) as caught:
        config._load(folder, exchange)
    return str(caught.value)


def test_each_region_has_its_own_hosts() -> None:
    assert {name: exchange_config(name).api_hosts for name in ("okx", "myokx", "okxus")} == {
        "okx": ("www.okx.com", "openapi.okx.com", "eea.okx.com", "us.okx.com", "app.okx.com", "tr.okx.com"),
        "myokx": ("eea.okx.com",),
        "okxus": ("us.okx.com", "app.okx.com"),
    }


def test_regions_share_the_requirements_of_okx() -> None:
    shared = exchange_config("okx").requirements

    assert [exchange_config(name).requirements for name in ("myokx", "okxus")] == [shared, shared]


@pytest.mark.parametrize("name", ["okx", "myokx", "okxus"])
def test_only_official_hosts_are_named(name: str) -> None:
    found = exchange_config(name)
    addresses = re.findall(r"https?://([^/\s]+)", found.model_dump_json())
    hosts = {*found.api_hosts, *found.site_hosts, *addresses}

    assert {host for host in hosts if not OFFICIAL.match(host)} == set()
    assert set(addresses) <= {*found.site_hosts, *(host for site in found.sites for host in site.site)}


def test_key_that_can_only_read_needs_one_box() -> None:
    okx = exchange_config("okx")

    assert (okx.key_boxes, okx.key.leave) == (("Read",), ("Trade", "Withdraw"))
    assert okx.key_page == "https://www.okx.com/account/my-api"


def test_every_area_is_asked_for_by_some_requirement() -> None:
    asked = {area for fact in exchange_config("okx").requirements for area in fact.areas}

    assert asked == set(Area)


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("assets zero in spot, contracts and earn", {"balances-zero", "contracts-zero", "earn-zero"}),
        ("nothing open or unsettled", {"nothing-open", "nothing-unsettled", "debts-zero"}),
        ("no risk or freeze", {"no-restriction", "no-risk-review"}),
        ("recent withdrawals reviewed", {"nothing-unsettled", "withdrawals-reviewed"}),
    ],
)
def test_each_condition_of_the_article_is_a_requirement(condition: str, ids: set[str]) -> None:
    assert ids <= {fact.id for fact in exchange_config("okx").requirements}, condition


def test_small_amounts_are_said_to_block_with_the_source_of_that() -> None:
    (balances,) = [fact for fact in exchange_config("okx").requirements if fact.id == "balances-zero"]

    assert "fiat" in balances.title
    assert "however small" in balances.title
    assert "No waiver for small amounts is published" in balances.note
    assert balances.source.startswith("OKX Help Center")
    assert balances.as_of == date(2026, 2, 13)


def test_what_no_api_shows_is_a_manual_requirement() -> None:
    manual = [fact.id for fact in exchange_config("okx").requirements if fact.manual]

    assert manual == [
        "no-risk-review",
        "withdrawals-reviewed",
        "web3-wallet",
        "p2p",
        "card-and-pay",
        "structured-products",
        "bots-without-api",
        "trial-funds",
        "authenticator-bound",
        "statements-exported",
        "closing-is-final",
        "api-keys-last",
    ]


def test_what_third_parties_claim_is_not_called_official() -> None:
    third = {fact.official for fact in exchange_config("okx").requirements if "third parties" in fact.source}

    assert third == {False}


def test_unknown_exchange_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"Unknown exchange 'oxk'\. Did you mean okx\?"):
        exchange_config("oxk")


def test_unknown_exchange_unlike_any_is_told_with_all() -> None:
    with pytest.raises(UserError, match=r"Unknown exchange 'zzz'\. Known: .*myokx.*okx.*okxus"):
        exchange_config("zzz")


def test_unknown_key_is_named_with_its_file(folder: Path) -> None:
    changed(folder, "okx.toml", "[hosts]", "[hosts]\nmirror = []")

    assert problem(folder, "okx") == "config/okx.toml: hosts.mirror: unknown key"


def test_unknown_key_of_a_requirement_is_named_with_its_place(folder: Path) -> None:
    changed(folder, "okx.toml", "official = true\nareas", "oficial = true\nareas")

    assert problem(folder, "okx").startswith("config/okx.toml: requirements.0.official: Field required")


def test_unknown_area_is_named(folder: Path) -> None:
    changed(folder, "okx.toml", 'areas = ["flows"]', 'areas = ["flow"]')

    assert problem(folder, "okx").startswith("config/okx.toml: requirements.4.areas.0: ")


def test_requirement_with_neither_areas_nor_manual_is_refused(folder: Path) -> None:
    changed(folder, "okx.toml", 'areas = ["flows"]', "")

    assert "nothing-unsettled: either areas or manual = true" in problem(folder, "okx")


def test_two_requirements_with_one_id_are_refused(folder: Path) -> None:
    changed(folder, "okx.toml", 'id = "p2p"', 'id = "web3-wallet"')

    assert "two requirements share an id" in problem(folder, "okx")


def test_key_page_away_from_the_exchanges_site_is_refused(folder: Path) -> None:
    changed(folder, "okx.toml", 'page = "https://www.okx.com/', 'page = "https://www.okx.com@evil.example/')

    assert "key.page is not on a site host" in problem(folder, "okx")


def test_host_that_is_an_address_is_refused(folder: Path) -> None:
    changed(folder, "okx.toml", '"openapi.okx.com",', '"https://openapi.okx.com",')

    assert problem(folder, "okx").startswith("config/okx.toml: hosts.api.1: ")


def test_file_that_is_no_toml_is_named(folder: Path) -> None:
    (folder / "okx.toml").write_text("id =", encoding="utf-8")

    assert problem(folder, "okx").startswith("config/okx.toml: Invalid value")


def test_digest_changes_with_any_fact(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = config_sha256()
    monkeypatch.setattr(config, "config_folder", lambda: folder)
    same = config_sha256()
    changed(folder, "okxus.toml", "us.okx.com", "uk.okx.com")

    assert re.fullmatch(r"[0-9a-f]{64}", before)
    assert (same == before, config_sha256() == before) == (True, False)


def test_digest_is_the_same_with_the_line_ends_of_windows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = config_sha256()
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(config, "config_folder", lambda: folder)

    assert config_sha256() == before


def test_files_are_found_beside_the_installed_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.resources, "files", lambda _package: folder.parent)

    assert config_folder() == folder


def test_files_are_found_in_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.resources, "files", lambda _package: tmp_path)

    assert config_folder() == Path(config.__file__).parents[2] / "config"


def test_exchanges_with_facts_are_listed() -> None:
    assert {"myokx", "okx", "okxus"} <= set(known_exchanges())


@pytest.mark.parametrize("exchange", known_exchanges())
def test_where_to_act_in_the_app_is_said_for_rules_that_there_are(exchange: str) -> None:
    app = exchange_config(exchange).app
    rules = {rule.id for rule, _module in all_rules()}
    assert [] == [name for name in (app.remedies if app else ()) if name not in rules]


def official(exchange: str) -> dict[str, bool]:
    return {fact.id: fact.official for fact in exchange_config(exchange).requirements}


@pytest.mark.parametrize("exchange", ["coinbase", "cryptocom"])
def test_what_the_exchange_itself_asks_for_is_not_called_unofficial(exchange: str) -> None:
    said = official(exchange)
    assert (True, False) == (said["balances-zero"], said["earn-zero"])


def test_a_requirement_in_the_exchanges_own_words_keeps_its_place_and_what_proves_it() -> None:
    any_exchange, own = exchange_config("gate").requirements, exchange_config("coinbase").requirements
    assert [fact.id for fact in any_exchange[:7]] == [fact.id for fact in own[:7]]
    assert [fact.areas for fact in any_exchange[:7]] == [fact.areas for fact in own[:7]]


def test_two_requirements_of_one_exchange_with_one_id_are_refused(folder: Path) -> None:
    changed(folder, "coinbase.toml", 'id = "nothing-owed"', 'id = "balances-zero"')
    assert "two requirements share an id" in problem(folder, "coinbase")


def test_what_a_reading_proves_cannot_be_made_manual_as_well(folder: Path) -> None:
    changed(folder, "coinbase.toml", 'id = "balances-zero"', 'id = "balances-zero"\nmanual = true')
    assert "either areas or manual" in problem(folder, "coinbase")
