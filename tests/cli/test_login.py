"""`audit login` and `audit logout`: a key that is typed or pasted, proved, stored, used and forgotten."""

import io
import logging
import os
import stat
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from auditor.__main__ import main
from auditor.audit import audit_once as core
from auditor.cli.commands import audit as run
from auditor.cli.commands import login_run
from auditor.demo import DemoExchange, serve
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.security import secret_looks
from auditor.security.redaction import SECRETS
from auditor.settings import accounts_file as config_file
from auditor.settings.accounts_file import load
from tests.cli.conftest import Ran
from tests.exchanges.okx.bare import BARE

WIDE = replace(BARE, name="wide", perm="read_only,trade", apikey="demo-wide-key", uid="710000000000000902")
OTHER = replace(BARE, name="other", apikey="demo-other-key", secret="demo-other-secret", uid="710000000000000903")
KEY, SECRET, PASSPHRASE = BARE.apikey, BARE.secret, BARE.passphrase
ENTER = "\r"
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes")
Login = Callable[..., Ran]


@dataclass(eq=False)
class Ring(KeyringBackend):
    """A keyring in memory."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    full: bool = False
    name = "Ring in memory"
    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.full and username != "apikey":
            raise RuntimeError(password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@dataclass
class Typist:
    """Types or pastes one burst after another; nothing more comes within a burst's gap."""

    bursts: list[str]

    def read(self) -> str:
        while self.bursts and not self.bursts[0]:
            self.bursts.pop(0)
        if not self.bursts:
            return ""
        first, self.bursts[0] = self.bursts[0][0], self.bursts[0][1:]
        return first

    def has_more(self, _seconds: float) -> bool:
        return bool(self.bursts and self.bursts[0])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration file's place, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "home" / "accounts.toml")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(run, "Options", partial(Options, pace=0))
    monkeypatch.setattr(SECRETS, "_known", set())
    monkeypatch.setattr(SECRETS, "_index", None)
    return tmp_path / "home" / "accounts.toml"


@pytest.fixture
def server() -> Iterator[DemoExchange]:
    with serve([BARE, WIDE, OTHER], limits=False) as served:
        yield served


