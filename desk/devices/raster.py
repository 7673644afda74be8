"""Pages of a PDF as black and white dots, the same on every printer and screen.

pdfium may be used by one thread at a time only, so everything that renders passes the lock here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import pypdfium2

_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class Raster:
    """A page in shades of grey: `stride` bytes a row, a byte a dot, 0 is black."""

    dots: bytes
    width: int
    height: int
    stride: int


def pages(pdf: bytes, dpi: int) -> Iterator[Raster]:
    """Page after page, so that only one is in memory. At 600 dpi an A4 page is 35 MB."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for number in range(count):
            with _PDFIUM:
                raster = _render(document[number], dpi)
            yield raster
    finally:
        with _PDFIUM:
            document.close()


def _render(page: pypdfium2.PdfPage, dpi: int) -> Raster:
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    raster = Raster(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    bitmap.close()
    page.close()
    return raster
