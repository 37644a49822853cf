"""The programs of CI: a finding fails, and what could not be looked into is not taken for none."""

import json
import subprocess
from types import SimpleNamespace
from typing import Any

import pytest

from tools import mutants, vulnerabilities

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


DIFF = """# auditor.transport.cursor_pagination.xǁ_Pagesǁ_key__mutmut_3: survived
--- auditor/transport/cursor_pagination.py
+++ auditor/transport/cursor_pagination.py
@@ -1,4 +1,4 @@
 def _key(self, row: object) -> int | None:
-    if len(value) > LONGEST_KEY:
+    if len(value) >= LONGEST_KEY:
         return None
"""
MUTANT = (
    "auditor.transport.cursor_pagination _Pages._key\n- if len(value) > LONGEST_KEY:\n+ if len(value) >= LONGEST_KEY:"
)


def test_a_mutant_is_known_by_its_lines_and_not_by_its_number() -> None:
    assert MUTANT == mutants.described("auditor.transport.cursor_pagination.xǁ_Pagesǁ_key__mutmut_3", DIFF)
    assert "auditor.audit.confirmation _first" == mutants.described(
        "auditor.audit.confirmation.x__first__mutmut_12", ""
    )


def test_a_mutant_is_accepted_with_its_reason() -> None:
    assert {MUTANT: "no key is so long"} == mutants.accepted(f"\n# no key\n# is so long\n{MUTANT}\n\n\n")


def test_a_mutant_is_not_accepted_without_a_reason() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        mutants.accepted(MUTANT)


def test_every_accepted_mutant_has_a_reason() -> None:
    accepted = mutants.accepted(mutants.ACCEPTED.read_text(encoding="utf-8"))
    assert [] == [entry for entry, reason in accepted.items() if not reason]


@pytest.mark.parametrize(
    ("survivors", "whole", "expected"),
    [
        ({"accepted"}, True, []),
        ({"accepted", "new"}, True, [("SURVIVED", "new")]),
        (set[str](), True, [("STALE", "accepted")]),
        (set[str](), False, []),
        ({"new"}, False, [("SURVIVED", "new")]),
    ],
)
def test_what_survives_must_be_accepted_and_what_is_accepted_must_survive_where_all_were_tried(
    survivors: set[str], whole: bool, expected: list[tuple[str, str]]
) -> None:
    assert expected == mutants.wrong(survivors, {"accepted"}, whole=whole)