@pytest.fixture
def login(
    home: Path, ring: Ring, server: DemoExchange, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Login:
    """Run `audit login` against the embedded exchange, with a person who types ``bursts``."""

    def typed(*bursts: str, options: Sequence[str] = ()) -> Ran:
        @contextmanager
        def keyboard() -> Iterator[Typist]:
            yield Typist(list(bursts))

        monkeypatch.setattr(login_run, "hidden_keyboard", keyboard)
        monkeypatch.setattr(sys, "stdin", Terminal())
        code = main(["login", "--base-url", server.url, *options])
        ran = Ran(code, *capsys.readouterr())
        assert [] == [secret for secret in (KEY, SECRET, PASSPHRASE) if secret in ran.output]
        return ran

    return typed


def lines(*values: str) -> list[str]:
    return [f"{value}{ENTER}" for value in values]


GIVEN = lines("okx", KEY, SECRET, PASSPHRASE)


def accounts(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["accounts"]
    return found


def test_a_key_is_proved_stored_in_the_keyring_and_used_by_a_plain_audit(
    login: Login, ring: Ring, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = login(*GIVEN)

    assert 0 == ran.code, ran.err
    assert "OK: it can only read" in ran.out
    assert "Stored in the system keyring (Ring in memory) as okx." in ran.err
    service = "exchange-closure-audit-okx"
    assert {"apikey": KEY, "secret": SECRET, "password": PASSPHRASE} == {
        key: ring.kept[service, key] for key in ("apikey", "secret", "password")
    }
    (account,) = accounts(home)
    assert (BARE.uid, f"keyring:{service}") == (account["uid"], account["secret"])
    assert [] == [secret for secret in (KEY, SECRET, PASSPHRASE) if secret in home.read_text()]
    assert 0 == main([])
    assert BARE.uid[-6:] in capsys.readouterr().out


def test_without_any_account_a_plain_audit_shows_the_help_and_names_login(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main([])
    said = capsys.readouterr()
    assert "Usage: audit" in said.out
    assert "`audit login`" in said.err


def test_a_plain_audit_tells_a_faulty_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.parent.mkdir()
    home.write_text("[[accounts]")

    assert 2 == main([])
    assert "is not TOML" in capsys.readouterr().err


def test_the_exchange_is_asked_for_with_one_suggested(login: Login, home: Path) -> None:
    assert 0 == login(ENTER, *GIVEN[1:]).code
    assert "okx" == accounts(home)[0]["exchange"]


def test_the_exchange_of_an_account_that_is_there_is_suggested(login: Login, home: Path) -> None:
    home.parent.mkdir()
    home.write_text(FILE)

    assert "Exchange [binance]: " in login("\r", "n\r", options=["--account", "hand"]).err


def test_an_unknown_exchange_is_asked_for_again(login: Login) -> None:
    ran = login(*lines("okxx"), *GIVEN)

    assert (0, True) == (ran.code, "Did you mean okx" in ran.err)


@pytest.mark.parametrize(
    "pasted",
    [
        f"  {KEY}\t",
        f"\u200b{KEY}\ufeff",
        f"\x1b[200~{KEY}\r\n\x1b[201~",
        f"x\x7f{KEY}",
        f"wrong\x15{KEY}",
        f"\x1b[A{KEY}",
    ],
    ids=["spaces", "no width", "brackets", "backspace", "erased", "arrow key"],
)
def test_what_comes_along_with_a_pasted_key_is_trimmed(login: Login, ring: Ring, pasted: str) -> None:
    assert 0 == login(*lines("okx", pasted, SECRET, PASSPHRASE)).code
    assert KEY == ring.kept["exchange-closure-audit-okx", "apikey"]


@pytest.mark.parametrize("marks", [("", ""), ("\x1b[200~", "\x1b[201~")], ids=["burst", "brackets"])
def test_three_lines_pasted_at_once_are_used_only_when_the_person_says_so(
    login: Login, ring: Ring, marks: tuple[str, str]
) -> None:
    pasted = f"{marks[0]}{KEY}\n{SECRET}\r\n{PASSPHRASE}{marks[1]}{ENTER}"

    ran = login("okx\r", pasted, "y\r")

    assert "You pasted 3 lines. Use them as API key, Secret, Passphrase, in this order? [y/N] yes" in ran.err
    assert (0, SECRET) == (ran.code, ring.kept["exchange-closure-audit-okx", "secret"])


def test_three_lines_that_are_declined_fill_no_field(login: Login, ring: Ring) -> None:
    pasted = f"{KEY}\n{SECRET}\n{PASSPHRASE}\r"

    ran = login("okx\r", pasted, "n\r", *lines(KEY, SECRET, PASSPHRASE))

    assert (0, True) == (ran.code, "None of it was taken" in ran.err)
    assert PASSPHRASE == ring.kept["exchange-closure-audit-okx", "password"]


def test_two_lines_for_one_value_fill_no_field(login: Login, ring: Ring) -> None:
    ran = login("okx\r", f"{KEY}\n{SECRET}\r", *lines(KEY, SECRET, PASSPHRASE))

    assert (0, True) == (ran.code, "You pasted 2 lines. None of it was taken" in ran.err)
    assert SECRET == ring.kept["exchange-closure-audit-okx", "secret"]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("OKX_APIKEY=demo-bare-key", "begins with a name"),
        ("export OKX_APIKEY=demo-bare-key", "begins with a name"),
        ("read -rs OKX_SECRET; read", "has spaces"),
        ('"quoted-key-1111"', "has quotes"),
        ("short", "fewer than 8"),
        ("", "blank"),
        ("clé-de-lecture-1", "ASCII"),
    ],
)
def test_what_cannot_be_a_key_is_asked_for_again_and_not_repeated(login: Login, wrong: str, fault: str) -> None:
    ran = login("okx\r", *lines(wrong, KEY, SECRET, PASSPHRASE))

    assert (0, True) == (ran.code, fault in ran.err)
    assert not wrong or wrong not in ran.err


def test_a_key_that_is_given_as_the_secret_too_is_asked_for_again(login: Login) -> None:
    ran = login("okx\r", *lines(KEY, KEY, SECRET, PASSPHRASE))

    assert (0, True) == (ran.code, "the same as what you gave before (API key)" in ran.err)


@pytest.mark.parametrize("exchange", ["hyperliquid", "upbit"])
def test_no_key_is_asked_for_where_none_is_ever_sent(login: Login, exchange: str) -> None:
    ran = login(options=["--exchange", exchange])

    assert (2, True) == (ran.code, "so no key of it is needed" in ran.err)
    assert "Paste each value" not in ran.err


def test_an_address_that_is_not_the_exchanges_own_is_refused_before_a_key_is_asked_for(login: Login) -> None:
    ran = login("okx\r", options=["--base-url", "https://okx.example.org"])

    assert (2, True) == (ran.code, "--trust-host okx.example.org" in ran.err)
    assert "Paste each value" not in ran.err


UUID, HEX = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "ABCDEF0123456789ABCDEF0123456789"


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ((HEX, UUID, PASSPHRASE), "This looks like the other value (Secret). Use it as API key all the same?"),
        ((KEY, UUID, PASSPHRASE), "This looks like the other value (API key). Use it as Secret all the same?"),
        ((KEY, SECRET, HEX), "not like a passphrase that you chose. Use it as Passphrase all the same?"),
    ],
)
def test_a_value_in_the_wrong_field_is_asked_about(login: Login, values: tuple[str, ...], question: str) -> None:
    wrong = next(number for number, value in enumerate(values) if value in {UUID, HEX})
    before = [(KEY, SECRET, PASSPHRASE)[number] for number in range(wrong)]
    rest = (KEY, SECRET, PASSPHRASE)[wrong:]

    ran = login("okx\r", *lines(*before, values[wrong], "n", *rest))

    assert (0, True) == (ran.code, question in ran.err), ran.err


