"""The one place through which every sentence for a person goes, so that a catalogue can translate it.

Write ``_("{amount} {asset} left").format(...)``: the template is the key, never an f-string.
"""

import gettext

_catalogue = gettext.NullTranslations()


def _(template: str) -> str:
    """``template`` in the language of the person."""
    return _catalogue.gettext(template)
