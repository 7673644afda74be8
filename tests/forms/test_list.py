"""The list of forms and the folder agree, because a bundle ships what the list imports."""

import pkgutil
import subprocess
import sys

from desk import forms


def test_every_form_in_the_folder_is_in_the_list() -> None:
    in_folder = {module.name for module in pkgutil.iter_modules(forms.__path__)} - {"drawing"}

    assert {form.__name__.rpartition(".")[2] for form in forms.FORMS} == in_folder


def test_no_form_is_listed_twice() -> None:
    assert len(set(forms.FORMS)) == len(forms.FORMS)


def test_filling_in_a_paper_loads_nothing_that_draws() -> None:
    code = "import sys, desk.forms, desk.forms.slip; sys.exit('reportlab' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
