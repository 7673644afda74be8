"""The tokens keep what they promise."""

import re
from pathlib import Path

import pytest

from desk.ui import theme


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_everybody_knows() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids=" on ".join)
def test_every_text_can_be_read_on_its_ground(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("pair", theme.EDGE_PAIRS, ids=" on ".join)
def test_every_field_and_focus_can_be_seen(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 3


def test_the_style_sheet_knows_four_sizes_of_text() -> None:
    sizes = set(re.findall(r"font-size: (\d+)px", theme.style_sheet()))

    assert sizes == {"12", "14", "18", "28"}


def test_no_other_file_names_a_colour() -> None:
    others = [path for path in Path(theme.__file__).parent.glob("*.py") if path.name != "theme.py"]

    assert [path.name for path in others if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))] == []
