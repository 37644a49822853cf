"""Kraken Futures: the right that every read needs, as the form for a key names it."""

from auditor.i18n import mark

READ = mark("General API: Read only")
