"""Theme: every colour, measure and letter size of the window, and the palette and style sheet made from them."""

from enum import StrEnum
from string import Template
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from workbench.ui.style_sheet import STYLE_SHEET

GRID: Final = 8
SMALL: Final = 12
BODY: Final = 14
TITLE: Final = 18
HEADLINE: Final = 24
_LINEAR_BELOW: Final = 0.03928
MINIMUM_TEXT_SCALE: Final = 0.8
MAXIMUM_TEXT_SCALE: Final = 2.0

_WITH_BOXES: Final = ("QCheckBox", "QRadioButton")
_EDGE: Final = 125
"""Per cent by which Fusion darkens what it makes the edge of a box from, in all."""


class ThemeMode(StrEnum):
    """What the person chose: follow the system, or one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Meaning(StrEnum):
    """The five meanings a colour may carry; each goes with an icon and a word, never alone."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"


MEANING_ICONS: Final = {
    Meaning.GOOD: "check-circle",
    Meaning.WATCH: "warning-circle",
    Meaning.BAD: "x-circle",
    Meaning.NEUTRAL: "minus",
    Meaning.UNKNOWN: "circle-dashed",
}


class Tokens(NamedTuple):
    """One set of colours; names say what a colour is for, never how it looks."""

    window: str
    rail: str
    surface: str
    line: str
    control: str
    hover: str
    text: str
    second: str
    third: str
    accent: str
    accent_soft: str
    accent_hover: str
    on_accent: str
    good: str
    good_soft: str
    watch: str
    watch_soft: str
    bad: str
    bad_soft: str
    neutral: str
    neutral_soft: str
    unknown: str
    unknown_soft: str
    hatch: str
    series_1: str
    series_2: str
    series_3: str
    grid: str
    mark: str

    def colour(self, name: str) -> QColor:
        """The colour of one token by name; an unknown name is a bug and raises AttributeError."""
        return QColor(str(getattr(self, name)))

    def of(self, meaning: Meaning) -> QColor:
        """The colour of words and icons that carry a meaning."""
        return self.colour(meaning.value)

    def soft(self, meaning: Meaning) -> QColor:
        """The pale ground behind words that carry a meaning."""
        return self.colour(f"{meaning.value}_soft")


LIGHT: Final = Tokens(
    window="#F6F7F9", rail="#EDEFF2", surface="#FFFFFF", line="#DADFE5", control="#858D98", hover="#F0F3F6",
    text="#1B2129", second="#47515D", third="#5D6773",
    accent="#175C97", accent_soft="#E3EDF6", accent_hover="#114B7D", on_accent="#FFFFFF",
    good="#1C7443", good_soft="#E4F2E9", watch="#855200", watch_soft="#FAF0DB", bad="#B0271D", bad_soft="#FAE8E6",
    neutral="#47515D", neutral_soft="#EDEFF2", unknown="#675C86", unknown_soft="#EFEDF5", hatch="#8A80AB",
    series_1="#175C97", series_2="#A8500A", series_3="#6B4BA3", grid="#E6E9ED", mark="#FFE9A8",
)  # fmt: skip

DARK: Final = Tokens(
    window="#16191D", rail="#111417", surface="#1E2227", line="#343A42", control="#79828E", hover="#272C33",
    text="#E9ECEF", second="#B7BFC9", third="#9AA4B0",
    accent="#7DB8EA", accent_soft="#1F3448", accent_hover="#9ACAF1", on_accent="#0D1A26",
    good="#6DC68C", good_soft="#1B3326", watch="#E2B45D", watch_soft="#3A2F18", bad="#F3958D", bad_soft="#41211F",
    neutral="#B7BFC9", neutral_soft="#272C33", unknown="#B5ABD8", unknown_soft="#2D2939", hatch="#7A7297",
    series_1="#7DB8EA", series_2="#EFA566", series_3="#BDA8F0", grid="#2B3037", mark="#5A4A16",
)  # fmt: skip

_GROUNDS: Final = ("window", "rail", "surface", "hover")
_SOFT: Final = tuple((meaning.value, f"{meaning.value}_soft") for meaning in Meaning)

TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((ink, ground) for ink in ("text", "second", "third", "accent") for ground in _GROUNDS),
    *((meaning.value, "surface") for meaning in Meaning),
    *((meaning.value, "window") for meaning in Meaning),
    *((meaning.value, "rail") for meaning in Meaning),
    *_SOFT,
    ("accent", "accent_soft"), ("text", "accent_soft"), ("second", "accent_soft"), ("third", "accent_soft"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("series_1", "surface"), ("series_2", "surface"), ("series_3", "surface"),
    ("text", "mark"),
)  # fmt: skip
"""Every pair of words on a ground that the window draws: 4.5 to 1 or better."""