def test_after_three_wrong_answers_nothing_is_stored(login: Login, ring: Ring, home: Path) -> None:
    ran = login("okx\r", *lines("", "", ""))

    assert (2, {}, False) == (ran.code, ring.kept, home.exists())


def test_a_key_that_can_do_more_is_refused_and_the_boxes_to_untick_are_named(
    login: Login, ring: Ring, home: Path
) -> None:
    ran = login(*lines("okx", WIDE.apikey, WIDE.secret, WIDE.passphrase))

    assert 4 == ran.code
    assert "Nothing was stored. Untick Trade, Withdraw for this key at https://www.okx.com/account/my-api" in ran.err
    assert ({}, False) == (ring.kept, home.exists())


def test_a_key_that_the_exchange_does_not_know_is_not_stored(login: Login, ring: Ring, home: Path) -> None:
    ran = login(*lines("okx", "demo-nobodys-key", SECRET, PASSPHRASE))

    assert (2, {}, False) == (ran.code, ring.kept, home.exists())


@pytest.mark.slow("waits")
def test_an_exchange_that_is_not_reached_says_so_and_nothing_is_stored(login: Login, ring: Ring, home: Path) -> None:
    ran = login(*GIVEN, options=["--base-url", "http://127.0.0.1:1", "--timeout", "2"])

    assert (3, {}, False) == (ran.code, ring.kept, home.exists())
    assert "nothing was stored. Try again later" in ran.err


FILE = """\
# mine
[[accounts]]  # by hand
name = "hand"
exchange = "binance"
apikey = "env:BINANCE_APIKEY"
secret = "env:BINANCE_SECRET"

[[mute]]
rule = "dust-below-minimum"
reason = "it is mine"
until = 2027-01-01
"""


def test_an_existing_file_keeps_what_it_says(login: Login, home: Path) -> None:
    home.parent.mkdir()
    home.write_text(FILE)

    assert 0 == login(*GIVEN).code
    assert [] == [line for line in FILE.splitlines() if line not in home.read_text().splitlines()]
    assert ["hand", "okx"] == [entry.name for entry in load(home)]


def test_a_name_that_another_exchange_has_is_not_taken_away(login: Login, home: Path) -> None:
    home.parent.mkdir()
    home.write_text(FILE)

    ran = login(*GIVEN, options=["--account", "hand", "--exchange", "okx"])

    assert (2, FILE) == (ran.code, home.read_text())
    assert "has an account hand at Binance" in ran.err


def test_an_account_that_is_there_gets_a_new_key_only_when_the_person_says_so(
    login: Login, ring: Ring, home: Path
) -> None:
    login(*GIVEN)
    before = home.read_text()

    ran = login("okx\r", "\r")

    assert (2, before) == (ran.code, home.read_text())
    assert 0 == login("okx\r", "y\r", *GIVEN[1:]).code
    assert {"exchange-closure-audit-okx-2"} == {service for service, _key in ring.kept}
    assert "keyring:exchange-closure-audit-okx-2" == accounts(home)[0]["apikey"]


def test_a_key_of_another_account_does_not_take_the_place_of_this_one(login: Login, ring: Ring, home: Path) -> None:
    login(*GIVEN)
    before = home.read_text(), dict(ring.kept)

    ran = login("okx\r", *lines(OTHER.apikey, OTHER.secret, OTHER.passphrase), options=["--replace"])

    assert (2, before) == (ran.code, (home.read_text(), ring.kept))
    assert f"belongs to uid {OTHER.uid}, not to {BARE.uid}" in ran.err


