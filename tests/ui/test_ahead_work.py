"""Working ahead from the window: after a quiet while, once for each state of the profile, and never in the way."""

from tests.builders import NOW
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.models.keeping import Answer, keep_results
from workbench.queries.kept import marks
from workbench.ui.ahead_work import AheadWork
from workbench.ui.context import Context


def kept(context: Context) -> int:
    with context.workspace.database.read() as reader:
        return int(reader.scalar("SELECT count(*) FROM keptresult"))


def keep_one(context: Context) -> None:
    """As a page does that took long."""
    database = context.workspace.database
    with database.read() as reader:
        now = marks(reader)
    assert keep_results(database, [Answer("a", now.mirror, None, NOW, "[]")])


def forget(context: Context) -> None:
    with context.workspace.database.jot() as connection:
        connection.execute("DELETE FROM keptresult WHERE asked <> 'a'")


def begin(qtbot, context: Context, work: AheadWork) -> None:
    with qtbot.waitSignal(work.ended, timeout=20_000):
        work.begin()
    settle(qtbot, context.jobs)


def test_a_profile_where_nothing_takes_long_is_left_alone(qtbot, filled, context: Context):
    begin(qtbot, context, AheadWork(context))
    assert kept(context) == 0


def test_what_pages_ask_is_worked_out_once_for_each_state_of_the_profile(qtbot, filled, context: Context):
    work = AheadWork(context)
    keep_one(context)
    begin(qtbot, context, work)
    assert kept(context) > 50
    keep_one(context)
    forget(context)
    begin(qtbot, context, work)
    assert kept(context) == 1
    for change in ("UPDATE community SET name = name || '!'", "INSERT INTO preference VALUES ('staff', '[]')"):
        keep_one(context)
        forget(context)
        with context.workspace.database.write() as session:
            session.connection().exec_driver_sql(change)
        begin(qtbot, context, work)
        assert kept(context) > 50, change


def test_it_waits_for_quiet_after_each_change_that_numbers_rest_on(qtbot, filled, context: Context):
    work = AheadWork(context)
    context.bus.publish(Changes.EVENTS)
    assert not work.is_waiting  # not before the window lets it
    work.start()
    assert work.is_waiting
    begin(qtbot, context, work)
    work.stop()
    for changes, waits in ((Changes.TODAY, False), (Changes.OUTBOX, False), (Changes.EVENTS, True)):
        context.bus.publish(changes)
        assert work.is_waiting is waits, changes
