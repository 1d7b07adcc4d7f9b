"""Output: tables and JSON on stdout, words and progress on stderr, and what happens when nobody reads them."""

import io
import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from typing_extensions import override

from tests.builders import a_clock
from tests.cli.runs import ROOT, Desk, a_child, command
from tests.disks import a_small_disk
from workbench.cli.output import Output, ProgressLine, cell, display_width, error_row, fit, plain
from workbench.errors import BadInputError, NoSpaceError
from workbench.models.kinds import CardColumn
from workbench.progress import Progress


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


class Gone(io.StringIO):
    """A stream whose reader went away."""

    @override
    def write(self, text: str) -> int:
        raise BrokenPipeError


def outputs(*, as_json: bool = False) -> tuple[Output, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Output(as_json=as_json, stdout=out, stderr=err), out, err


def test_values_become_plain_json_also_inside_lists():
    moment = datetime(2026, 5, 14, 7, 30, tzinfo=UTC)
    assert plain({"at": moment, "days": (date(2026, 5, 14), None), "column": CardColumn.DONE}) == {
        "at": "2026-05-14T07:30:00Z",
        "days": ["2026-05-14", None],
        "column": "done",
    }


def test_control_characters_and_overrides_do_not_reach_the_terminal():
    assert cell("red\x1b[31m\u202egpj.exe\n") == "red [31m gpj.exe "


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0.25, "0.25"),
        (1 / 3, "0.3333"),
        (17_528.33, "17528"),
        (9.88e-07, "0.000000988"),
        (("Not told.", "Nor this."), "Not told. Nor this."),
        ((1, None), "1, –"),
        (datetime(2026, 5, 4, 7, 3, tzinfo=UTC), "2026-05-04 07:03"),
    ],
)
def test_values_as_people_read_them(value, shown):
    assert cell(value) == shown


def test_columns_stand_under_each_other_in_every_script():
    output, out, _ = outputs()
    output.rows([{"name": "学校饮水", "n": 1}, {"name": "Água", "n": 22}], ("name", "n"))
    title, rule, *lines = out.getvalue().splitlines()
    assert (title, rule) == ("name      n", "────────  ──")
    assert [display_width(line) for line in lines] == [11, 12]
    assert fit("学校饮水", 5) == "学校…"
    assert fit("ab", 4) == "ab  "


def test_rows_as_json_have_the_named_keys_and_no_others():
    output, out, _ = outputs(as_json=True)
    output.rows([{"name": "水", "secret": 1}], ("name",))
    assert json.loads(out.getvalue()) == [{"name": "水"}]
    assert "水" in out.getvalue()


@pytest.mark.parametrize("as_json", [True, False])
def test_document_is_printed_as_it_is(as_json: bool):
    stream = io.StringIO()
    Output(as_json=as_json, stdout=stream).text('{\n "a": 1}\n')
    assert stream.getvalue() == '{\n "a": 1}\n'


def test_nothing_to_show_is_said_in_text_and_empty_in_json():
    output, out, _ = outputs()
    output.rows([], ("name",), empty="No plan yet.")
    assert out.getvalue() == "No plan yet.\n"
    output, out, _ = outputs(as_json=True)
    output.rows([], ("name",), empty="No plan yet.")
    output.say("for people")
    assert json.loads(out.getvalue()) == []


def test_failure_is_words_on_stderr_and_an_object_in_json():
    output, out, err = outputs()
    output.fail(BadInputError("a plan needs a purpose"))
    assert (out.getvalue(), err.getvalue()) == (
        "",
        "A plan needs a purpose.\nNothing was changed.\nCorrect it and try again.\n",
    )
    output, out, err = outputs(as_json=True)
    output.fail(BadInputError("a plan needs a purpose"))
    assert json.loads(out.getvalue()) == {
        "error": "bad_input",
        "happened": "A plan needs a purpose.",
        "safe": "Nothing was changed.",
        "next": "Correct it and try again.",
    }
    assert err.getvalue()
    assert set(error_row(None).values()) == {None}


def test_mistake_of_ours_is_told_by_its_class():
    output, _, err = outputs()
    output.fail(KeyError("Amina Example"))
    assert "(KeyError)" in err.getvalue()
    assert "Amina" not in err.getvalue()


def test_reader_that_went_away_is_told_apart_from_a_full_disk():
    with pytest.raises(BrokenPipeError):
        Output(as_json=False, stdout=Gone(), stderr=io.StringIO()).say("hello")
    Output(as_json=False, stdout=io.StringIO(), stderr=Gone()).warn("nobody hears this")


