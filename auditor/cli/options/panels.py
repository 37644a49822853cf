"""Headings under which help lists the options of a command."""

from auditor.i18n import mark

ACCOUNT = mark("Which account")
SCHEDULE = mark("When to check")
NEWS = mark("Notifications")
UNITS = mark("Run as a service")
OUTPUT = mark("Output")
CONNECTION = mark("Key and connection")
LIMITS = mark("Time limits")
GENERAL = mark("Common options")
# In the order in which help lists them; an option without a heading comes first of all.
PANELS = ("", ACCOUNT, SCHEDULE, NEWS, UNITS, OUTPUT, CONNECTION, LIMITS, GENERAL)
