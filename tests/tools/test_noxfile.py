"""The sessions of noxfile.py run what there is, and CONTRIBUTING.md names each of them."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOXFILE = (ROOT / "noxfile.py").read_text(encoding="utf-8")
MODULES = re.findall(r'^    run\(session, "([\w.]+)"', NOXFILE, re.MULTILINE)
SESSIONS = re.findall(r"^@nox\.session\ndef (\w+)", NOXFILE, re.MULTILINE)


@pytest.mark.parametrize("module", MODULES)
def test_a_session_runs_a_module_that_there_is(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


def test_each_session_is_named_to_contributors() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [] == [session for session in SESSIONS if session != "check" and f"`nox -s {session}`" not in page]


def test_the_check_of_everything_runs_sessions_that_there_are() -> None:
    checks = re.findall(r'"(\w+)"', NOXFILE.partition("CHECKS = (")[2].partition(")")[0])
    assert {"lint", "types", "layers", "tests"} == set(checks) <= set(SESSIONS)
