"""The fonts we bring along can write every Vietnamese name."""

import hashlib
import unicodedata
from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
TINOS = sorted(FONTS.glob("Tinos-*.ttf"))
BE_VIETNAM = [
    Path(fontpkg_be_vietnam_pro.ROOT) / "files" / f"BeVietnamPro-{style}.ttf"
    for style in ("Regular", "Medium", "SemiBold", "Bold")
]

TONES = ["", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}"]
TONES += ["\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}"]
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
LETTERS = LOWER + [letter.upper() for letter in LOWER]


def test_there_are_146_vietnamese_letters_each_one_code_point() -> None:
    assert len(set(LETTERS)) == 146
    assert all(len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("font", TINOS + BE_VIETNAM, ids=lambda path: path.stem)
def test_a_font_of_ours_has_every_vietnamese_letter(font: Path) -> None:
    known = TTFont(font).getBestCmap()

    assert [letter for letter in [*LETTERS, *"₫–“”…·°"] if ord(letter) not in known] == []


def test_the_paper_font_comes_in_four_styles() -> None:
    assert [font.stem for font in TINOS] == ["Tinos-Bold", "Tinos-BoldItalic", "Tinos-Italic", "Tinos-Regular"]


def test_the_paper_font_is_the_one_its_note_describes() -> None:
    note = (FONTS / "README.md").read_text(encoding="utf-8")

    for font in TINOS:
        assert hashlib.sha256(font.read_bytes()).hexdigest() in note
