"""Mutants: each survivor is accepted with a reason, or fails."""

import pytest

from tools import mutants

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
    assert MUTANT == mutants.describe_mutant("auditor.transport.cursor_pagination.xǁ_Pagesǁ_key__mutmut_3", DIFF)
    assert "auditor.audit.confirmation _first" == mutants.describe_mutant(
        "auditor.audit.confirmation.x__first__mutmut_12", ""
    )


def test_a_mutant_is_accepted_with_its_reason() -> None:
    assert {MUTANT: "no key is so long"} == mutants.read_accepted(f"\n# no key\n# is so long\n{MUTANT}\n\n\n")


def test_a_mutant_is_not_accepted_without_a_reason() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        mutants.read_accepted(MUTANT)


def test_every_accepted_mutant_has_a_reason() -> None:
    accepted = mutants.read_accepted(mutants.ACCEPTED.read_text(encoding="utf-8"))
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
    assert expected == mutants.unexpected_mutants(survivors, {"accepted"}, whole=whole)
