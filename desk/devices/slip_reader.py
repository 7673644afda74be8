"""Slips out of a flatbed scanner: the numbers on every page of a PDF or a picture.

Pillow and zxing are loaded when somebody asks. Nothing of a file is believed before its size and its pages are.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from desk.domain.errors import FileTrouble

MOST_BYTES = 64 * 1024 * 1024
MOST_PAGES = 500
MOST_DOTS = 80_000_000
"""An A4 page at 600 dpi has 35 million."""
DPI = 200
SECOND_DPI = 300
LEAST_DIGITS = 100


def read_slips(file: Path) -> tuple[str, ...]:
    """The numbers of the slips in a file, each once, in the order of its pages. Raises FileTrouble."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise FileTrouble
        data = file.read_bytes()
    except OSError as error:
        raise FileTrouble from error
    return read_slips_in(data)


def read_slips_in(data: bytes) -> tuple[str, ...]:
    """The same for what was read already. Raises FileTrouble for what is neither a PDF nor a picture."""
    found = _in_pdf(data) if data[:1024].lstrip().startswith(b"%PDF") else _in_picture(data)
    return tuple(dict.fromkeys(found))


def _in_pdf(data: bytes) -> Iterator[str]:
    """A page whose code is too fine at the usual resolution is looked at once more in a finer one."""
    import pypdfium2

    from desk.devices.raster import pages

    try:
        for number, page in enumerate(pages(data, DPI)):
            if number >= MOST_PAGES:
                raise FileTrouble
            found = _numbers(memoryview(page.dots).cast("B", (page.height, page.stride)))
            yield from found or _finer(data, number)
    except pypdfium2.PdfiumError as error:
        raise FileTrouble from error


def _finer(data: bytes, number: int) -> list[str]:
    from desk.devices.raster import pages

    for index, page in enumerate(pages(data, SECOND_DPI)):
        if index == number:
            return _numbers(memoryview(page.dots).cast("B", (page.height, page.stride)))
    return []


def _in_picture(data: bytes) -> Iterator[str]:
    """A picture, or every page of one that has several (TIFF)."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as picture:
            for number, page in enumerate(ImageSequence.Iterator(picture)):
                if number >= MOST_PAGES or page.width * page.height > MOST_DOTS:
                    raise FileTrouble
                yield from _numbers(page.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise FileTrouble from error


def _numbers(page: object) -> list[str]:
    """What the code beside the title holds; the other one on a slip is an address."""
    import zxingcpp

    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    read = (code.text for code in zxingcpp.read_barcodes(page, formats=only))
    return [text for text in read if text.isascii() and text.isdigit() and len(text) > LEAST_DIGITS]
