"""The options of `today`."""

from datetime import date

from workbench.cli.parser import build_parser


def test_keys_may_be_given_several_times():
    options = build_parser().parse_args(
        ["today", "--done", "a:1", "--done", "a:2", "--later", "b:1", "--until", "2024-06-20"]
    )
    assert (options.done, options.later, options.until) == (["a:1", "a:2"], ["b:1"], date(2024, 6, 20))
    assert (options.not_needed, options.again, options.note) == ([], [], False)
