"""HolidaysField: the country whose holidays a plan skips, typed or chosen by its name; empty for weekends only."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QStringListModel
from typing_extensions import override

from workbench.ui.pages.plan_sheet_fields import SheetLine
from workbench.ui.theme import Theme
from workbench.ui.widgets.completer_list import complete

Countries = Mapping[str, tuple[str, ...]]
"""The countries whose holidays are known, by their two letters, with the codes of their parts."""


class HolidaysField(SheetLine):
    """`code()` is what was meant: two letters, with a part of the country where one was given ("CH-GE")."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._names = QStringListModel(self)
        self._stored = ""
        self.setPlaceholderText("Weekends only, or a country")
        complete(self, self._names, theme)

    def show_countries(self, countries: Countries) -> None:
        """Says which countries there are."""
        self._codes = {}
        for code, parts in countries.items():
            name = country_name(code)
            self._codes[f"{name} ({code})"] = code
            self._codes |= {f"{name}, {part} ({code}-{part})": f"{code}-{part}" for part in parts}
        self._names.setStringList(sorted(self._codes))
        self.offer(self._stored)

    @override
    def offer(self, text: str) -> None:
        """Shows a code by its name."""
        self._stored = text
        super().offer(next((name for name, code in self._codes.items() if code == text), text))

    def code(self) -> str | None:
        """The code of what is in the field, "" for weekends only; None where no such country is known."""
        text = self.text().strip()
        if not text:
            return ""
        wanted = text.casefold()
        for name, code in self._codes.items():
            if wanted in {name.casefold(), code.casefold(), name.rpartition(" (")[0].casefold()}:
                return code
        return text if text == self._stored else None


def country_name(code: str) -> str:
    """The English name of a country; the code itself where Qt knows none."""
    territory = QLocale.codeToTerritory(code)
    return code if territory is QLocale.Country.AnyCountry else QLocale.territoryToString(territory)


def read_countries() -> Countries:
    """The countries whose holidays are known; takes a fifth of a second the first time."""
    from workbench.plans.closed_days import countries  # noqa: PLC0415 - loads the library of holidays

    return countries()
