"""Link: whether this machine has a way out, as the system tells and tries show; asked for after the first paint."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.errors import LineError
from workbench.sync import schedule

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

_PORTAL: Final = "portal"


class Link(StrEnum):
    """What is known of the network."""

    ONLINE = "online"
    METERED = "metered"
    PORTAL = "portal"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


FOR_SCHEDULE: Final = {
    Link.ONLINE: schedule.Link.OPEN,
    Link.METERED: schedule.Link.METERED,
    Link.PORTAL: schedule.Link.NONE,
    Link.OFFLINE: schedule.Link.NONE,
    Link.UNKNOWN: schedule.Link.OPEN,
}
"""What each state lets an account do by itself. Where nobody knows, a try tells."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the system says; None where it does not say."""

    is_connected: bool | None = None
    is_behind_portal: bool = False
    is_metered: bool = False
    is_cellular: bool = False


def link_of(told: Told, *, met_portal: bool = False) -> Link:
    """The state of the link. `met_portal`: somebody else answered in place of a platform since the link last changed.

    A mobile network counts as metered: not every system says which of them cost by the megabyte.
    """
    if told.is_connected is False:
        return Link.OFFLINE
    if told.is_behind_portal or met_portal:
        return Link.PORTAL
    if told.is_connected is None:
        return Link.UNKNOWN
    return Link.METERED if told.is_metered or told.is_cellular else Link.ONLINE


class LinkWatch(QObject):
    """`changed(Link)` once at the start and whenever something else is known."""

    changed = Signal(Link)

    def __init__(self, parent: QObject | None = None, *, ask: Callable[[], Told] | None = None) -> None:
        super().__init__(parent)
        self._information: QNetworkInformation | None = None
        self._ask = ask or self._ask_system
        self._told = Told()
        self._met_portal = False
        self._is_started = False
        self._said: Link | None = None

    @property
    def state(self) -> Link:
        """What is known now."""
        return link_of(self._told, met_portal=self._met_portal)

    def start(self) -> None:
        """Begins to watch, once; where no backend is there the state stays unknown until a try tells more."""
        if self._is_started:
            return
        self._is_started = True
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - after the first paint, see class

        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
            signals: tuple[Callable[[Callable[[], None]], object], ...] = (
                self._information.reachabilityChanged.connect,
                self._information.isBehindCaptivePortalChanged.connect,
                self._information.isMeteredChanged.connect,
                self._information.transportMediumChanged.connect,
            )
            for connect in signals:
                connect(self.look)
        self.look()

    def look(self) -> None:
        """Asks the system again; whatever it says else, an old suspicion goes with the link it was about."""
        told = self._ask()
        if told != self._told:
            self._told, self._met_portal = told, False
        self._tell()

    def heard(self, error: Exception | None) -> None:
        """A try ended: it met a sign-in page, or it went through (None); other errors say nothing of the link."""
        if error is None:
            self._met_portal = False
        elif isinstance(error, LineError) and error.details.get("cause") == _PORTAL:
            self._met_portal = True
        self._tell()

    def _ask_system(self) -> Told:
        information = self._information
        if information is None or information.reachability() is information.Reachability.Unknown:
            return Told()
        reach = information.Reachability
        return Told(
            # A site may be the whole network of an office, with its platform in it.
            is_connected=information.reachability() in {reach.Online, reach.Site},
            is_behind_portal=information.isBehindCaptivePortal(),
            is_metered=information.isMetered(),
            is_cellular=information.transportMedium() is information.TransportMedium.Cellular,
        )

    def _tell(self) -> None:
        if self.state is not self._said:
            self._said = self.state
            self.changed.emit(self.state)
