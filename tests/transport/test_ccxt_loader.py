"""Loading one exchange of ccxt's hundred: it comes alone, all of them do, and the plain import is still there."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVERY = 8

ONE = """
import json, sys
from auditor.transport.ccxt.loader import exchange_class
found = exchange_class({exchange!r})
others = [name for name in sys.modules if name.startswith("ccxt.async_support.") and name.count(".") == 2]
print(json.dumps({{"id": found({{}}).id, "modules": sorted(name.rpartition(".")[2] for name in others)}}))
"""

PLAIN = """
import importlib, sys
from auditor.exchanges.catalogue import ccxt_ids
from auditor.transport.ccxt import loader as loading
real = importlib.import_module

def refuse(name, *rest):
    if name == "ccxt.async_support.okx" and getattr(sys.modules.get("ccxt"), "__file__", None) is None:
        raise ImportError("this module needs the whole package")
    return real(name, *rest)

importlib.import_module = refuse
found = loading.exchange_class({exchange!r})
import ccxt.async_support
print(found is getattr(ccxt.async_support, {exchange!r}))
print(ccxt.async_support.exchanges == list(ccxt_ids()))
importlib.import_module = real
try:
    loading.exchange_class("okxx")
except ImportError as error:
    print(error)
"""

MANY = """
import json, sys
from auditor.transport.ccxt.loader import exchange_class
faults = {{}}
for name in {exchanges!r}:
    for loaded in [each for each in sys.modules if each.split(".")[0] == "ccxt"]:
        del sys.modules[loaded]
    try:
        made = exchange_class(name)({{}})
        if made.id != name or "exchanges" in vars(sys.modules["ccxt"]):
            faults[name] = "not alone"
    except Exception as error:
        faults[name] = repr(error)
print(json.dumps(faults))
"""


def run(code: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout.strip()


def ccxt_exchanges() -> list[str]:
    """Every exchange that the installed ccxt has, by its files."""
    spec = find_spec("ccxt")
    assert spec is not None
    assert spec.submodule_search_locations
    files = (Path(spec.submodule_search_locations[0]) / "async_support").glob("*.py")
    return sorted(file.stem for file in files if not file.stem.startswith("_"))


def test_an_exchange_comes_without_the_others() -> None:
    expected = {"id": "okx", "modules": ["base", "okx"]}
    assert expected == json.loads(run(ONE.format(exchange="okx")))


@pytest.mark.slow("a process of its own")
def test_an_exchange_that_stands_on_another_brings_that_one_alone() -> None:
    expected = {"id": "myokx", "modules": ["base", "myokx", "okx"]}
    assert expected == json.loads(run(ONE.format(exchange="myokx")))


@pytest.mark.slow("imports all of ccxt")
def test_the_plain_import_serves_when_a_module_needs_its_package() -> None:
    """It brings every exchange that is known by its file, and one that ccxt does not have is an ImportError."""
    assert ["True", "True", "ccxt has no exchange okxx"] == run(PLAIN.format(exchange="okx")).splitlines()


@pytest.mark.slow("a process for each")
def test_exchanges_of_ccxt_load_alone(campaign: bool) -> None:
    chosen = ccxt_exchanges() if campaign else ccxt_exchanges()[::EVERY]
    assert {} == json.loads(run(MANY.format(exchanges=chosen)))


def test_help_loads_nothing_heavy() -> None:
    found = "print({'ccxt', 'pandas', 'rich', 'pydantic', 'tomllib'} & sys.modules.keys())"
    code = f"import sys\nfrom auditor.__main__ import main\nmain(['--help'])\n{found}"
    assert "set()" == run(code).splitlines()[-1]