def test_the_same_account_is_not_stored_under_two_names(login: Login, ring: Ring) -> None:
    login(*GIVEN)
    before = dict(ring.kept)

    ran = login(*GIVEN, options=["--account", "second"])

    assert (2, before) == (ran.code, ring.kept)
    assert "add --account okx" in ran.err


def test_a_keyring_that_keeps_nothing_is_told(login: Login, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "set_password", lambda *_anything: None)

    ran = login(*GIVEN)

    assert (2, False) == (ran.code, home.exists())
    assert "what was read back is not the same" in ran.err


def test_a_keyring_that_fails_half_way_keeps_nothing_and_its_words_are_not_repeated(
    login: Login, ring: Ring, home: Path
) -> None:
    ring.full = True

    ran = login(*GIVEN)

    assert (2, {}, False) == (ran.code, ring.kept, home.exists())
    assert "did not take the key (RuntimeError)" in ran.err


def test_without_a_keyring_it_says_so_before_anything_is_asked(login: Login) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]

    ran = login()

    assert (2, True) == (ran.code, "--store file" in ran.err)
    assert "API key" not in ran.err


def test_a_keyring_that_encrypts_nothing_is_none(login: Login, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "priority", 0.5)

    assert (2, True) == ((ran := login()).code, "no keyring that is open and keeps secrets encrypted" in ran.err)


