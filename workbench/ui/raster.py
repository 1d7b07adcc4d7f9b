"""SVG text → PNG bytes, for documents whose pages Qt draws."""

import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def gui_application() -> QGuiApplication:
    """The running application, or an offscreen one for a command line without a window."""
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    return QGuiApplication([sys.argv[0], "-platform", "offscreen"])


def svg_to_png(svg: str, width: int) -> bytes:
    """The picture `width` pixels wide on white, as PNG; needs a QGuiApplication for its fonts.

    Sixteen levels of grey and colour would do, but an indexed image of 256 keeps text edges smooth at a few kB.
    """
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize()
    height = max(1, round(width * size.height() / max(size.width(), 1)))
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    small = image.convertToFormat(QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.ThresholdDither)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know file names only
    return bytes(buffer.data().data())
