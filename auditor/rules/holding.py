"""Something is held that no finer rule speaks of.

Finds: anything that a place showed, that is not nothing, and that no other rule reported.
Why it blocks: what is held holds the account back, whether or not this program has a better word for it.
What to do: look there in the exchange's app and clear it.
Source: none is needed: it is the program's own safeguard against a gap in its rules.
"""

from auditor.model.report import Severity
from auditor.rules import Rule

# The engine itself reports it, after all other rules have run.
RULE = Rule(
    id="holding", title="Something held that no finer rule names", severity=Severity.BLOCKER, check=lambda _view: ()
)
