"""Listings: what the program knows, without asking anybody."""

import json

import pytest

from auditor.demo import names
from auditor.exchanges.registry import load, table_ids
from auditor.i18n.columns import cells_of
from auditor.rules import all_rules
from auditor.settings.exchange_facts import exchange_config
from tests.cli.conftest import Cli


def words(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def test_rules_lists_every_rule_with_how_much_it_matters_and_its_title(cli: Cli) -> None:
    lines = cli("list", "rules").out.splitlines()

    expected = [[rule.id, rule.severity.value, rule.title] for rule, _ in all_rules()]
    assert expected == [line.split(maxsplit=2) for line in lines]
    assert len({line.index(rule.title) for line, (rule, _) in zip(lines, all_rules(), strict=True)}) == 1


@pytest.mark.campaign(one_of=8)
@pytest.mark.parametrize("rule", [rule.id for rule, _ in all_rules()])
def test_explain_prints_what_the_rule_says_of_itself(cli: Cli, rule: str) -> None:
    ran = cli("explain", rule)

    title = next(r.title for r, _ in all_rules() if r.id == rule)
    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith(f"{rule} (")
    assert title in ran.out
    assert len(ran.out.splitlines()) > 2


def test_surfaces_lists_the_table_of_an_exchange(cli: Cli) -> None:
    out = words(cli("list", "surfaces", "--exchange", "okx").out)

    surfaces = load("okx").surfaces
    assert out.startswith(f"okx: {len(surfaces)} places ")
    assert [] == [s.id for s in surfaces if f"{s.title} [{s.id}] {s.address}" not in out]


def test_listings_are_of_every_exchange_unless_one_is_chosen(cli: Cli) -> None:
    lines = cli("list", "requirements").out.splitlines()

    assert list(table_ids()) == [line for line in lines if line in table_ids()]


def test_requirements_lists_each_with_its_source_and_date(cli: Cli) -> None:
    out = words(cli("list", "requirements", "--exchange", "okx").out)

    facts = exchange_config("okx").requirements
    assert not [fact.id for fact in facts if words(f"{fact.title} [{fact.id}]") not in out]
    assert not [fact.id for fact in facts if words(f"{fact.source} ({fact.as_of})") not in out]
    assert "check it yourself in the app" in out


LISTS = ["exchanges", "surfaces", "rules", "requirements", "demos"]


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_fits_80_columns(cli: Cli, name: str, language: str) -> None:
    lines = cli("list", name, "--lang", language).out.splitlines()

    assert [] == [line for line in lines if cells_of(line) > 80]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_had_as_json(cli: Cli, name: str) -> None:
    ran = cli("list", name, "--format", "json")

    rows = json.loads(ran.out)[name]
    assert (0, "") == (ran.code, ran.err)
    assert len({row.get("exchange", "") + row.get("id", row.get("name")) for row in rows}) == len(rows) > 10


@pytest.mark.parametrize("name", LISTS)
def test_a_list_refuses_the_form_of_a_report(cli: Cli, name: str) -> None:
    ran = cli("list", name, "--format", "csv")

    assert (2, "") == (ran.code, ran.out)
    assert f"`audit list {name}` knows --format terminal and --format json." in ran.err


def test_list_without_a_name_prints_its_help(cli: Cli) -> None:
    ran = cli("list")

    assert (2, cli("list", "--help").out) == (ran.code, ran.out)


def test_exchanges_begin_with_those_that_are_read_in_full_and_count_those_of_which_nothing_is(cli: Cli) -> None:
    lines = cli("list", "exchanges").out.splitlines()
    every = cli("list", "exchanges", "--all").out.splitlines()

    shown = [line.split()[0] for line in lines[1 : lines.index("")]]
    in_full = [exchange for exchange in table_ids() if load(exchange).complete]
    assert in_full == shown[: len(in_full)]
    assert "kraken" in shown
    assert not {"aax", "bitmex"} & {*shown}
    hidden = len(every[1 : every.index("")]) - len(shown)
    assert f"Of {hidden} more exchanges nothing can be read" in words("\n".join(lines))


def test_demos_names_every_demo_account_with_what_it_holds(cli: Cli) -> None:
    out = words(cli("list", "demos").out)

    assert [] == [name for name, about in names().items() if f"{name} {words(about)}" not in out]


@pytest.mark.parametrize("command", ["surfaces", "requirements"])
def test_former_names_take_the_same_options(cli: Cli, command: str) -> None:
    assert cli("list", command, "--exchange", "okx") == cli(command, "--exchange", "okx")
    assert cli("--exchange", "okx", "list", command) == cli(command, "--exchange", "okx")


@pytest.mark.parametrize("command", ["surfaces", "requirements"])
def test_listings_know_exchanges_by_name(cli: Cli, command: str) -> None:
    ran = cli(command, "--exchange", "okxx")

    assert (2, "") == (ran.code, ran.out)
    assert "Did you mean okx?" in ran.err
