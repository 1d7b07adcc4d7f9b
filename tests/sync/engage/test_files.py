"""Files of Yammer messages: what is one, and where its content is."""

import json
from datetime import UTC, datetime

import httpx2
import pytest

from tests.sync.engage.test_messages import a_message, a_page
from tests.sync.seats import a_seat
from workbench.errors import SkipStreamError
from workbench.sync.api_client import Answer
from workbench.sync.connectors.viva_engage import YAMMER, VivaEngageConnector
from workbench.sync.engage.files import attached
from workbench.sync.engage.messages import read_feed
from workbench.sync.records import AttachmentRecord, MessageRecord

DOWNLOAD = "https://www.yammer.com/api/v1/uploaded_files/41/download"


def test_files_and_pictures_are_told_and_previews_of_links_are_not():
    page = {"id": 7, "type": "ymodule", "name": "A page", "web_url": "https://example.org"}
    plan = {
        "id": 41, "type": "file", "name": "plan", "original_name": "Plan.pdf", "content_type": "application/pdf",
        "size": 120_000, "download_url": DOWNLOAD, "web_url": "https://www.yammer.com/example.org/uploaded_files/41",
    }  # fmt: skip
    photo = {"id": "42", "type": "image", "name": "well.jpg", "image": {"url": DOWNLOAD, "size": 9}, "size": "9"}
    assert attached({"attachments": [page, plan, photo, plan]}) == (
        AttachmentRecord("41", "Plan.pdf", "application/pdf", 120_000, DOWNLOAD),
        AttachmentRecord("42", "well.jpg", "", None, DOWNLOAD),
    )


def test_a_file_that_lies_elsewhere_is_named_without_an_address():
    moved = {"id": 43, "type": "file", "web_url": "https://example.sharepoint.com/x", "url": "javascript:alert(1)"}
    assert attached({"attachments": [moved]}) == (AttachmentRecord("43", "43"),)


def test_what_is_no_list_of_files_is_none():
    for odd in (None, {}, "x", [None, 5, {"type": "file"}, {"id": True, "type": "file"}]):
        assert attached({"attachments": odd}) == ()
    assert attached({}) == ()


def test_a_page_of_messages_brings_them_and_the_token_stays_with_yammer():
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.url.host, "authorization" in request.headers))
        return httpx2.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"})

    plan = {"id": 41, "type": "file", "name": "plan.pdf", "download_url": DOWNLOAD}
    body = json.dumps(a_page(a_message(attachments=[plan]))).encode()
    page = read_feed(Answer(200, body, datetime(2024, 6, 15, tzinfo=UTC), {}), "7", source="page")
    (message,) = [record for record in page.records if isinstance(record, MessageRecord)]
    (file,) = message.attachments
    connector = VivaEngageConnector(a_seat(answer, base_url=YAMMER))
    assert connector.file(file.address or "", most=100).content == b"%PDF"
    with pytest.raises(SkipStreamError):
        connector.file("https://example.sharepoint.com/plan.pdf", most=100)
    assert asked == [("www.yammer.com", True)]
