"""Listings: what the program knows, without asking anybody."""

import pytest

from auditor.exchanges.registry import load, table_ids
from auditor.rules import all_rules
from auditor.settings.exchange_facts import exchange_config
from tests.cli.conftest import Cli


def test_rules_lists_every_rule_with_how_much_it_matters_and_its_title(cli: Cli) -> None:
    lines = cli("rules").out.splitlines()

    expected = [[rule.id, rule.severity.value, rule.title] for rule, _ in all_rules()]
    assert expected == [line.split(maxsplit=2) for line in lines]
    assert len({line.index(rule.title) for line, (rule, _) in zip(lines, all_rules(), strict=True)}) == 1


@pytest.mark.parametrize("rule", [rule.id for rule, _ in all_rules()])
def test_explain_prints_what_the_rule_says_of_itself(cli: Cli, rule: str) -> None:
    ran = cli("explain", rule)

    title = next(r.title for r, _ in all_rules() if r.id == rule)
    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith(f"{rule} (")
    assert title in ran.out
    assert len(ran.out.splitlines()) > 2


def test_surfaces_lists_the_table_of_an_exchange(cli: Cli) -> None:
    ran = cli("surfaces", "--exchange", "okx")

    assert ["okx", *[s.id for s in load("okx").surfaces]] == [line.split()[0] for line in ran.out.splitlines()]


def test_listings_are_of_every_exchange_unless_one_is_chosen(cli: Cli) -> None:
    lines = cli("requirements").out.splitlines()

    assert list(table_ids()) == [line for line in lines if line in table_ids()]


def test_requirements_lists_each_with_its_source_and_date(cli: Cli) -> None:
    out = cli("requirements", "--exchange", "okx").out

    assert not [fact.id for fact in exchange_config("okx").requirements if f"{fact.source} ({fact.as_of})" not in out]
    assert "to confirm by eye" in out


@pytest.mark.parametrize("command", ["surfaces", "requirements"])
def test_listings_know_exchanges_by_name(cli: Cli, command: str) -> None:
    ran = cli(command, "--exchange", "okxx")

    assert (2, "") == (ran.code, ran.out)
    assert "Did you mean okx?" in ran.err
