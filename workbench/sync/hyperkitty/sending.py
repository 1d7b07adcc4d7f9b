"""Sending to a mailing list: an answer goes out as mail from the person's own address, and is looked for by its name.

A list keeps one copy of a Message-ID but delivers every one it gets, so nothing is sent twice on purpose: what may be
on its way is looked for in the archive first.
"""

from typing import Final

from workbench.errors import BadInputError, SignInError, SkipStreamError
from workbench.sync.archive_address import check_address
from workbench.sync.hyperkitty.site import HyperkittySite
from workbench.sync.list_mail import archive_name, composed, message_id, sender_address
from workbench.sync.mail_line import Hook, MailServer, Security, greet, submit
from workbench.sync.platforms import Setting, SettingKind
from workbench.sync.posting import Posting, Sent
from workbench.sync.seat import Seat

HOST: Final = "smtp_host"
PORT: Final = "smtp_port"
SECURITY: Final = "smtp_security"
USER: Final = "smtp_user"
PASSWORD: Final = "smtp_password"  # noqa: S105 - the name of a secret
SENDER: Final = "smtp_from"
NAME: Final = "smtp_name"
_PORTS: Final = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}

SETTINGS: Final = (
    Setting(HOST, "Your mail server", hint="For answers. Without one, the list is only read.", is_required=False),
    Setting(
        SECURITY,
        "Its line",
        SettingKind.CHOICE,
        default=Security.TLS.value,
        is_required=False,
        choices=(
            (Security.TLS.value, "Secure from the start (TLS, port 465)"),
            (Security.STARTTLS.value, "Made secure before anything is said (STARTTLS, port 587)"),
            (Security.NONE.value, "Not secure: a server on this very computer only"),
        ),
    ),
    Setting(PORT, "Its port", SettingKind.NUMBER, hint="Only if it is not the usual one.", is_required=False),
    Setting(USER, "Your name there", hint="Often the e-mail address.", is_required=False),
    Setting(PASSWORD, "Your password there", SettingKind.SECRET, is_required=False),
    Setting(
        SENDER,
        "Your address",
        hint="The address you are subscribed with; a list holds mail from others.",
        is_required=False,
    ),
    Setting(NAME, "Your name as the list sees it", hint="Empty: the name in the settings.", is_required=False),
)


class ListSending:
    """Sends for one account to the lists of `site`, as the settings of `seat` say."""

    def __init__(self, site: HyperkittySite, seat: Seat) -> None:
        self._site, self._seat, self._hook = site, seat, Hook()
        seat.cuts(self._hook.cut)

    def send(self, posting: Posting) -> Sent:
        """Mails it, unless the archive has it already. What a server took is held until it shows in the archive.

        Refuses (BadInputError) while the account has no mail server or no address to send from.
        """
        server, sender = self._server(), self._sender()
        try:
            found = self.find(posting)
        except SignInError:
            found = None  # who may not read now may still write: that is another name and password
        if found is not None:
            return found
        settings = self._seat.settings
        name = settings.get(NAME, "").strip() or settings.get("my_name", "")
        mail = composed(posting, sender=sender, name=name, at=self._seat.clock.now())
        submit(server, mail, sender=sender, recipient=posting.community, meter=self._seat.meter, hook=self._hook)
        return self._sent(posting, is_held=True)

    def find(self, posting: Posting) -> Sent | None:
        """The mail with this key, if the archive has it; a list may hold it for days before that.

        None too where the archive shows us nothing: then a person looks, and nothing is repeated before that.
        """
        name = archive_name(message_id(posting.key, self._sender()))
        try:
            is_there = self._site.holds(check_address(posting.community), name)
        except SkipStreamError:
            is_there = False
        return self._sent(posting, is_held=False) if is_there else None

    def greet(self) -> str:
        """Tries the mail server and the address as an answer would, without one; refuses as `send` does."""
        server, sender = self._server(), self._sender()
        greet(server, meter=self._seat.meter, hook=self._hook)
        who = f"takes you as {server.user}" if server.user else "asks for no name"
        return f"It answers and {who}. Mail would come from {sender}; none was sent."

    def link(self, posting: Posting) -> str | None:
        """The page of the answered mail, which has a form for those who are signed in."""
        answered = posting.parent or posting.root
        return self._site.page(posting.community, archive_name(answered) if answered else "")

    def _sent(self, posting: Posting, *, is_held: bool) -> Sent:
        remote_id = message_id(posting.key, self._sender())
        return Sent(remote_id, self._site.page(posting.community, archive_name(remote_id)), is_held=is_held)

    def _sender(self) -> str:
        text = self._seat.settings.get(SENDER, "").strip()
        if not text:
            message = "This account has no address to send from. Give yours in the account's settings."
            raise BadInputError(message, setting=SENDER)
        return sender_address(text)

    def _server(self) -> MailServer:
        settings = self._seat.settings
        host = settings.get(HOST, "").strip()
        if not host:
            message = "This account has no mail server to send by. Give yours in the account's settings."
            raise BadInputError(message, setting=HOST)
        try:
            security = Security(settings.get(SECURITY, "").strip() or Security.TLS)
            port = int(settings.get(PORT, "").strip() or _PORTS[security])
        except ValueError as error:
            message = "The port or the kind of line of the mail server cannot be read. Change the account's settings."
            raise BadInputError(message) from error
        return MailServer(host, port, security, settings.get(USER, "").strip(), self._seat.secret(PASSWORD))
