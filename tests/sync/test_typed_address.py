"""Addresses as people type them: the scheme they leave out."""

import pytest

from workbench.sync.typed_address import whole_address


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("forum.example.org", "https://forum.example.org"),
        (" forum.example.org/community ", "https://forum.example.org/community"),
        ("intranet", "https://intranet"),
        ("10.0.0.5:8000", "https://10.0.0.5:8000"),
        ("localhost.example.org", "https://localhost.example.org"),
        ("localhost", "http://localhost"),
        ("LocalHost:8000/forum", "http://LocalHost:8000/forum"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("127.8.0.1", "http://127.8.0.1"),
        ("[::1]:8000/x", "http://[::1]:8000/x"),
        ("::1", "http://[::1]"),
        ("http://forum.example.org", "http://forum.example.org"),
        ("https://localhost", "https://localhost"),
        ("  ", ""),
    ],
)
def test_scheme_is_https_but_for_this_machine(typed: str, whole: str):
    assert whole_address(typed) == whole
