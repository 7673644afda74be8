"""QR codes as one path of squares: sharp at any resolution, without the seams that many small shapes would have."""

import re
from dataclasses import dataclass

import zxingcpp
from reportlab.pdfgen.canvas import Canvas

DOT = 72 / 300
"""A dot of a 300 dpi printer, in points. Modules are whole dots, so that no printer has to round them."""

_DARK = re.compile(b"\x00+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """The modules of a code, dark ones as rectangles in PDF's words, counted from the lower left corner."""

    modules: int
    rectangles: str

    def width(self, room: float) -> float:
        """The width it is drawn with in at most `room` points, without the quiet zone around it."""
        return self.modules * max(1, int(room / (self.modules * DOT))) * DOT

    def draw(self, canvas: Canvas, x: float, y: float, room: float) -> None:
        """The lower left corner at (x, y), no wider than `room`; the quiet zone is the caller's to keep free."""
        module = self.width(room) / self.modules
        canvas.saveState()
        canvas.addLiteral(f"{module:.4f} 0 0 {module:.4f} {x:.4f} {y:.4f} cm {self.rectangles} f")
        canvas.restoreState()


def qr_code(content: str) -> QrCode:
    """Medium error correction: a fold or a stamp over 15 % does no harm. Digits alone use the numeric mode."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = code.to_image(scale=1, add_quiet_zones=False)
    rows = bytes(memoryview(picture).cast("B"))  # type: ignore[arg-type]  # the stubs do not say it is a buffer
    size = picture.shape[0]
    rectangles = (
        f"{dark.start()} {size - 1 - row} {dark.end() - dark.start()} 1 re"
        for row in range(size)
        for dark in _DARK.finditer(rows[row * size : (row + 1) * size])
    )
    return QrCode(size, "\n".join(rectangles))
