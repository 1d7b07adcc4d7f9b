"""List mail: an answer as the mail a list takes, with a Message-ID made of its key, and its name in an archive."""

import re
from base64 import b32encode
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha1
from typing import Final

from workbench.errors import BadInputError
from workbench.sync.posting import Posting
from workbench.sync.subjects import subject_key

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*")
_PLAIN: Final = SMTP.clone(cte_type="7bit")
"""Every server takes seven bits; few say whether they take eight."""
_ID: Final = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
"""A Message-ID fit for a header; archives also hold made-up ones, which no mail program knows."""


def sender_address(text: str) -> str:
    """`text`, if mail can be sent from it; refuses (BadInputError) anything else, letters beyond ASCII included."""
    address = text.strip()
    if not _ADDRESS.fullmatch(address):
        message = "this is not an address that mail can be sent from"
        raise BadInputError(message)
    return address


def message_id(key: str, sender: str) -> str:
    """The Message-ID of every mail that carries `key`, without the angle brackets."""
    return f"{key}@{sender.partition('@')[2]}"


def archive_name(remote_id: str) -> str:
    """The name HyperKitty gives a mail: base32 of the SHA-1 of its Message-ID without the angle brackets."""
    return b32encode(sha1(remote_id.encode("utf-8", "replace"), usedforsecurity=False).digest()).decode()


def composed(posting: Posting, *, sender: str, name: str, at: datetime) -> bytes:
    """The mail for `posting`, with CRLF ends of line: to the list, in the thread of what it answers.

    HyperKitty threads by In-Reply-To and References. The list stands in To, since lists hold mail that names them
    nowhere. The answered message is the last of the references, as RFC 5322 has it. Refuses (BadInputError) a list or a
    sender without an address.
    """
    mail = EmailMessage(policy=_PLAIN)
    mail["From"] = Address(" ".join(name.split()), addr_spec=sender_address(sender))
    mail["To"] = Address(addr_spec=sender_address(posting.community))
    mail["Subject"] = _subject(posting.subject)
    mail["Date"] = format_datetime(at)
    mail.set_content(posting.text.encode("utf-8", "replace").decode("utf-8"))
    # Written by hand: the library encodes ids that are longer than a line, and nobody finds them again.
    answered = [one for one in (posting.root, posting.parent or posting.root) if one and _ID.fullmatch(one)]
    lines = [f"Message-ID: <{message_id(posting.key, sender)}>"]
    if answered:
        lines += [f"In-Reply-To: <{answered[-1]}>"]
        lines += ["References: " + "\r\n ".join(f"<{one}>" for one in dict.fromkeys(answered))]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + mail.as_bytes()


def _subject(text: str) -> str:
    subject = " ".join(text.split())
    return subject if subject_key(subject).is_reply else f"Re: {subject}"
