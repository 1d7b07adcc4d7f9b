"""Single instance: a second start on the same profile raises the first window, through a local socket."""

import hashlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MILLISECONDS: Final = 1000
_RAISE: Final = b"raise\n"


def server_name(profile: Path) -> str:
    """The socket's name: the same for every spelling of the same folder, and without the folder's name in it."""
    digest = hashlib.blake2s(str(profile.resolve()).encode(), digest_size=12).hexdigest()
    return f"community-workbench-{digest}"


def raise_first(profile: Path) -> bool:
    """Asks the window that holds this profile to come to the front; False when there is none (a command holds it)."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(profile))
    if not socket.waitForConnected(_WAIT_MILLISECONDS):
        return False
    socket.write(_RAISE)
    is_told = socket.waitForBytesWritten(_WAIT_MILLISECONDS)
    socket.disconnectFromServer()
    return is_told


class FirstInstance(QObject):
    """Listens for further starts; `raise_wanted` for each."""

    raise_wanted = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # A crash leaves the socket's file behind. The profile lock is ours, so nobody else listens on it.
        QLocalServer.removeServer(server_name(profile))
        self.is_listening = self._server.listen(server_name(profile))
        self._server.newConnection.connect(self._on_connection)

    def close(self) -> None:
        """Listens no more: a window on its way out is no use to whoever starts now."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raise_wanted.emit()
