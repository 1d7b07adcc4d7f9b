"""Prompt: what is for the person's eyes is in no repr, and in plain words on a terminal."""

import pytest

from workbench.sync.signin.prompt import Prompt, PromptKind


def test_address_and_code_are_not_in_its_repr():
    prompt = Prompt(PromptKind.CODE, "https://login.example.org/?secret=1", "ABCD-EFGH", give=print)
    assert repr(prompt) == "Prompt(kind=<PromptKind.CODE: 'code'>, until=None, note='')"


@pytest.mark.parametrize("kind", list(PromptKind))
def test_each_kind_says_what_to_do_and_where(kind):
    said = Prompt(kind, "https://login.example.org/", "ABCD-EFGH", note="The code before this one ran out.").lines()
    assert said.startswith("The code before this one ran out.\n")
    assert "\n  https://login.example.org/" in said
    assert ("ABCD-EFGH" in said) is (kind is PromptKind.CODE)