def test_head_takes_what_it_wants_and_nobody_complains(desk: Desk):
    (desk.folder / "names.csv").write_text(
        "person,office\n" + "".join(f"Person {n} Example,NY\n" for n in range(4000)), encoding="utf-8"
    )
    assert desk.run("import", "table", "--members", desk.folder / "names.csv", "--community", "Big").code == 0
    with subprocess.Popen(
        command([*desk.where, "members"]), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as members:
        assert members.stdout is not None
        assert members.stderr is not None
        assert members.stdout.readline().startswith(b"name")
        members.stdout.close()
        said = members.stderr.read()
        assert (members.wait(), said) == (0, b"")


@pytest.mark.parametrize("form", ["--no-input", "--json"])
def test_output_onto_a_full_disk_is_said(desk: Desk, form: str):
    with a_small_disk(4096) as disk:
        full = disk.folder / "out"
        full.write_bytes(bytes(4096))
        with full.open("ab") as stream:
            done = subprocess.run(
                command([*desk.where, form, "communities"]),
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
    assert done.returncode == NoSpaceError.exit_code
    assert done.stderr.splitlines()[0] == "The disk is full."
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_terminal_that_knows_few_letters_gets_what_it_can_show(desk: Desk):
    ran = a_child([*desk.where, "plan", "list"], environment={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert "No plan yet" in ran.out


def test_json_is_utf_8_whatever_the_terminal_says(desk: Desk):
    assert desk.run("plan", "new", "安全饮水", "--purpose", "p", "--owner", "o", "--measure", "messages").code == 0
    ran = a_child([*desk.where, "--json", "plan", "list"], environment={"PYTHONIOENCODING": "latin-1"})
    assert ran.json[0]["name"] == "安全饮水"


def test_closed_streams_are_no_reason_to_fail(desk: Desk):
    script = '"$0" "$@" <&- >&- 2>&-'
    done = subprocess.run(["sh", "-c", script, *command([*desk.where, "status"])], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_progress_is_a_bar_on_a_terminal_and_drawn_as_often_as_people_read():
    terminal, clock = Terminal(), a_clock()
    line = ProgressLine(clock, stream=terminal)
    clock.advance(timedelta(seconds=10))
    line(Progress(12_000, "messages", fraction=0.25, note="2009q3\x1b.txt"))
    line(Progress(12_001, "messages", fraction=0.25))
    drawn = terminal.getvalue()
    assert drawn == "\r\x1b[2K[######------------------]  25 %  12,000 messages  1,200/s  30 s left  2009q3 .txt"
    line.close()
    line.close()
    assert terminal.getvalue() == drawn + "\r\x1b[2K"


def test_progress_elsewhere_is_a_line_every_few_seconds():
    stream, clock = io.StringIO(), a_clock()
    line = ProgressLine(clock, stream=stream)
    for _ in range(12):
        clock.advance(timedelta(seconds=1))
        line(Progress(1200, "messages", fraction=0.001))
    line.close()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert lines[-1].endswith("min left")


def test_progress_of_a_sync_says_its_stage_and_what_it_waits_for():
    stream, clock = io.StringIO(), a_clock()
    line = ProgressLine(clock, stream=stream)
    history = Progress(120, "messages", 400, stage="History", account="Forum", seconds_left=40.0)
    for progress in (history, replace(history, waits_until=clock.now().timestamp() + 60)):
        line(progress)
        clock.advance(timedelta(seconds=10))
    said, waiting = stream.getvalue().splitlines()
    assert said == "Forum  History  120 of 400 messages  40 s left for this part"
    assert "Forum  History  waiting until " in waiting


def test_progress_nobody_watches_does_not_stop_the_work():
    line = ProgressLine(a_clock(), stream=Gone())
    line(Progress(1, "messages"))
    line(Progress(2, "messages"))
    line.close()


def test_progress_goes_to_stderr_and_rows_to_stdout(desk: Desk):
    archive = desk.folder / "mail.mbox"
    archive.write_bytes(
        b"From a Mon Jan  1 09:00:00 2024\nFrom: a@example.org\nDate: Mon, 1 Jan 2024 09:00:00 +0000\n\nHi\n"
    )
    ran = desk.child("--json", "import", "mailing-list", archive, "--community", "Pumps")
    assert ran.json[0]["added"] == 1
    assert "1 messages" in ran.err
    assert os.linesep + "Pumps" not in ran.err
