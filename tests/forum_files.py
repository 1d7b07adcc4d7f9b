"""A forum with files on its posts, for tests: the stand-in of Discourse, which beside its posts serves uploads."""

from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.platforms.discourse import Discourse
from tests.platforms.world import World
from tests.sync.wire import Wire
from workbench.ids import AccountId, AttachmentId
from workbench.models.kinds import AccountKind
from workbench.operations.seating import Line
from workbench.operations.sources import add_account
from workbench.operations.sync import discover
from workbench.sync.accounts import AccountLimits
from workbench.workspace import Workspace

ADDRESS = "https://forum.example.org"
PLAN, PHOTO, TOOL = ("p" * 27, "h" * 27, "t" * 27)
PDF = b"%PDF-1.7 The plan of Amina Example" + b"." * 500
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class FileForum:
    """`files` by their names in addresses; `asked` keeps (path, whether it was signed) of uploads."""

    world: World
    files: dict[str, httpx2.Response | bytes] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def line(self) -> Line:
        """Ends in the stand-in; nobody waits."""
        forum = Discourse(self.world).wire()

        def answer(request: httpx2.Request) -> httpx2.Response:
            if not request.url.path.startswith("/uploads/"):
                return forum.handle_request(request)
            name = request.url.path.rpartition("/")[2]
            self.asked.append((name, "user-api-key" in request.headers))
            held = self.files.get(name, httpx2.Response(404, content=b"{}"))
            kind = {"pdf": "application/pdf", "png": "image/png"}.get(name.rpartition(".")[2], "")
            return (
                httpx2.Response(200, content=held, headers={"content-type": kind}) if isinstance(held, bytes) else held
            )

        return Line(transport=Wire(answer), jitter=lambda: 0.0, sleep=lambda seconds: None)


def a_file_forum() -> FileForum:
    """One topic whose post carries a plan, a photograph and a program."""
    world = World()
    world.person()
    group = world.group("Water points")
    text = (
        f"The plan is here: [plan.pdf|attachment](upload://{PLAN}.pdf) (0.5 KB)\n"
        f"![Well|690x388](upload://{PHOTO}.png)\n[setup.exe|attachment](upload://{TOOL}.exe) (1 KB)"
    )
    world.say(group.id, world.me, text, subject="Plans")
    return FileForum(world, {f"{PLAN}.pdf": PDF, f"{PHOTO}.png": PNG, f"{TOOL}.exe": b"MZ"})


def add_forum(workspace: Workspace, forum: FileForum, **limits: Any) -> AccountId:
    """An account at it, with every category followed."""
    settings = {"address": ADDRESS, "people": "no", "likes_per_run": "0"}
    account_id = add_account(
        workspace, kind=AccountKind.DISCOURSE, name="Forum", settings=settings, limits=AccountLimits(**limits)
    )
    found = discover(workspace, name="Forum", line=forum.line)
    workspace.accounts.follow(account_id, [row.community_id for row in found])
    return account_id


def ids(workspace: Workspace) -> dict[str, AttachmentId]:
    """{name: id} of every file that is known."""
    with workspace.database.read() as reader:
        return {name: AttachmentId(id_) for id_, name in reader.rows("SELECT id, name FROM attachment")}
