"""The part of printing that may hang: Qt, its driver and the system's spooler. It runs as an errand."""

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desk.devices.raster import Raster, pages

DPI = 600
"""Black and white at 600 dpi: what office lasers have, sharper for letters than grey at 300."""


Spooled = tuple[str, int, str]
"""The printer that was taken, the pages it was given, and what went wrong: plain values, so that whoever reads the
answer need not load what gave it."""


def names() -> tuple[str, ...]:
    """The usual printer first."""
    _application()
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name)))


def spool(name: str, pdf: bytes, title: str) -> Spooled:
    """Hand the pages to the printer of that name, or to the usual one for ""."""
    known = names()
    name = name or next(iter(known), "")
    if name not in known:
        return name, 0, "no_printer"
    printer, painter = _printer(name, title), QPainter()
    if not painter.begin(printer):
        return name, 0, "refused"
    count = _paint_all(painter, printer, pdf)
    ended = painter.end()
    failed = printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    return (name, count, "") if count and ended and not failed else (name, 0, "refused")


def _application() -> QGuiApplication:
    """Qt's printing stands on one, window or no window."""
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else QGuiApplication(["errand"])


def _printer(name: str, title: str) -> QPrinter:
    """A4, the whole sheet, one dot for one dot: a margin of the driver's own would shrink the codes."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    printer.setResolution(DPI)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    return printer


def _paint_all(painter: QPainter, printer: QPrinter, pdf: bytes) -> int:
    """The number of pages painted, 0 when the printer takes no more."""
    count = 0
    for page in pages(pdf, DPI):
        if count and not printer.newPage():
            return 0
        _paint(painter, page)
        count += 1
    return count


def _paint(painter: QPainter, page: Raster) -> None:
    """One dot of ours is one of the printer's, or whole parts of it: nothing is resampled on the way."""
    grey = QImage(page.dots, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8)
    black = grey.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    scale = painter.device().logicalDpiX() / DPI
    painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), black)
