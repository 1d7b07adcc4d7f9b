"""Writing help: hints name what is hard to read and stay silent otherwise; prompts are open questions everywhere."""

import pytest

from workbench.operations.letters import Language
from workbench.operations.writing_help import LONG_SENTENCE, LONG_TEXT, PROMPTS, plain_hints


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", []),
        ("Which pump works? We tried one.", []),
        (" ".join(["word"] * LONG_SENTENCE) + ".", []),
        (" ".join(["word"] * (LONG_SENTENCE + 9)) + ".", ["The longest sentence has 34 words"]),
        ("Short. " * (LONG_TEXT + 1), ["It has 201 words"]),
        ("Ask the WASH cluster and the NFI team.", ["Not everybody knows WASH, NFI; write it out once."]),
        ("Ask the WASH (water, sanitation and hygiene) team and health (MHPSS).", []),
        ("Ask Oscar Dummy II about part XIV.", []),
        ("URGENT: THE PUMP IS BROKEN", []),
        ("学校厕所需要多少人手？我们没有经验。", []),
        ("هل جرّب أحد هذا؟ نعم.", []),
        ("See https://example.org/WASH and #WASH.", []),
    ],
)
def test_what_is_hard_to_read_is_said_in_a_sentence(text: str, says: list[str]):
    found = plain_hints(text)
    assert len(found) == len(says)
    assert all(hint.startswith(begins) for hint, begins in zip(found, says, strict=True))


@pytest.mark.parametrize("language", Language)
def test_every_prompt_is_a_question_and_plain(language: Language):
    assert len(PROMPTS[language]) == len(PROMPTS[Language.ENGLISH])
    assert all(prompt[-1] in "?؟" and not plain_hints(prompt) for prompt in PROMPTS[language])
