"""Link: whether this machine has a way out, as the system tells it; asked for only after the first paint."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


class Link(StrEnum):
    """What the system says about the network."""

    ONLINE = "online"
    METERED = "metered"
    PORTAL = "portal"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LinkWords:
    """A state in words, with its reason and what it means for work."""

    title: str
    icon: str
    reason: str


LINK_WORDS: Final = {
    Link.ONLINE: LinkWords("Online", "wifi-high", "The system reports a network. Syncing can run."),
    Link.METERED: LinkWords(
        "Online, metered",
        "wifi-medium",
        "This network may cost money by the megabyte. Syncing waits until you ask for it.",
    ),
    Link.PORTAL: LinkWords(
        "Sign-in page", "warning-circle", "This network wants you to sign in first. Open a browser, sign in, then sync."
    ),
    Link.OFFLINE: LinkWords(
        "Offline", "wifi-slash", "There is no network. Reading, planning and reports all work; syncing waits."
    ),
    Link.UNKNOWN: LinkWords(
        "Link not known", "wifi-none", "This system does not say whether there is a network. Syncing can be tried."
    ),
}


class LinkWatch(QObject):
    """`changed(Link)` now and whenever the system reports something else."""

    changed = Signal(Link)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._information: QNetworkInformation | None = None

    def start(self) -> None:
        """Begins to watch; where no backend is there the state stays unknown."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - after the first paint, see class

        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
            signals: tuple[Callable[[Callable[[], None]], object], ...] = (
                self._information.reachabilityChanged.connect,
                self._information.isBehindCaptivePortalChanged.connect,
                self._information.isMeteredChanged.connect,
            )
            for connect in signals:
                connect(self._tell)
        self._tell()

    def state(self) -> Link:
        """What the system says now."""
        information = self._information
        if information is None or information.reachability() is information.Reachability.Unknown:
            return Link.UNKNOWN
        if information.reachability() is information.Reachability.Disconnected:
            return Link.OFFLINE
        if information.isBehindCaptivePortal():
            return Link.PORTAL
        return Link.METERED if information.isMetered() else Link.ONLINE

    def _tell(self) -> None:
        self.changed.emit(self.state())
