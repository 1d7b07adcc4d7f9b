"""The demo: the main job from an empty folder to a plan, its documents, the table at headquarters and a picture."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from workbench.cli.demo_files import HEADQUARTERS, STICK, add_up, write_documents
from workbench.cli.demo_marks import make_demo_marks
from workbench.cli.demo_plan import PLAN, start_demo_plan
from workbench.cli.output import Output, ProgressLine
from workbench.clock import Clock
from workbench.errors import BadInputError, ExportError
from workbench.metrics.compute import measure_all
from workbench.metrics.window import last_days_over
from workbench.models.lock import ProfileLock
from workbench.operations.sources import install_sample
from workbench.paths import own_command
from workbench.queries.communities import list_communities
from workbench.vault import KeyFile
from workbench.workspace import Workspace

PICTURED = "WASH in Schools (sample)"
MARK = "made-by-demo.txt"
COLUMNS = ("name", "members", "messages", "contributors_90_days", "reply_rate", "first_reply_hours", "unanswered")
MEASURES = ("contributors", "reply_rate", "first_reply_hours", "unanswered")


def run_demo(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Makes everything under the folder given by --out and says where it is; opens the window where there is a display.

    Refuses a profile or a key named beside it, which it would not use, and a folder that holds something else than an
    earlier demo (BadInputError).
    """
    if any(each is not None for each in (options.profile, options.key_file, options.passphrase_fd)):
        message = "A demo makes a profile and a key of its own; name the folder for them with --out DIR."
        raise BadInputError(message)
    out = Path(options.out).absolute()
    profile, key = out / "profile", out / "profile.key"
    _clear(out)
    output.warn("Making a profile and bringing in the sample network of invented people …")
    with Workspace.create(profile, key=KeyFile(key), clock=clock) as workspace:
        progress = ProgressLine(clock)
        try:
            results = install_sample(workspace, report=progress)
        finally:
            progress.close()
        failed = next((result.error for result in results if result.error is not None), None)
        if failed is not None:
            raise failed
        communities = _key_numbers(workspace)
        output.warn("Making a plan, its documents, and the table at headquarters …")
        plan_id = start_demo_plan(workspace)
        make_demo_marks(workspace)
        documents = list(write_documents(workspace, plan_id, out))
        office_file, table, heard = add_up(workspace, out, clock=clock)
    made: dict[str, object] = {"profile": str(profile), "key_file": str(key)}
    for name, key_of, options_of in (
        ("plan_summary_pdf", "plan-summary.pdf", []),
        ("plan_one_page_pdf", "plan-one-page.pdf", ["--one-page"]),
    ):
        verb = ["report", "plan", PLAN, "--format", "pdf", *options_of, "--out", str(out / key_of)]
        made[name] = _child(profile, key, verb)
        documents.append((out / key_of, (out / key_of).stat().st_size))
    made |= {"plan_summary_docx": str(out / "plan-summary.docx"), "office_file": str(office_file), "rollup": str(table)}
    picture = ["gui", "--page", f"dashboard:{PICTURED}", "--screenshot", str(out / "dashboard.png")]
    made["dashboard_picture"] = _child(profile, key, picture)
    rows = [{"path": str(path), "size": size} for path, size in sorted(documents)]
    if output.as_json:
        output.one(made | {"heard": heard, "documents": rows, "communities": communities})
    else:
        output.rows(communities, COLUMNS)
        output.say("")
        output.rows(rows, ("path", "size"))
        output.say("")
        output.one(made | {"heard": heard})
    if has_display() and not options.no_window:
        output.warn("Opening the window; close it to end the demo.")
        return subprocess.run([*own_command(), *_where(profile, key), "gui"], check=False).returncode  # noqa: S603 - our own program
    output.say("")
    output.say(f"Open it again with: workbench --profile {profile} --key-file {key}")
    return 0


def has_display() -> bool:
    """Whether a window would be seen by anybody."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _where(profile: Path, key: Path) -> list[str]:
    return ["--profile", str(profile), "--key-file", str(key)]


def _clear(out: Path) -> None:
    """Takes an earlier demo away, and nothing else; ProfileBusyError while a window shows it."""
    mark, profiles = out / MARK, [out / "profile", out / HEADQUARTERS]
    folders = [folder for folder in (*profiles, out / STICK) if folder.exists()]
    if folders and not mark.exists():
        message = f"{folders[0]} is there and was not made by a demo; name another folder with --out."
        raise BadInputError(message)
    for profile in profiles:
        if profile.exists():
            ProfileLock(profile).take().free()
    try:
        out.mkdir(parents=True, exist_ok=True)
        mark.write_text("Made by `workbench demo`, which replaces what stands beside this file.\n", encoding="utf-8")
        for folder in folders:
            shutil.rmtree(folder)
        for profile in profiles:
            profile.with_name(f"{profile.name}.key").unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(error.strerror or "the folder cannot be written", path=str(out)) from error


def _key_numbers(workspace: Workspace) -> list[dict[str, object]]:
    """Every community with key numbers of the last 90 days."""
    now = workspace.clock.now()
    windows = [last_days_over(90, now)]
    rows: list[dict[str, object]] = []
    with workspace.database.read() as reader:
        for community in list_communities(reader, as_of=now):
            values = measure_all(reader, MEASURES, scope=(community.id,), windows=windows, as_of=now)
            numbers: dict[str, object] = {key: values[key][0].value for key in MEASURES}
            numbers["contributors_90_days"] = numbers.pop("contributors")
            row = {"name": community.name, "members": community.members, "messages": community.messages}
            rows.append(row | {key: numbers[key] for key in COLUMNS if key in numbers})
    return rows


def _child(profile: Path, key: Path, verb: list[str]) -> str:
    """Runs one verb in a process of its own, without a screen: Qt holds only one application per process."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 - our own program
        [*own_command(), *_where(profile, key), *verb],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise ExportError(done.stderr.strip() or f"{verb[0]} ended with {done.returncode}", path=verb[-1])
    return verb[-1]
