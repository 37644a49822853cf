"""An account's credentials: no ordinary way of writing a value down shows them."""

import json
import pprint
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from pydantic import SecretStr

from auditor.model.account import Account
from auditor.security.credentials import SecretReader, SecretReference

PLANTED = "planted-secret-1"
ENVIRONMENT = {"OKX_SECRET": PLANTED}


@pytest.fixture
def secret(tmp_path_factory: pytest.TempPathFactory) -> SecretStr:
    """A secret as the program reads it."""
    vault = SecretReader(tmp_path_factory.mktemp("secrets"), dict(ENVIRONMENT))
    return vault.read(SecretReference("env", "OKX_SECRET", "secret"))


@pytest.fixture
def account(secret: SecretStr) -> Account:
    return Account(name="mine", exchange="okx", credentials={"secret": secret})


REFUSED: dict[str, Callable[[Any], object]] = {
    "JSON": json.dumps,
    "JSON of a list": lambda secret: json.dumps([secret]),
    "JSON of a table": lambda secret: json.dumps({"secret": secret}),
    "JSON of a table's key": lambda secret: json.dumps({secret: 1}),
    "concatenation": lambda secret: "key=" + secret,
    "concatenation from the left": lambda secret: secret + "=key",
    "join": lambda secret: ", ".join(["key", *[secret]]),
    "slicing": lambda secret: secret[:],
    "iteration": list,
    "encoding": lambda secret: secret.encode(),
    "bytes": bytes,
}


@pytest.mark.parametrize("way", REFUSED)
def test_a_secret_cannot_be_used_as_a_text_by_accident(secret: SecretStr, way: str) -> None:
    with pytest.raises((TypeError, AttributeError)) as error:
        REFUSED[way](secret)

    assert PLANTED not in "".join(traceback.format_exception(error.value))


SHOWN: dict[str, Callable[[object], str]] = {
    "str": str,
    "repr": repr,
    "ascii": ascii,
    "format": format,
    "an f-string": lambda secret: f"{secret}",
    "an f-string of its repr": lambda secret: f"{secret!r}",
    "percent": lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - logging formats so
    "str.format": "{}".format,
    "pprint": pprint.pformat,
    "a list": lambda secret: str([secret]),
    "JSON with str for what it does not know": lambda secret: json.dumps(secret, default=str),
    "an error": lambda secret: str(ValueError(secret)),
}


@pytest.mark.parametrize("way", SHOWN)
def test_a_secret_shows_only_asterisks(secret: SecretStr, way: str) -> None:
    shown = SHOWN[way](secret)

    assert PLANTED not in shown
    assert "*" in shown


@pytest.mark.parametrize("way", SHOWN)
def test_an_account_shows_no_secret(account: Account, way: str) -> None:
    assert PLANTED not in SHOWN[way](account)
    assert PLANTED not in SHOWN[way](asdict(account))


def test_the_value_is_handed_out_only_when_asked_for_by_name(secret: SecretStr) -> None:
    assert PLANTED == secret.get_secret_value()
