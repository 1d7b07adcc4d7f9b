"""Session: one window around a Workspace, first paint before anything else is loaded."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.cancel import CancelToken
from workbench.errors import KeyMissingError, NeedsUserError, ProfileBusyError, WorkbenchError, WrongKeyError
from workbench.ui.actions import ActionRegistry
from workbench.ui.application import make_application
from workbench.ui.collector import Collector
from workbench.ui.main_window import PAGES, USUAL, MainWindow
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.window_state import WindowState, first_size, load_state, save_state

if TYPE_CHECKING:
    # The window paints before anything that opens a profile is loaded.
    from workbench.ui.context import Context
    from workbench.ui.heaps import HeapKeeper
    from workbench.ui.jobs import JobRunner
    from workbench.ui.page_loader import PageLoader
    from workbench.ui.pages.first_run import FirstRun, Newcomer
    from workbench.ui.single_instance import FirstInstance
    from workbench.vault import KeySource
    from workbench.workspace import Workspace

_LONGEST_READ_MILLISECONDS: Final = 250
_AGAIN_MILLISECONDS: Final = 250
"""How often a profile that is in use is tried: a window that is closing lets it go in a moment."""
_REST: Final = tuple(
    f"workbench.{name}"
    for name in (
        "sync.platforms", "sync.schedule", "sync.mirror", "sync.engine", "operations.sync", "ui.status_row",
        "ui.source_work", "ui.palette_places", "ui.exchange_watch", "ui.single_instance", "ui.conduct",
    )
)  # fmt: skip
"""In the order they need each other; the heaviest come in a turn of their own."""
_SAID_AFTER: Final = 8
"""Tries in vain after which it is said why nothing is shown."""
Factory = Callable[[], "Workspace"]


def run(
    workspace_factory: Factory,
    *,
    profile: Path | None = None,
    unlock: "Callable[[str], Workspace] | None" = None,
    page: str | None = None,
    screenshot: Path | None = None,
    newcomer: "Newcomer | None" = None,
) -> int:
    """Opens the window and returns the exit code once it closed.

    `profile` is the folder: with it the window remembers how it looked, and a second start raises the first window
    and returns 0. `unlock(passphrase)` opens a profile that wants a passphrase. `page` is a key of PAGES, or
    `dashboard:NAME OF A COMMUNITY`. With `screenshot` the window is drawn at 1366×768 once its data are shown, saved
    to that file, and closed. `newcomer` is given where there is no profile yet; then the first run is shown.
    """
    application = make_application()
    session = Session(
        workspace_factory, profile=profile, unlock=unlock, page=page, screenshot=screenshot, newcomer=newcomer
    )
    session.ended.connect(application.quit)
    session.window.show()
    application.exec()
    return session.exit_code


class Session(QObject):
    """One run of the window, from the first paint to the saved state; `ended` once the window has closed.

    `completed` once everything beside the first page works too.
    """

    ended = Signal()
    completed = Signal()

    def __init__(
        self,
        factory: Factory,
        *,
        profile: Path | None,
        unlock: "Callable[[str], Workspace] | None",
        page: str | None,
        screenshot: Path | None,
        newcomer: "Newcomer | None" = None,
    ) -> None:
        super().__init__()
        self._factory, self._profile, self._unlock, self._screenshot = factory, profile, unlock, screenshot
        self._wanted = page
        self._state = load_state(profile) if profile is not None else WindowState()
        if screenshot is not None:
            self._state = WindowState(theme=self._state.theme, text_scale=self._state.text_scale)
        self.exit_code = 0
        self._workspace: Workspace | None = None
        self._open_until = CancelToken()
        self._context: Context | None = None
        self.theme = Theme(mode=_mode(self._state.theme), text_scale=self._state.text_scale)
        self._actions = ActionRegistry(self.theme, self)
        self._jobs: JobRunner | None = None
        self.window = MainWindow(theme=self.theme, actions=self._actions, state=self._state)
        if screenshot is not None:
            self.window.resize(*USUAL)
        elif not self._state.geometry:
            room = self.window.screen().availableSize()
            self.window.resize(*first_size(USUAL, room=(room.width(), room.height())))
        self._collector = Collector(self)
        self._newcomer = newcomer
        self._first_run: FirstRun | None = None
        if newcomer is not None:
            self._welcome()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MILLISECONDS)
        self._again.timeout.connect(self._open)
        self._tries = 0
        self._first: FirstInstance | None = None
        self._loader: PageLoader | None = None
        self._heaps: HeapKeeper | None = None
        self.window.painted.connect(self._open)
        self.window.closing.connect(self._close)
        self._hook = sys.excepthook
        sys.excepthook = self.show_exception

    def _open(self) -> None:
        if self._newcomer is None or self._first_run is None:
            self._open_with(self._factory)
        elif self._newcomer.key is not None:
            self._create(self._newcomer.key)
        else:
            self._first_run.look_for_vault(self._started_jobs())

    def _started_jobs(self) -> "JobRunner":
        from workbench.clock import SystemClock  # noqa: PLC0415 - after the first paint
        from workbench.ui.heaps import HeapKeeper, one_heap  # noqa: PLC0415 - after the first paint
        from workbench.ui.jobs import JobRunner  # noqa: PLC0415 - after the first paint

        if self._jobs is None:
            one_heap()
            jobs = self._jobs = JobRunner(SystemClock(), self)
            self._heaps = HeapKeeper(is_busy=lambda: jobs.is_busy, parent=self)
            jobs.job_ended.connect(self._heaps.ended)
        return self._jobs

    def _welcome(self) -> None:
        """Covers the window before it is first painted: nothing below means anything yet."""
        from workbench.ui.pages.first_run import FirstRun  # noqa: PLC0415 - once in the life of a profile

        self._first_run = FirstRun(self.window, self.theme, profile=self._profile or Path())
        self._first_run.key_chosen.connect(self._create)
        self._first_run.finished.connect(self._on_first_run_over)

    def _create(self, key: "KeySource") -> None:
        if self._newcomer is not None and self._first_run is not None:
            create, prepared = self._newcomer.create, self._first_run.prepared(key)
            self._first_run.show_making()
            self._open_with(lambda: create(prepared))

    def _on_first_run_over(self) -> None:
        self._first_run = None

    def _open_with(self, factory: Factory) -> None:
        jobs = self._started_jobs()
        jobs.run(self, "open", factory, lambda workspace: self._on_opened(workspace, jobs), self._on_refused)

    def _on_opened(self, workspace: "Workspace", jobs: "JobRunner") -> None:
        self._workspace, self.exit_code = workspace, 0
        workspace.database.window = self._open_until
        # Everything here is wanted from the first page on, but not for the first paint.
        from workbench.ids import CommunityId  # noqa: PLC0415 - as said above
        from workbench.ui.change_bus import ChangeBus  # noqa: PLC0415 - as said above
        from workbench.ui.context import Context  # noqa: PLC0415 - as said above
        from workbench.ui.period import Period  # noqa: PLC0415 - as said above

        context = Context(workspace, jobs=jobs, bus=ChangeBus(self), actions=self._actions, theme=self.theme)
        context.set_period(Period.from_stored(self._state.period))
        context.set_shows_tables(shows=self._state.shows_tables)
        self._context = context
        context.set_scope(tuple(CommunityId(one) for one in self._state.scope))
        self.window.start(context)
        self._open_first_page()
        # The rest would only keep the first page waiting: it comes once that has been read.
        self._rest.timeout.connect(lambda: self._load_rest(context, jobs))
        jobs.job_ended.connect(self._on_read)
        if self._first_run is not None or self._screenshot is not None:
            self._complete(context, jobs)
        else:
            self._rest.start(_LONGEST_READ_MILLISECONDS)

    def _on_read(self) -> None:
        # The page hears of it after this, and may go on reading: the rest waits for that too.
        QTimer.singleShot(0, self._rest_once_idle)

    def _rest_once_idle(self) -> None:
        if self._rest.isActive() and self._jobs is not None and not self._jobs.is_busy:
            self._rest.start(0)

    def _load_rest(self, context: "Context", jobs: "JobRunner") -> None:
        """What the rest is made of, one module a turn: together they would hold up the first click."""
        from workbench.ui.page_loader import PageLoader  # noqa: PLC0415 - after the first page

        self._loader = PageLoader(_REST, is_busy=lambda: False, pause=1, parent=self)
        self._loader.loaded.connect(lambda: self._complete(context, jobs))
        self._loader.start()

    def _complete(self, context: "Context", jobs: "JobRunner") -> None:
        """Palette, bars, sources and everything else that is not the first page."""
        from workbench.ui.conduct import Conduct  # noqa: PLC0415 - after the first page

        self._conduct = Conduct(self.window, context)
        context.sources.start()
        self._newcomer = None
        if self._first_run is not None:
            self._first_run.workspace_opened(context)
        if self._screenshot is not None:
            self._photograph(self._screenshot, jobs)
        else:
            self._listen()
            self._load_pages(jobs)
            context.backups.start()
            self._conduct.clock.start()
            self._conduct.ahead.start()
        self.completed.emit()

    def _load_pages(self, jobs: "JobRunner") -> None:
        """The modules of the pages, one at a time: most of what opening a page for the first time would take."""
        from workbench.ui.page_loader import PageLoader  # noqa: PLC0415 - after the first page

        self._loader = PageLoader([entry.module for entry in PAGES], is_busy=lambda: jobs.is_busy, parent=self)
        self._loader.start()

    def _open_first_page(self) -> None:
        key, _, name = (self._wanted or self._state.page).partition(":")
        known = {entry.key for entry in PAGES}
        self.window.open_page(key if key in known else PAGES[0].key, name or None)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ProfileBusyError) and self._profile is not None:
            if self._raise_first(self._profile):
                self.window.close()
                return
            if self._screenshot is None and self._waits_for_another():
                return
        self.exit_code = error.exit_code if isinstance(error, WorkbenchError) else 1
        if self._screenshot is not None:
            self._leave(error)
            return
        if self._first_run is not None:
            self._first_run.show_problem(error)
            return
        if isinstance(error, KeyMissingError | WrongKeyError) and self._unlock is not None:
            self._ask_passphrase(was_wrong=isinstance(error, WrongKeyError))
            return
        from workbench.ui.widgets.state_panel import Offer, StateWords  # noqa: PLC0415 - seldom wanted

        words, details = _error_words(error)
        offers = (Offer("Try again", self._open, "arrow-clockwise"), Offer("Quit", self.window.close, "sign-out"))
        icon = "lock" if isinstance(error, NeedsUserError) else "warning-circle"
        self.window.show_failure(StateWords(words[0], words[1:], icon, offers, details))

    def _waits_for_another(self) -> bool:
        """Tries again while something else has the profile; whether there is nothing new to say."""
        self._tries += 1
        self._again.start()
        return self._tries != _SAID_AFTER

    def _ask_passphrase(self, *, was_wrong: bool) -> None:
        from workbench.ui.widgets.passphrase_form import PassphraseForm  # noqa: PLC0415 - seldom wanted

        form = PassphraseForm(self.theme, was_wrong=was_wrong)
        unlock = self._unlock

        def given(passphrase: str) -> None:
            if unlock is not None:
                self._open_with(lambda: unlock(passphrase))

        form.given.connect(given)
        self.window.show_inside(form)
        form.take_focus()

    def _raise_first(self, profile: Path) -> bool:
        from workbench.ui.single_instance import raise_first  # noqa: PLC0415 - QtNetwork is not wanted before

        return raise_first(profile)

    def _listen(self) -> None:
        if self._profile is None:
            return
        from workbench.ui.single_instance import FirstInstance  # noqa: PLC0415 - QtNetwork is not wanted before

        self._first = FirstInstance(self._profile, self)
        self._first.raise_wanted.connect(self._raise)

    def _raise(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~self.window.windowState().WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _photograph(self, path: Path, jobs: "JobRunner") -> None:
        from workbench.ui.photograph import Photographer  # noqa: PLC0415 - only when asked for

        self._photographer = Photographer(self.window, jobs, path)
        self._photographer.taken.connect(self._on_taken)

    def _on_taken(self, is_saved: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        self.exit_code = 0 if is_saved else 1
        self.window.close()

    def _leave(self, error: Exception) -> None:
        words, _details = _error_words(error)
        sys.stderr.write(" ".join(words) + "\n")
        self.window.close()

    def _close(self) -> None:
        self._rest.stop()
        self._again.stop()
        if self._first is not None:
            self._first.close()
        if self._loader is not None:
            self._loader.stop()
        self._open_until.cancel()
        self.window.hide()
        if self._profile is not None and self._context is not None and self._screenshot is None:
            save_state(self._profile, self._state_now(self._context))
        if self._heaps is not None:
            self._heaps.stop()
        if self._jobs is not None:
            self._jobs.close()
        if self._workspace is not None:
            self._workspace.close()
        self._collector.stop()
        sys.excepthook = self._hook
        QTimer.singleShot(0, self.ended.emit)

    def _state_now(self, context: "Context") -> WindowState:
        geometry, rail, shows_inspector = self.window.frame_state()
        return WindowState(
            geometry=geometry,
            page=self.window.here(),
            scope=tuple(int(one) for one in context.scope),
            period=context.period.stored(),
            theme=self.theme.mode.value,
            text_scale=self.theme.text_scale,
            rail=rail,
            shows_inspector=shows_inspector,
            shows_tables=context.shows_tables,
        )

    def show_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Shows what went wrong in words; the trace goes to stderr for developers, never to the window."""
        self._hook(kind, error, trace)
        if self._context is None or issubclass(kind, KeyboardInterrupt):
            return
        words, _details = _error_words(error)
        with suppress(RuntimeError):  # the window may be half gone when the last slots fail
            self._context.tell(words[0])


def _mode(text: str) -> ThemeMode:
    return ThemeMode(text) if text in set(ThemeMode) else ThemeMode.SYSTEM


def _error_words(error: BaseException) -> tuple[tuple[str, ...], str]:
    from workbench.ui.words import error_words  # noqa: PLC0415 - seldom wanted, never for the first paint

    return error_words(error)