GRAPHIC_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ("control", "surface"), ("control", "window"), ("accent", "surface"), ("accent", "window"), ("accent", "rail"),
    ("series_1", "surface"), ("series_2", "surface"), ("series_3", "surface"),
    ("hatch", "surface"), ("hatch", "unknown_soft"), ("unknown", "surface"),
)  # fmt: skip
"""Borders of controls, focus rings and marks that carry information: 3 to 1 or better."""


class Theme(QObject):
    """The look in force; `changed` follows a switch by the person or by the system.

    Widgets that paint themselves read `tokens` and `px` in their paint events and update on `changed`; everything
    else is dressed by the style sheet through the dynamic properties listed in `style_sheet`.
    """

    changed = Signal()

    def __init__(self, *, mode: ThemeMode = ThemeMode.SYSTEM, text_scale: float = 1.0) -> None:
        super().__init__()
        self._mode = mode
        self._text_scale = text_scale
        self._tokens = LIGHT
        self._root: QWidget | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        self._choose()

    @property
    def mode(self) -> ThemeMode:
        """What the person chose."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._tokens is DARK

    @property
    def text_scale(self) -> float:
        """1.0 is the type scale as designed; 0.8 to 2.0 can be chosen."""
        return self._text_scale

    def px(self, size: float) -> int:
        """Pixels of a designed measure at the chosen text size."""
        return round(size * self._text_scale)

    def colour(self, name: str) -> QColor:
        """The colour in force for a token name."""
        return self._tokens.colour(name)

    def font(self, size: int = BODY, *, weight: int = QFont.Weight.Normal) -> QFont:
        """The system's font at a size of the type scale, digits of one width."""
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def set_mode(self, mode: ThemeMode) -> None:
        """Switches at once, without a restart."""
        if mode is self._mode:
            return
        self._mode = mode
        self._restyle()

    def set_text_scale(self, scale: float) -> None:
        """Sets the size of all text, kept between 80 and 200 %."""
        scale = min(MAXIMUM_TEXT_SCALE, max(MINIMUM_TEXT_SCALE, scale))
        if scale == self._text_scale:
            return
        self._text_scale = scale
        self._restyle()

    def dress(self, root: QWidget) -> None:
        """Puts palette and style sheet on the application's top window; later switches follow by themselves."""
        self._root = root
        QApplication.setPalette(self.palette())
        for kind in _WITH_BOXES:
            QApplication.setPalette(self._box_palette(), kind)  # type: ignore[arg-type]  # it takes text, not bytes
        root.setFont(self.font())
        root.setStyleSheet(self.style_sheet())

    def palette(self) -> QPalette:
        """The palette that Fusion draws everything with that the style sheet does not name."""
        tokens = self._tokens
        role = QPalette.ColorRole
        palette = QPalette()
        for which, name in (
            (role.Window, "window"), (role.WindowText, "text"), (role.Base, "surface"), (role.Text, "text"),
            (role.AlternateBase, "hover"), (role.Button, "surface"), (role.ButtonText, "text"),
            (role.ToolTipBase, "text"), (role.ToolTipText, "surface"), (role.PlaceholderText, "third"),
            (role.Highlight, "accent"), (role.HighlightedText, "on_accent"), (role.Link, "accent"),
            (role.LinkVisited, "accent"), (role.BrightText, "bad"), (role.Light, "surface"), (role.Midlight, "line"),
            (role.Mid, "control"), (role.Dark, "control"), (role.Shadow, "line"), (role.Accent, "accent"),
        ):  # fmt: skip
            palette.setColor(which, tokens.colour(name))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, tokens.colour("control"))
        return palette

    def _box_palette(self) -> QPalette:
        """That of what is ticked: Fusion makes the edge of a box from the ground, where nobody would see it."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self.colour("control").lighter(_EDGE))
        return palette

    def style_sheet(self) -> str:
        """The style sheet with today's colours and sizes put in."""
        values: dict[str, str] = self._tokens._asdict()
        for name, size in (("small", SMALL), ("body", BODY), ("title", TITLE), ("headline", HEADLINE)):
            values[name] = f"{self.px(size)}px"
        values["control_height"] = f"{self.px(30)}px"
        values["row_height"] = f"{self.px(32)}px"
        values["chip_height"] = f"{self.px(20)}px"
        return Template(STYLE_SHEET).substitute(values)

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is ThemeMode.SYSTEM:
            self._restyle()

    def _restyle(self) -> None:
        self._choose()
        if self._root is not None:
            self.dress(self._root)
        self.changed.emit()

    def _choose(self) -> None:
        if self._mode is ThemeMode.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._mode is ThemeMode.DARK
        self._tokens = DARK if dark else LIGHT


def contrast(first: str, second: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
