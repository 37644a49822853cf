"""The accounts of the campaign: one that is clean, and for each surface one that holds exactly one thing, there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.demo import Account
from tests.okx.bare import BARE
from tests.okx.samples import HOLDS_NOTHING, KEPT, LOOK_BY_EYE, SAMPLES, Row, Sample, ago

PAGE = 100
CELLAR = replace(
    BARE,
    name="cellar",
    apikey="demo-cellar-key",
    secret="demo-cellar-secret",
    passphrase="demo-cellar-passphrase",
    uid=str(KEPT["users/subaccount/list"][0]["uid"]),
    kind="1",
)


def accounts(surface: str, *, holding: bool) -> tuple[Account, ...] | None:
    """The accounts to audit in one pass; None where the surface is not asked of such an account at all."""
    sample = SAMPLES.get(surface) or LOOK_BY_EYE.get(surface)
    if surface.startswith("subaccount-"):
        books = sample.books if sample and holding else KEPT
        return replace(BARE, books=books), CELLAR
    if sample is None:
        return _reference(surface, holding=holding)
    finished = {sample.path: _finished(sample)} if sample.finished else {}
    if not holding:
        return (replace(BARE, books={**_beside(surface, sample), **finished}, mode=sample.mode),)
    rows = [*finished.get(sample.path, ()), *sample.rows]
    return (replace(BARE, books={**sample.with_, sample.path: rows}, mode=sample.mode),)


def _beside(surface: str, sample: Sample) -> Mapping[str, Sequence[Row]]:
    """What a clean account must have for this surface to be asked: stable rewards of which nothing is left."""
    return sample.with_ if surface == "stable-rewards-requests" else {}


def _reference(surface: str, *, holding: bool) -> tuple[Account, ...] | None:
    """Facts about markets are asked only when something is left; all else is asked always, and holds nothing."""
    if surface not in HOLDS_NOTHING:
        return None if holding else (BARE,)
    left = SAMPLES["trading" if surface == "convertible-trading" else "funding"]
    return (replace(BARE, books=left.books),) if holding else None


def _finished(sample: Sample) -> list[Row]:
    """A full page of rows that hold nothing, and some more, all newer than the one that does."""
    template = sample.finished or {}
    return [_numbered(template, index) for index in range(PAGE + 5)]


def _numbered(template: Row, index: int) -> Row:
    words = {"{number}": str(1_000_000 + index), "{time}": ago(1 + index / 10)}
    return {name: _filled(value, words) for name, value in template.items()}


def _filled(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, str):
        for word, meaning in words.items():
            value = value.replace(word, meaning)
    return value
