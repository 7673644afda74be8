"""The list of forms and the folder agree, because a bundle ships what the list imports."""

import pkgutil

from desk import forms


def test_every_form_in_the_folder_is_in_the_list() -> None:
    in_folder = {module.name for module in pkgutil.iter_modules(forms.__path__)} - {"drawing"}

    assert {form.__name__.rpartition(".")[2] for form in forms.FORMS} == in_folder


def test_no_form_is_listed_twice() -> None:
    assert len(set(forms.FORMS)) == len(forms.FORMS)
