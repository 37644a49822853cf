"""Known vulnerabilities: a finding fails, and what could not be looked into is not taken for none."""

import json
import subprocess
from types import SimpleNamespace
from typing import Any

import pytest

from tools import vulnerabilities

KNOWN = {"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"]}
SOUND = {"name": "sound", "version": "1", "vulns": []}
WEAK = {"name": "weak", "version": "2.10", "vulns": [KNOWN]}
SKIPPED = {"name": "unknown", "skip_reason": "not found"}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What pip-audit prints, by service."""
    answers: dict[str, str] = {}

    def run(command: list[str], **_more: Any) -> SimpleNamespace:
        return SimpleNamespace(stdout=answers.get(command[command.index("--vulnerability-service") + 1], ""))

    monkeypatch.setattr(subprocess, "run", run)
    return answers


def packages(*found: object) -> str:
    return json.dumps({"dependencies": found, "fixes": []})


@pytest.mark.parametrize(
    ("found", "code", "told"),
    [
        ((SOUND,), 0, "1 packages audited, 0 known vulnerabilities\n"),
        ((SOUND, SKIPPED), 0, "not audited: unknown\n1 packages audited, 0 known vulnerabilities\n"),
        (
            (SOUND, WEAK),
            1,
            "weak 2.10: PYSEC-2019-217, mended in 2.10.1\n2 packages audited, 1 known vulnerabilities\n",
        ),
    ],
)
def test_a_known_vulnerability_fails(
    services: dict[str, str], capsys: pytest.CaptureFixture[str], found: tuple[object, ...], code: int, told: str
) -> None:
    services["pypi"] = packages(*found)

    assert (code, told) == (vulnerabilities.main(), capsys.readouterr().out)


def test_the_other_service_is_asked_where_the_first_knows_nothing(services: dict[str, str]) -> None:
    services.update(pypi=packages(SKIPPED), osv=packages(WEAK))

    assert 1 == vulnerabilities.main()


def test_no_service_is_said_and_is_no_finding(services: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert (0, True) == (vulnerabilities.main(), capsys.readouterr().err.startswith("NOT AUDITED"))
