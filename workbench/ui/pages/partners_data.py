"""What the list of partners writes, away from the window: our own partner file, new partners, names, folders, trust."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Keys and the ORM take longer to load than a window may stand still.
    from workbench.sync.identity import PublicIdentity


def name_myself(workspace: Workspace, name: str) -> "PublicIdentity":
    """Makes the keys of this profile, or changes the name partners see."""
    from workbench.operations.partners import own_identity  # noqa: PLC0415 - as said above

    return own_identity(workspace, name=name)


def write_mine(workspace: Workspace, out: Path) -> Path:
    """Writes the partner file to give to others."""
    from workbench.operations.partners import PARTNER_SUFFIX, write_own_identity  # noqa: PLC0415 - as said above

    path = out if out.suffix else out.with_suffix(PARTNER_SUFFIX)
    write_own_identity(workspace, path)
    return path


def read_file(path: Path) -> "PublicIdentity":
    """Whom a partner file is about."""
    from workbench.operations.partners import read_partner_file  # noqa: PLC0415 - as said above

    return read_partner_file(path)


def read_text(text: str) -> "PublicIdentity":
    """Whom the text of a partner file is about, as pasted from a message; what stands around it is left out."""
    from workbench.sync.identity import PublicIdentity  # noqa: PLC0415 - as said above

    start, end = text.find("{"), text.rfind("}")
    return PublicIdentity.from_text(text[start : end + 1] if 0 <= start < end else text)


def trust(workspace: Workspace, partner: "PublicIdentity") -> None:
    """Takes in files of this partner from now on."""
    from workbench.operations.partners import add_partner  # noqa: PLC0415 - as said above

    add_partner(workspace, partner)


def changed(act: str, workspace: Workspace, name: str, value: object = None) -> None:
    """Renames a partner, chooses their folder, or trusts them no longer."""
    from workbench.operations import partners  # noqa: PLC0415 - as said above

    acts: dict[str, Callable[[], object]] = {
        "rename": lambda: partners.rename_partner(workspace, name, str(value)),
        "folder": lambda: partners.choose_partner_folder(workspace, name, value if isinstance(value, Path) else None),
        "remove": lambda: partners.remove_partner(workspace, name),
    }
    acts[act]()
