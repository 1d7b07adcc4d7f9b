"""Bodies: parts chosen, encodings undone however broken, lines unflowed, attachments named."""

from email import message_from_bytes
from email.message import Message

import pytest

from workbench.sync import mail_body
from workbench.sync.mail_body import multipart_body, single_body, unflowed


def one(data: bytes, **headers: str):
    content = Message()
    for name, value in headers.items():
        content[name.replace("_", "-")] = value
    return single_body(content, data)


def several(*parts: str, kind: str = "mixed"):
    lines = "".join(f"--sep\n{part}\n" for part in parts)
    return multipart_body(
        message_from_bytes(f"Content-Type: multipart/{kind}; boundary=sep\n\n{lines}--sep--\n".encode())
    )


PLAIN = "Content-Type: text/plain\n\nHello"
HTML = "Content-Type: text/html\n\n<p>Hello <i>there</i></p>"


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("7bit", b"a\r\nb\rc\n", "a\nb\nc"),
        ("quoted-printable", b"J=C3=B6rg =\nExample=ZZ=", "Jörg Example=ZZ"),
        ("base64", b"SsO2cmc=\n", "Jörg"),
        ("base64", b"SsO2\ncmc", "Jörg"),
        ("base64", b"SsO2cmcgRXhh", "Jörg Exa"),
        ("base64", b"SsO2cmc=\n____\nlist, example.org\n", "Jörg\n____\nlist, example.org"),
        ("base64", b"not base64, really!", "not base64, really!"),
        ("x-unknown", b"as it is", "as it is"),
    ],
)
def test_transfer_encodings_are_undone_however_broken(encoding, data, text):
    assert one(data, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=encoding).text == text


def test_text_is_preferred_and_html_dropped():
    body = several(PLAIN, HTML, kind="alternative")
    assert (body.text, body.html) == ("Hello", None)


@pytest.mark.parametrize("empty", ["Content-Type: text/plain\n\n \n", "Content-Type: image/png\n\nx"])
def test_html_alone_is_kept_with_text_made_from_it(empty):
    body = several(empty, HTML)
    assert body.text.startswith("Hello there")
    assert body.html == "<p>Hello <i>there</i></p>"


def test_html_that_a_list_server_made_an_attachment_of_is_the_body():
    body = several("Content-Type: text/plain\n\n", f"Content-Disposition: attachment; filename=attachment.html\n{HTML}")
    assert (body.text, body.html) == ("Hello there", "<p>Hello <i>there</i></p>")


def test_charset_in_the_html_itself_is_believed():
    body = one("<meta charset=koi8-r><p>Привет".encode("koi8-r"), Content_Type="text/html")
    assert body.text == "Привет"


def test_texts_are_joined_and_attachments_named():
    body = several(
        PLAIN,
        "Content-Type: text/plain\n\nFooter",
        "Content-Type: application/pdf; name=plan.pdf\nContent-Transfer-Encoding: base64\n\n" + "QUFB\n" * 4000,
        "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.txt\n\nsecret",
        "Content-Type: application/pgp-signature\n\nxyz",
        "Content-Type: message/rfc822\n\nSubject: inner\n\ninner text",
    )
    assert body.text == (
        "Hello\n\nFooter\n[attachment: plan.pdf, 15 kB]\n[attachment: résumé.txt, 1 kB]\n[attachment: message/rfc822]"
    )


def test_bytes_of_a_part_survive_a_charset_that_lies():
    raw = (
        b"Content-Type: multipart/mixed; boundary=s\n\n--s\nContent-Type: text/plain; charset=utf-8\n\nJ\xf6rg\n--s--\n"
    )
    assert multipart_body(message_from_bytes(raw)).text == "Jörg"


def test_parts_without_end_marks_are_read():
    raw = b"Content-Type: multipart/mixed; boundary=s\n\n--s\n\nHello\n"
    assert multipart_body(message_from_bytes(raw)).text == "Hello"
    assert (
        multipart_body(message_from_bytes(b"Content-Type: multipart/mixed\n\nHello\n")).text
        == "[attachment: multipart/mixed, 1 kB]"
    )


def test_one_part_longer_than_the_limit_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(mail_body, "PART_BYTES", 10)
    assert one(b"0123456789" * 401, Content_Type="text/plain").text == "0123456789\n[text cut here: 4 kB more]"


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\nthree", "> one two\nthree"),
        ("> one \n>> two", "> one \n>> two"),
        (" From here \nto there", "From here to there"),
        ("Bye \n-- \nAmina", "Bye \n-- \nAmina"),
    ],
)
def test_flowed_lines_are_joined(flowed, text):
    assert unflowed(flowed, delete_space=False) == text


def test_flowed_text_without_blanks_between_words():
    body = one("你 \n好".encode(), Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes")
    assert body.text == "你好"


PDF = (
    'Content-Type: application/pdf; name="plan.pdf"\nContent-Disposition: attachment; filename="plan.pdf"\n'
    "Content-Transfer-Encoding: base64\n\nJVBERi0xLjcgb2Yg\nQW1pbmE=\n"
)


def files(*parts: str, file_limit: int = 0):
    lines = "".join(f"--sep\n{part}\n" for part in parts)
    raw = f"Content-Type: multipart/mixed; boundary=sep\n\n{lines}--sep--\n".encode()
    return multipart_body(message_from_bytes(raw), file_limit=file_limit).files


def test_attached_files_are_told_and_handed_out_up_to_the_limit():
    (told,) = files(PLAIN, PDF)
    assert (told.name, told.media_type, told.content, told.address) == ("plan.pdf", "application/pdf", None, None)
    assert told.size is not None
    assert abs(told.size - 17) <= 2
    (kept,) = files(PLAIN, PDF, file_limit=17)
    assert (kept.size, kept.content) == (17, b"%PDF-1.7 of Amina")
    (large,) = files(PLAIN, PDF, file_limit=16)
    assert large.content is None


def test_the_html_of_a_mail_and_signatures_are_no_files_and_an_attached_mail_is_one():
    html = 'Content-Type: text/html\nContent-Disposition: attachment; filename="attachment.html"\n\n<p>Hello</p>'
    signature = "Content-Type: application/pgp-signature\n\nxyz"
    mail = 'Content-Type: message/rfc822; name="old.eml"\n\nSubject: Old\n\nHello'
    found = files(PLAIN, html, signature, mail, file_limit=100)
    assert [(file.remote_id, file.name, file.size) for file in found] == [("1", "old.eml", None)]


def test_a_mail_that_is_nothing_but_a_file_has_that_file():
    content = Message()
    content["Content-Type"] = "image/png"
    body = single_body(content, b"\x89PNG", file_limit=10)
    assert [(file.name, file.content) for file in body.files] == [("image/png", b"\x89PNG")]
