"""An export window: every mail becomes a record, and what is none is held back with its place."""

from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, history
from workbench.sync.api_client import Answer
from workbench.sync.hyperkitty.export import messages_of


def answer(body: bytes) -> Answer:
    return Answer(status=200, body=body, served_at=NOW, headers={})


def test_mails_become_records_and_the_rest_is_named():
    mails = history(3)
    body = b"".join(mail.exported() for mail in mails) + b"From x Thu Jan  1 00:00:00 1970\n\n"
    records, rejected = messages_of(answer(body), FISHERS, "the window")
    assert [record.remote_id for record in records] == [mail.message_id for mail in mails]
    assert {item.source for item in rejected} <= {"the window"}
    assert messages_of(answer(b""), FISHERS, "the window") == ([], [])
