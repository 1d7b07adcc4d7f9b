"""The recovery code: two lines, shown and printed."""

from workbench.ui.pages.first_run_code import code_lines, printed


def test_the_code_is_shown_and_printed_in_two_lines():
    code = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
    assert code_lines(code) == ["AAAA-BBBB-CCCC-DDDD", "EEEE-FFFF-GGGG-HHHH"]
    assert code_lines(code)[1] in printed(code)
