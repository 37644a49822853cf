"""The user's configuration file: accounts, and references to their secrets."""

import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from auditor.i18n import Message, Text, _, joined, mark
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.model.suppressions import Decisions
from auditor.security.credentials import SecretReference, parse_reference
from auditor.settings import exchange_checks as needs
from auditor.settings import suppressions_file as config_decisions
from auditor.settings.suppressions_file import AttestTable, MuteTable

FILE_NAME = "accounts.toml"
LARGEST = 1024 * 1024
"""Bytes of a configuration file."""
EntryName = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]{0,62}[^\s\x00-\x1f\x7f])?$")
]
_ERROR_TEXTS = {
    "missing": mark("it is missing"),
    "string_type": mark("it must be a text in quotes"),
    "bool_type": mark("it must be true or false"),
    "list_type": mark("write it as [[accounts]], in double brackets"),
    "string_pattern_mismatch": mark("it must be one line without white space around it"),
    "string_too_short": mark("it is blank"),
    "extra_forbidden": mark("there is no such key"),
    "date_type": mark("write it as a date without quotes, such as 2026-08-01"),
}


class _Strict(BaseModel):
    """A model without type coercion.

    Extra keys are allowed here: `_check_keys` reports them with the nearest known one.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)


class AccountEntry(_Strict):
    """One ``[[accounts]]`` table.

    Its extra keys are references to secrets; which ones, depends on the exchange.
    """

    name: EntryName
    exchange: EntryName
    uid: EntryName | None = None
    base_url: str | None = None
    services: dict[str, str] = {}
    sandbox: bool = False
    named: list[EntryName] = []

    def references(self) -> dict[str, SecretReference]:
        """Return the reference to each credential, by ccxt's name.

        Raises UserError when one is missing or a literal secret.
        """
        extra = self.model_extra or {}
        return {
            name: parse_reference(extra.get(name.lower()), name.lower(), f"{self.name}: {name.lower()}")
            for name in needs.credentials(self.exchange)
        }


class ConfigFile(_Strict):
    """The content of the configuration file."""

    accounts: list[AccountEntry] = []
    attest: list[AttestTable] = []
    mute: list[MuteTable] = []


def default_path() -> Path:
    """Return the path of the file when ``--config`` is not given."""
    return platformdirs.user_config_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def load(path: Path) -> tuple[AccountEntry, ...]:
    """Read and check the accounts in the file, without reading their secrets. Raises UserError."""
    accounts = accounts_in(path)
    if not accounts:
        text = _("There is no account in it. Run `audit login` to add one.")
        raise UserError(joined(": ", (path, text)))
    return accounts


def accounts_in(path: Path) -> tuple[AccountEntry, ...]:
    """Return the accounts as `load` does, and none where the file has none. Raises UserError."""
    return tuple(_load_file(path)[0].accounts)


def is_configured() -> bool:
    """Return whether a file at the default path names accounts; a faulty one counts, so that its fault is shown."""
    path = default_path()
    try:
        return path.is_file() and bool(accounts_in(path))
    except (UserError, OSError):
        return True


def decisions(path: Path, rule_ids: Callable[[], Collection[str]]) -> Decisions:
    """Read the decisions in the file: attested requirements, muted findings. Raises UserError.

    ``rule_ids``: returns the ids of all rules.
    """
    suppressed = _load_file(path)[1]
    try:
        config_decisions.check_rules(suppressed.mutes, rule_ids)
    except UserError as problem:
        raise UserError(joined(": ", (path, problem.message))) from None
    return suppressed


def _load_file(path: Path) -> tuple[ConfigFile, Decisions]:
    data = _parse_file(path)
    try:
        content = ConfigFile.model_validate(data)
        _check_keys(content.model_extra or {}, ConfigFile.model_fields)
        for entry in content.accounts:
            _check_entry(entry)
        _check_names(content.accounts)
        suppressed = config_decisions.decisions(content.attest, content.mute)
    except ValidationError as error:
        raise UserError(joined(": ", (path, _first_error(error)))) from None
    except UserError as problem:
        raise UserError(joined(": ", (path, problem.message))) from None
    return content, suppressed


def _parse_file(path: Path) -> Mapping[str, Any]:
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("{path} is not TOML: {why}.").format(path=path, why=_position(error))) from None
    except (ValueError, ArithmeticError, RecursionError):  # a number or a depth that Python does not take
        raise UserError(_("{path} is not TOML: {why}.").format(path=path, why=_("no file of this kind"))) from None


def read_text(path: Path) -> str:
    """Return the text of a configuration file. Raises UserError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UserError(_("{path} is too large for a configuration file.").format(path=path))
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise UserError(_("{path} is not UTF-8 text.").format(path=path)) from None
    except ValueError:  # a path that Python does not take
        raise UserError(_("{path} is not TOML: {why}.").format(path=path, why=_("no file of this kind"))) from None


def _position(error: tomllib.TOMLDecodeError) -> Text:
    """Return the position of a syntax error without the text there, which may be a secret."""
    return str(error)[str(error).rfind("(") :].strip("()") if "(" in str(error) else _("it breaks off")


def _check_entry(entry: AccountEntry) -> None:
    needs.check_exchange(entry.exchange)
    secrets = [name.lower() for name in needs.credentials(entry.exchange)]
    _check_keys(entry.model_extra or {}, [*AccountEntry.model_fields, *secrets], entry.name)
    entry.references()
    needs.parse_names(entry.exchange, entry.named)


def _check_keys(keys: Iterable[str], allowed: Iterable[str], where: str = "") -> None:
    choices = list(allowed)
    for key in keys:
        if key not in choices:
            sentence = unknown(_("key"), key, choices)
            raise UserError(joined(": ", (where, sentence)) if where else sentence)


def _check_names(entries: Sequence[AccountEntry]) -> None:
    names = [entry.name for entry in entries]
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise UserError(_("Two accounts have the name {name!r}.").format(name=twice[0]))


def _first_error(error: ValidationError) -> Message:
    detail = error.errors()[0]
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    problem = _("{clause}.").format(clause=_(_ERROR_TEXTS.get(detail["type"], detail["msg"])))
    return joined(": ", (where, problem))
