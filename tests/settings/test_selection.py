"""Settings: which accounts, with which credentials."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TypedDict, Unpack

import pytest

from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.security.redaction import SECRETS
from auditor.settings import accounts_file as config_file
from auditor.settings.selection import AccountSelection, select_accounts, with_configured

KEYS = {"OKX_APIKEY": "apikey-11111111", "OKX_SECRET": "secret-22222222", "OKX_PASSWORD": "passphrase-33333333"}
ENTRY = """
[[accounts]]
name = "main"
exchange = "okx"
apikey = "env:OKX_APIKEY"
secret = "env:OKX_SECRET"
password = "env:OKX_PASSWORD"
"""
SUB = ENTRY.replace('"main"', '"sub"')


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "default.toml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.toml"


def revealed(account: Account) -> dict[str, str]:
    return {name: secret.get_secret_value() for name, secret in account.credentials.items()}


class Chosen(TypedDict, total=False):
    accounts: tuple[str, ...]
    exchanges: tuple[str, ...]
    base_urls: tuple[str, ...]
    expect_uid: str


def in_file(path: Path, text: str, **more: Unpack[Chosen]) -> tuple[Account, ...]:
    path.write_text(text, encoding="utf-8")
    return select_accounts(AccountSelection(config=path, **more))


def refusal(path: Path, text: str, **more: Unpack[Chosen]) -> str:
    with pytest.raises(UserError) as told:
        in_file(path, text, **more)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_an_exchange_alone_takes_its_credentials_from_the_environment_by_ccxt_names() -> None:
    (account,) = select_accounts(AccountSelection(exchanges=("okx",)))

    assert ("okx", "okx", None, None) == (account.name, account.exchange, account.uid, account.base_url)
    assert revealed(account) == dict(zip(("apiKey", "secret", "password"), KEYS.values(), strict=True))


def test_secrets_leave_the_environment_once_they_are_read() -> None:
    select_accounts(AccountSelection(exchanges=("okx",)))

    assert not set(KEYS) & set(os.environ)


def test_the_redaction_filter_knows_what_was_read() -> None:
    select_accounts(AccountSelection(exchanges=("okx",)))

    assert SECRETS.text("secret-22222222") == "***"


def test_an_account_shows_no_secret() -> None:
    (account,) = select_accounts(AccountSelection(exchanges=("okx",)))

    assert not [value for value in KEYS.values() if value in repr(account) or value in str(account)]


def test_all_missing_variables_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OKX_SECRET")
    monkeypatch.setenv("OKX_PASSWORD", " ")

    with pytest.raises(UserError) as told:
        select_accounts(AccountSelection(exchanges=("okx",)))

    assert ["Missing in the environment: OKX_SECRET, OKX_PASSWORD", "Found there: OKX_APIKEY"] == (
        str(told.value).split(". ")[:2]
    )
    assert "OKX_PASSWORD is the passphrase (the one you chose when creating the key" in str(told.value)


def test_the_same_exchange_twice_is_one_account() -> None:
    assert len(select_accounts(AccountSelection(exchanges=("okx", "okx")))) == 1


@pytest.mark.parametrize("exchange", ["okxx", "OKX"])
def test_an_unknown_exchange_is_told_with_the_nearest(exchange: str) -> None:
    with pytest.raises(UserError, match="Did you mean okx"):
        select_accounts(AccountSelection(exchanges=(exchange,)))


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (" secret-22222222", "white space"),
        ("secret-22222222\n", "white space"),
        ('"secret-22222222"', "quotes"),
        ("'secret-22222222'", "quotes"),
        ("sécret-22222222", "ASCII"),
        ("secret\x00-22222222", "ASCII"),
        ("secret\r\nX-Header: 1", "ASCII"),
        ("short-7", "fewer than 8"),
        ("1234567890", "amount"),
        ("0.00000001", "amount"),
    ],
)
def test_a_malformed_secret_is_told_and_not_repeated(file: Path, tmp_path: Path, value: str, fault: str) -> None:
    (tmp_path / "secret").write_bytes(f"{value}\n".encode())

    told = refusal(file, ENTRY.replace("env:OKX_SECRET", "file:secret"))

    assert fault in told
    assert value.strip() not in told


def test_the_file_names_accounts_with_what_they_have(file: Path) -> None:
    (account,) = in_file(file, ENTRY + 'uid = "123"\nbase_url = "https://openapi.okx.com"\nsandbox = true\n')

    assert ("main", "123", "https://openapi.okx.com", True) == (
        account.name,
        account.uid,
        account.base_url,
        account.sandbox,
    )


def test_two_accounts_may_share_a_variable(file: Path) -> None:
    first, second = in_file(file, ENTRY + SUB)

    assert revealed(first) == revealed(second)


def test_only_chosen_accounts_are_read(file: Path) -> None:
    other = SUB.replace("env:OKX_", "env:NOT_THERE_")

    assert [a.name for a in in_file(file, ENTRY + other, accounts=("main",))] == ["main"]


def test_accounts_of_the_file_can_be_chosen_by_exchange(file: Path) -> None:
    other = SUB.replace('"okx"', '"myokx"')

    assert [a.name for a in in_file(file, ENTRY + other, exchanges=("myokx",))] == ["sub"]


def test_the_default_file_is_used_when_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "default.toml").write_text(ENTRY)

    assert [a.name for a in select_accounts(AccountSelection())] == ["main"]


def test_without_any_file_it_says_what_to_give() -> None:
    with pytest.raises(UserError, match="--exchange okx"):
        select_accounts(AccountSelection())


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_a_file_that_notepad_wrote_is_read(file: Path, start: bytes) -> None:
    file.write_bytes(start + ENTRY.replace("\n", "\r\n").encode())

    assert len(select_accounts(AccountSelection(config=file))) == 1


BAD_FILES = {
    "no TOML": ("[[accounts]\nsecret = hunter2hunter2", "line 1"),
    "no account": ("accounts = []", "no account"),
    "single brackets": ("[accounts]\nname = 'x'", "double brackets"),
    "unknown key at the top": ("account = 1\n" + ENTRY, "Did you mean accounts"),
    "unknown key in an account": (ENTRY + 'passwrd = "x"', "main: Unknown key 'passwrd'. Did you mean password"),
    "camel case": (ENTRY.replace("apikey", "apiKey"), "Did you mean apikey"),
    "no name": (ENTRY.replace('name = "main"', ""), "accounts.1.name: it is missing"),
    "blank name": (ENTRY.replace('"main"', '" "'), "accounts.1.name"),
    "two of one name": (ENTRY + ENTRY, "Two accounts have the name 'main'"),
    "unknown exchange": (ENTRY.replace('"okx"', '"okxs"'), "Unknown exchange 'okxs'"),
    "number as uid": (ENTRY + "uid = 123", "accounts.1.uid: it must be a text in quotes"),
    "text as flag": (ENTRY + 'sandbox = "yes"', "accounts.1.sandbox: it must be true or false"),
    "missing reference": (ENTRY.replace('password = "env:OKX_PASSWORD"', ""), "main: password must say where"),
    "foreign address": (ENTRY + 'base_url = "https://okx.evil.org"', "--trust-host okx.evil.org"),
}


@pytest.mark.parametrize(("text", "expected"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_told_in_one_line(file: Path, text: str, expected: str) -> None:
    assert expected in refusal(file, text)


@pytest.mark.parametrize("literal", ["hunter2hunter2", "env:", "vault:hunter2hunter2", "hunter2:hunter2"])
@pytest.mark.parametrize("key", ["apikey", "secret", "password"])
def test_a_literal_secret_is_refused_and_not_repeated(file: Path, key: str, literal: str) -> None:
    told = refusal(file, ENTRY.replace(f"env:OKX_{key.upper()}", literal))

    assert f'main: {key} must say where the secret lies: "env:NAME"' in told
    assert "hunter2" not in told


@pytest.mark.parametrize("text", ["[[accounts]]\nsecret = hunter2hunter2", "[hunter2hunter2]\n[hunter2hunter2]"])
def test_a_broken_file_does_not_repeat_what_stands_there(file: Path, text: str) -> None:
    assert "hunter2" not in refusal(file, text)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_an_unreadable_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="Cannot read"):
        select_accounts(AccountSelection(config=tmp_path / name))


def test_bytes_that_are_no_text_are_told(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UserError, match="UTF-8"):
        select_accounts(AccountSelection(config=file))


def test_an_unknown_account_is_told_with_the_nearest(file: Path) -> None:
    assert "Did you mean main" in refusal(file, ENTRY, accounts=("mian",))


def test_an_exchange_without_account_in_the_file_is_told(file: Path) -> None:
    assert "no account at myokx" in refusal(file, ENTRY, exchanges=("myokx",))


def test_accounts_and_exchanges_do_not_go_together() -> None:
    with pytest.raises(UserError, match="not both"):
        select_accounts(AccountSelection(exchanges=("okx",), accounts=("main",)))


def test_a_secret_in_a_file_loses_one_line_end_and_no_more(file: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file-444\n")
    (tmp_path / "secret").chmod(0o600)

    (account,) = in_file(file, ENTRY.replace("env:OKX_SECRET", "file:secret"))

    assert account.credentials["secret"].get_secret_value() == "from-a-file-444"


@pytest.mark.skipif(os.name != "posix", reason="modes")
@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_secret_that_others_can_read_is_warned_about(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int, warned: bool
) -> None:
    (tmp_path / "secret").write_text("from-a-file-444")
    (tmp_path / "secret").chmod(mode)

    in_file(file, ENTRY.replace("env:OKX_SECRET", "file:secret"))

    assert warned == ("can be read by others" in capsys.readouterr().err)


def test_a_missing_secret_file_is_named(file: Path) -> None:
    assert "nowhere" in refusal(file, ENTRY.replace("env:OKX_SECRET", "file:nowhere"))


def test_a_keyring_is_asked_for_the_name_and_the_key(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(get_password=lambda service, user: f"{service}/{user}")
    monkeypatch.setitem(sys.modules, "keyring", fake)

    (account,) = in_file(file, ENTRY.replace("env:OKX_SECRET", "keyring:okx-main"))

    assert account.credentials["secret"].get_secret_value() == "okx-main/secret"


def test_an_empty_keyring_says_how_to_fill_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda *_: None))

    assert "keyring set okx-main secret" in refusal(file, ENTRY.replace("env:OKX_SECRET", "keyring:okx-main"))


def test_a_failing_keyring_is_told_without_what_it_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: str) -> str:
        raise RuntimeError("hunter2hunter2")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=fail))

    assert "RuntimeError" in (told := refusal(file, ENTRY.replace("env:OKX_SECRET", "keyring:okx-main")))
    assert "hunter2" not in told


def test_a_missing_keyring_says_how_to_install_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    assert "pip install" in refusal(file, ENTRY.replace("env:OKX_SECRET", "keyring:okx-main"))


def test_the_expected_uid_goes_with_one_account(file: Path) -> None:
    assert in_file(file, ENTRY + 'uid = "1"', expect_uid="2")[0].uid == "2"
    assert "one account, and 2" in refusal(file, ENTRY + SUB, expect_uid="2")


def test_a_base_url_goes_with_one_exchange(file: Path) -> None:
    both = ENTRY + SUB.replace('"okx"', '"myokx"')

    assert "one exchange, and 2" in refusal(file, both, base_urls=("http://127.0.0.1:1",))


def test_a_proxy_does_not_go_with_this_computer() -> None:
    choice = AccountSelection(exchanges=("okx",), base_urls=("http://127.0.0.1:1",), proxy="http://proxy:3128")

    with pytest.raises(UserError, match="this computer"):
        select_accounts(choice)


def test_options_reach_every_account() -> None:
    (account,) = select_accounts(AccountSelection(exchanges=("okx",), base_urls=("http://127.0.0.1:1/",), sandbox=True))

    assert ("http://127.0.0.1:1", True) == (account.base_url, account.sandbox)


def test_a_foreign_host_is_trusted_by_name() -> None:
    choice = AccountSelection(
        exchanges=("okx",), base_urls=("https://mine.example.org",), trust_hosts=("mine.example.org",)
    )

    assert select_accounts(choice)[0].base_url == "https://mine.example.org"


OTHER_NAMES = {
    "okx": ("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE"),
    "binance": ("BINANCE_API_KEY", "BINANCE_API_SECRET"),
    "gate": ("GATEIO_API_KEY", "GATEIO_API_SECRET"),
    "kucoin": ("KUCOIN_API_KEY", "KUCOIN_API_SECRET", "KUCOIN_API_PASSPHRASE"),
    "kraken": ("KRAKEN_API_KEY", "KRAKEN_API_SECRET"),
}
VALUES = ("apikey-11111111", "c2VjcmV0LTIyMjIyMjIy", "passphrase-33333333")


@pytest.mark.parametrize("exchange", OTHER_NAMES)
def test_the_names_that_people_have_are_taken_too_and_leave_the_environment(
    monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    clear(monkeypatch)
    names = OTHER_NAMES[exchange]
    for name, value in zip(names, VALUES, strict=False):
        monkeypatch.setenv(name, value)

    (account,) = select_accounts(AccountSelection(exchanges=(exchange,)))

    assert list(VALUES[: len(names)]) == list(revealed(account).values())
    assert not {*names} & {*os.environ}


def clear(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)


def test_two_names_with_different_values_are_refused_and_named_without_their_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OKX_SECRET_KEY", "another-44444444")

    with pytest.raises(UserError) as told:
        select_accounts(AccountSelection(exchanges=("okx",)))

    assert "OKX_SECRET and OKX_SECRET_KEY are both set, to different values. Remove the wrong one." == str(told.value)


def test_two_names_with_the_same_value_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKX_SECRET_KEY", KEYS["OKX_SECRET"])

    (account,) = select_accounts(AccountSelection(exchanges=("okx",)))

    assert KEYS["OKX_SECRET"] == revealed(account)["secret"]
    assert "OKX_SECRET_KEY" not in os.environ


def test_a_name_that_is_not_known_is_named_beside_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    clear(monkeypatch)
    monkeypatch.setenv("OKX_MY_APIKEY", "apikey-11111111")

    with pytest.raises(UserError, match="Found there, but not a name that is read: OKX_MY_APIKEY") as told:
        select_accounts(AccountSelection(exchanges=("okx",)))

    assert "apikey-11111111" not in str(told.value)


def test_a_malformed_secret_is_named_by_the_variable_that_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OKX_SECRET")
    monkeypatch.setenv("OKX_API_SECRET", '"secret-22222222"')

    with pytest.raises(UserError, match="OKX_API_SECRET is malformed: it has quotes"):
        select_accounts(AccountSelection(exchanges=("okx",)))


def test_a_file_takes_only_the_name_that_it_says(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OKX_SECRET")
    monkeypatch.setenv("OKX_API_SECRET", "secret-22222222")

    told = refusal(file, ENTRY)

    assert "Missing in the environment: OKX_SECRET. " in told
    assert "not a name that is read: OKX_API_SECRET" in told


def test_an_exchange_without_variables_is_taken_from_the_default_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "default.toml").write_text(ENTRY.replace("env:OKX", "env:MINE"))
    choice = AccountSelection(exchanges=("okx",))

    assert choice == with_configured(choice)
    clear(monkeypatch)
    assert tmp_path / "default.toml" == with_configured(choice).config
    assert with_configured(AccountSelection(exchanges=("okx", "binance"))).config is None
