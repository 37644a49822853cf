"""`audit keys` and `audit init`."""

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.audit import audit_once as audit
from auditor.i18n import verbatim
from auditor.model.snapshot import AccountSnapshot, Key
from auditor.rules import all_rules
from auditor.settings.accounts_file import decisions, load
from tests import builders
from tests.cli.conftest import Cli, FakeAudit, Ran

PROVEN = builders.account(name="main")
UNBOUND = builders.account(name="unbound", key=Key(rights=("read_only",), readonly=True, ip_bound=False))
SUB = builders.account(name="sub", uid="43", kind="sub", key=Key(rights=("read_only",), readonly=True, ip_bound=None))
WIDER = builders.account(name="wider", key=Key(rights=("read_only", "trade"), readonly=False, ip_bound=True))
REFUSED = builders.account(name="refused", key=None, refused=verbatim("it cannot prove that it only reads"))
SILENT = builders.account(builders.unread(), name="silent", uid=None, kind=None, mode=None, key=None)
Keys = Callable[..., Ran]
HOSTILE = builders.account(name="hostile", uid="\x1b[2J", mode="\u202e1")


@pytest.fixture
def keys(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Keys:
    def run(*proved: AccountSnapshot) -> Ran:
        async def prove_keys(_accounts: object, _options: object) -> tuple[AccountSnapshot, ...]:
            return proved

        monkeypatch.setattr(audit, "prove_keys", prove_keys)
        return cli("keys", "--exchange", "okx")

    return run


def test_keys_says_what_each_key_may_do(keys: Keys, snapshot: SnapshotAssertion) -> None:
    assert keys(PROVEN, UNBOUND, SUB, WIDER, REFUSED, SILENT).out == snapshot


@pytest.mark.parametrize(
    ("proved", "code"),
    [
        ([PROVEN, SUB, UNBOUND], 0),
        ([PROVEN, WIDER], 4),
        ([PROVEN, REFUSED], 4),
        ([PROVEN, SILENT], 3),
        ([SILENT, WIDER], 4),
    ],
)
def test_keys_exits_0_only_when_every_key_is_proven(keys: Keys, proved: list[AccountSnapshot], code: int) -> None:
    assert code == keys(*proved).code


@pytest.mark.parametrize(
    ("mode", "words"),
    [("1", "spot mode"), ("2", "futures mode"), ("unified", "unified account"), ("7", "account mode 7")],
)
def test_keys_names_the_mode_of_an_account_in_words(keys: Keys, mode: str, words: str) -> None:
    assert f"UID 42, main account, {words}\n" in keys(builders.account(mode=mode)).out


def test_what_an_exchange_says_of_a_key_cannot_act_on_the_terminal(keys: Keys) -> None:
    out = keys(HOSTILE).out

    assert not {"\x1b", "\u202e"} & set(out)


@pytest.mark.skipif(os.name != "posix", reason="paths")
def test_init_writes_a_commented_file_and_says_where_to_create_a_key(
    cli: Cli, here: Path, snapshot: SnapshotAssertion
) -> None:
    ran = cli("init", "--output", "accounts.toml")

    assert (0, "written: accounts.toml\n") == (ran.code, ran.err)
    assert ran.out == snapshot(name="guide")
    assert re.sub(r"= \d{4}-\d\d-\d\d", "= DATE", (here / "accounts.toml").read_text()) == snapshot(name="file")


def test_init_without_output_writes_where_audit_looks_for_it(cli: Cli, fake: FakeAudit, here: Path) -> None:
    assert cli("init").code == 0
    assert cli("--readonly").code == 0
    assert ["okx"] == [account.name for account in fake.accounts]


def test_the_file_of_init_can_be_used_with_its_comments_taken_away(cli: Cli, here: Path) -> None:
    cli("init", "--exchange", "okx", "--exchange", "okxus", "--output", "accounts.toml")
    path = here / "accounts.toml"
    tables = [line.removeprefix("# ") for line in path.read_text().splitlines() if "[[" in line or " = " in line]
    used = [line for line in tables if not line.startswith(" ")]
    path.write_text("\n".join(used))

    assert ["okx", "okx-sub", "okxus", "okxus-sub"] == [entry.name for entry in load(path)]
    found = decisions(path, lambda: {rule.id for rule, _module in all_rules()})
    assert ["okx"] == [attest.exchange for attest in found.attests]
    assert ["key-not-ip-bound"] == [mute.rule for mute in found.mutes]


def test_init_leaves_a_file_alone_unless_forced(cli: Cli, here: Path) -> None:
    (here / "accounts.toml").write_text("mine")

    assert cli("init", "--output", "accounts.toml").code == 2
    assert "mine" == (here / "accounts.toml").read_text()
    assert cli("init", "--output", "accounts.toml", "--force").code == 0
    assert tomllib.loads((here / "accounts.toml").read_text())["accounts"]


def test_init_knows_exchanges_by_name(cli: Cli) -> None:
    assert "Did you mean okx?" in cli("init", "--exchange", "okxx").err
