"""List mail: read back by the standard library's own parser, threads hold, and nothing in it breaks a header."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from tests.sync.connectors.hyperkitty_site import message_hash
from workbench.errors import BadInputError
from workbench.models.kinds import PostKind
from workbench.sync.list_mail import archive_name, composed, message_id, sender_address
from workbench.sync.posting import Posting

KEY = "0197-key"
AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SENDER = "amina@example.org"


def posting(**fields: str) -> Posting:
    given = {"text": "Aye.", "subject": "Nets", "root": "t1@example.org", "parent": "t2@example.org", **fields}
    return Posting(KEY, PostKind.REPLY, "fishers@example.org", **given)  # type: ignore[arg-type]  # all of them are texts


def read(item: Posting, *, name: str = "Amina Example"):
    return message_from_bytes(composed(item, sender=SENDER, name=name, at=AT), policy=default)


def test_an_answer_stands_in_its_thread_and_names_the_list():
    mail = read(posting())
    assert mail["From"] == "Amina Example <amina@example.org>"
    assert (mail["To"], mail["Subject"]) == ("fishers@example.org", "Re: Nets")
    assert (mail["Message-ID"], mail["In-Reply-To"]) == (f"<{KEY}@example.org>", "<t2@example.org>")
    assert mail["References"].split() == ["<t1@example.org>", "<t2@example.org>"]
    assert mail["Date"].datetime == AT


def test_an_answer_to_the_thread_refers_to_its_root_once():
    mail = read(posting(parent="t1@example.org"))
    assert (mail["In-Reply-To"], mail["References"]) == ("<t1@example.org>", "<t1@example.org>")


def test_words_of_every_script_come_through_in_seven_bits():
    text = "Señora, сети 网\n.dot\nFrom the harbour\n" + "long " * 400
    raw = composed(posting(text=text, subject="сети 网 " * 30), sender=SENDER, name="Моусса Образец", at=AT)
    assert raw.isascii()
    assert all(len(row) <= 998 for row in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=default)
    assert mail.get_content().replace("\r\n", "\n").rstrip() == text.rstrip()
    assert mail["Subject"] == "Re: " + ("сети 网 " * 30).strip()
    assert mail["From"].addresses[0].display_name == "Моусса Образец"


def test_the_same_key_gives_the_same_id_and_the_archive_s_name_for_it():
    assert message_id(KEY, SENDER) == f"{KEY}@example.org"
    assert archive_name(message_id(KEY, SENDER)) == message_hash(f"{KEY}@example.org")


def test_a_subject_that_is_an_answer_stays_as_it_is():
    assert read(posting(subject="[fishers] Re: Nets"))["Subject"] == "[fishers] Re: Nets"


def test_nothing_typed_or_mirrored_adds_a_header():
    mail = read(
        posting(subject="Nets\r\nBcc: all@example.org", parent="a b@x>\r\nBcc: all@example.org"), name="A\r\nB: c"
    )
    assert mail["Bcc"] is None
    assert mail["B"] is None
    assert (mail["Subject"], mail["In-Reply-To"]) == ("Re: Nets Bcc: all@example.org", "<t1@example.org>")


def test_ids_longer_than_a_line_are_not_encoded():
    name = "x" * 240 + "@example.org"
    assert read(posting(parent=name))["In-Reply-To"] == f"<{name}>"


def test_made_up_ids_are_left_out():
    mail = read(posting(root="no-id.123", parent="no-id.456"))
    assert (mail["In-Reply-To"], mail["References"]) == (None, None)


def test_half_characters_do_not_stop_it():
    assert read(posting(text="half \ud83d")).get_content().startswith("half ")


@pytest.mark.parametrize(
    "text", ["", "amina", "amina@", "a b@example.org", "amina@example.org\nBcc: x", "é@example.org"]
)
def test_what_mail_cannot_be_sent_from_is_refused(text: str):
    with pytest.raises(BadInputError):
        sender_address(text)


def test_an_address_with_blanks_around_it_is_taken():
    assert sender_address(" amina.o'hara+lists@mail.example.org ") == "amina.o'hara+lists@mail.example.org"