def test_a_missing_library_of_keyrings_is_named(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    assert (2, True) == ((ran := login()).code, "A keyring needs a package" in ran.err)


@POSIX
def test_a_private_file_is_used_only_when_the_person_says_so(
    login: Login, ring: Ring, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = login(*GIVEN, options=["--store", "file"])

    folder = home.parent / "credentials" / "account-okx"
    assert (0, {}) == (ran.code, ring.kept)
    assert {"apikey": 0o600, "secret": 0o600, "password": 0o600} == {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()
    }
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
    assert "file:credentials/account-okx/secret" == accounts(home)[0]["secret"]
    assert 0 == main([])
    assert "can be read by others" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["..", "con", "主账户", "a/b", "x" * 64, "main account"])
def test_any_name_of_an_account_has_files_of_its_own(login: Login, home: Path, name: str) -> None:
    ran = login(*GIVEN, options=["--store", "file", "--account", name])

    assert 0 == ran.code, ran.err
    (place,) = (home.parent / "credentials").iterdir()
    assert {"apikey", "secret", "password"} == {path.name for path in place.iterdir()}
    assert name == accounts(home)[0]["name"]


def test_for_this_run_only_means_that_it_is_audited_at_once_and_nothing_is_kept(
    login: Login, ring: Ring, home: Path
) -> None:
    ran = login(*GIVEN, options=["--store", "session"])

    assert (0, {}, False) == (ran.code, ring.kept, home.parent.exists())
    assert BARE.uid in ran.out


def raising(error: BaseException) -> Callable[..., Any]:
    async def prove_keys(*_anything: object) -> Any:
        for name in ("auditor.x", "ccxt.base.exchange", "asyncio", "other"):
            logging.getLogger(name).error("headers: %s", [KEY, SECRET, PASSPHRASE], exc_info=ValueError(SECRET))
        raise error

    return prove_keys


@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize("kind", [RuntimeError, KeyError, OSError, UserError, KeyboardInterrupt])
@pytest.mark.parametrize("options", [(), ("--verbose",), ("--store", "file"), ("--store", "session")])
def test_no_error_and_no_log_holds_what_was_entered(
    login: Login, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException], options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(core, "prove_keys", raising(kind(f"{KEY} {SECRET} {PASSPHRASE}")))

    ran = login(*GIVEN, options=options)

    assert (True, True) == (ran.code in {2, 130}, "***" in ran.err)


def test_a_failure_while_a_key_is_being_asked_for_does_not_show_it(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_name: str, value: str, _earlier: object) -> None:
        raise RuntimeError(value)

    monkeypatch.setattr(secret_looks, "pasted_fault", fail)

    assert "internal error: RuntimeError: ***" in login(*GIVEN).err


def test_no_child_inherits_what_was_entered_and_no_file_but_the_stores_holds_it(
    login: Login, home: Path, tmp_path: Path
) -> None:
    assert 0 == login(*GIVEN).code
    main([])

    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    found = [secret for secret in (KEY, SECRET, PASSPHRASE) if secret.encode() in written or secret in str(os.environ)]
    assert ([], True) == (found, home.exists())


def handed_over(monkeypatch: pytest.MonkeyPatch, server: DemoExchange, text: str, *options: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return main(["login", "--base-url", server.url, *options])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_three_lines_on_stdin_are_a_key(
    home: Path, ring: Ring, server: DemoExchange, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    text = end.join((KEY, SECRET, PASSPHRASE, ""))

    assert 0 == handed_over(monkeypatch, server, text, "--stdin", "--exchange", "okx")
    assert PASSPHRASE == ring.kept["exchange-closure-audit-okx", "password"]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", (), "stdin is not a terminal"),
        ("", ("--stdin",), "name the exchange: --exchange okx"),
        (f"{KEY}\n", ("--stdin", "--exchange", "okx"), "stdin has 1 lines, and 3 are needed"),
        (f"{KEY}\n{KEY}\n{KEY}\n", ("--stdin", "--exchange", "okx"), "the same as what you gave before"),
    ],
)
@pytest.mark.usefixtures("home", "ring")
def test_wrong_use_of_stdin_is_told(text: str, options: tuple[str, ...], said: str) -> None:
    with redirect_stderr(io.StringIO()) as err, mock.patch.object(sys, "stdin", io.StringIO(text)):
        assert 2 == main(["login", *options])
    assert (True, False) == (said in err.getvalue(), KEY in err.getvalue())


def test_a_key_on_the_command_line_is_refused_and_not_repeated(login: Login) -> None:
    ran = login(options=["okx", "planted-key-on-argv"])

    assert (2, True) == (ran.code, "Never write it on the command line" in ran.err)
    assert "planted-key-on-argv" not in ran.output


def test_logout_forgets_the_key_and_says_that_it_exists_at_the_exchange(
    login: Login, ring: Ring, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.parent.mkdir()
    home.write_text(FILE)
    login(*GIVEN)

    assert 0 == main(["logout", "--account", "okx"])
    assert ({}, FILE) == (ring.kept, home.read_text())
    assert "still exists at the exchange and can be used. Delete it there: https://www.okx.com/" in (
        capsys.readouterr().err
    )


def test_logout_deletes_the_files_that_login_wrote(login: Login, home: Path) -> None:
    login(*GIVEN, options=["--store", "file"])

    assert 0 == main(["logout"])
    assert [] == list((home.parent / "credentials").iterdir())
    assert 2 == main([])


def test_logout_leaves_what_it_did_not_store_and_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.parent.mkdir()
    (home.parent / "credentials").mkdir()
    (home.parent / "mine").write_text("a-key-of-mine-1111")
    (home.parent / "password").write_text("a-key-of-mine-2222")
    secrets = ('"env:OKX_APIKEY"', '"file:mine"', '"file:credentials/../password"')
    keys = zip(("apikey", "secret", "password"), secrets, strict=True)
    home.write_text("\n".join(("[[accounts]]", 'name = "a"', 'exchange = "okx"', *(f"{k} = {s}" for k, s in keys))))

    assert 0 == main(["logout"])
    assert (True, True) == ((home.parent / "mine").exists(), (home.parent / "password").exists())
    err = capsys.readouterr().err
    assert "The variable OKX_APIKEY stays as it is" in err
    assert "did not write it" in err


def test_logout_leaves_a_key_that_another_account_uses(login: Login, ring: Ring, home: Path) -> None:
    login(*GIVEN)
    home.write_text(home.read_text() + home.read_text().replace('"okx"', '"twin"', 1))
    before = dict(ring.kept)

    assert 0 == main(["logout", "--account", "twin"])
    assert (before, ["okx"]) == (ring.kept, [entry.name for entry in load(home)])


@pytest.mark.parametrize(
    ("options", "said"), [((), "Which one? Add --account NAME: hand, two"), (("--account", "hnd"), "Did you mean hand")]
)
def test_logout_asks_which_account(
    home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    home.parent.mkdir()
    text = FILE + FILE.partition("\n")[2].replace('"hand"', '"two"').replace("dust-below-minimum", "lot-residue")
    home.write_text(text)

    assert 2 == main(["logout", *options])
    assert (True, text) == (said in capsys.readouterr().err, home.read_text())


def test_logout_without_any_account_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["logout"])
    assert "nothing to forget" in capsys.readouterr().err
