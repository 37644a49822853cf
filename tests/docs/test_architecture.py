"""docs/architecture.md names what there is: every package, the layers that are checked, files that answer questions."""

import re
import tomllib
from pathlib import Path

import pytest

from auditor.exchanges.registry import all_ids

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`((?:auditor|config|tests|tools|benchmarks)/[^`<]*)`", PAGE)))
LAYERS = [line.split() for line in PAGE.split("\n```\n")[1].splitlines()]
QUESTIONS = {
    "lot residue": ("auditor/rules/lot_residue.py", "lot size"),
    "OKX's bills": ("auditor/exchanges/okx/ledgers.py", "asset/bills"),
    "a refused key": ("auditor/model/report.py", "EXIT_CODES"),
    "quarter file of OKX": ("auditor/archive/imports/okx_quarter.py", "FORMAT = "),
    "exchange banned": ("auditor/fleet/bans.py", "def note_bans"),
    "a nonce": ("auditor/transport/ccxt/nonces.py", "def nonce"),
    "a number in an answer": ("auditor/transport/ccxt/json_body.py", "def decoded_body"),
}


def packages() -> set[str]:
    """Every package of the program, but for the exchanges and the venues of the demo, which are found by their id."""
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "auditor").rglob("__init__.py")}
    ids = {f"auditor/{parent}/{exchange}" for parent in ("exchanges", "demo") for exchange in all_ids()}
    return folders - ids - {"auditor"}


def test_every_package_is_named() -> None:
    named = {path.rstrip("/") for path in PATHS if path.startswith("auditor/")}
    assert set() == packages() - named


@pytest.mark.parametrize("path", PATHS)
def test_everything_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).is_dir() == path.endswith("/")
    assert (ROOT / path).exists()


def test_the_layers_are_those_that_are_checked() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (checked,) = [contract["layers"] for contract in linter["contracts"] if contract["type"] == "layers"]
    assert [layer.split(" | ") for layer in checked] == LAYERS


@pytest.mark.parametrize("words", QUESTIONS)
def test_the_page_names_the_file_that_answers_a_question(words: str) -> None:
    file, content = QUESTIONS[words]
    (line,) = [line for line in PAGE.splitlines() if line.startswith("| ") and words in line]
    assert f"`{file}`" in line
    assert content in (ROOT / file).read_text(encoding="utf-8")
