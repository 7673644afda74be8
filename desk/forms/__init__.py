"""Official papers, one file each; `drawing` has what they share.

A new form is one file here and one line in `FORMS`, the order in which a menu shows them. The list is written out
because a bundle holds only what is imported by name.
"""

from types import ModuleType

from desk.forms import slip

FORMS: tuple[ModuleType, ...] = (slip,)
