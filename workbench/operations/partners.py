"""Partners: who we are to others, whose sealed files are taken in, and where these arrive."""

from collections.abc import Mapping
from pathlib import Path

from workbench.errors import BadInputError, SourceError
from workbench.export.files import refuse_unwritable, write_whole
from workbench.queries.partners import PartnerRow, author_names, list_partners
from workbench.sync.identity import PublicIdentity
from workbench.sync.partners import PartnerStore
from workbench.vault.copy_mark import place_of, read_mark
from workbench.workspace import Workspace

PARTNER_SUFFIX = ".cwpartner"
_MOST_PARTNER_FILE = 16 << 10


def partner_store(workspace: Workspace) -> PartnerStore:
    """The writer of identity, partners and numbers; knows whether this profile is a restored or copied one."""
    return PartnerStore(workspace.database, workspace.clock, mark=own_mark(workspace))


def own_identity(workspace: Workspace, *, name: str | None = None) -> PublicIdentity:
    """What partners need of us, made now where there is none; `name` is what they see, and is needed the first time."""
    return partner_store(workspace).identity(name=name).public


def write_own_identity(workspace: Workspace, out: Path, *, name: str | None = None) -> PublicIdentity:
    """Writes the partner file others add; refuses an unwritable place (ExportError)."""
    refuse_unwritable(out)
    public = own_identity(workspace, name=name)
    write_whole(out, public.to_text().encode())
    return public


def partners(workspace: Workspace) -> list[PartnerRow]:
    """Everybody whose files are taken in, by name."""
    with workspace.database.read() as reader:
        return list_partners(reader)


def read_partner_file(path: Path) -> PublicIdentity:
    """Who a partner file is about, to compare the fingerprint before `add_partner`; BadInputError for other files."""
    try:
        return PublicIdentity.from_text(read_file(path, most=_MOST_PARTNER_FILE).decode())
    except UnicodeDecodeError as error:
        raise BadInputError(reason="This is not a partner file of Community Workbench.") from error


def add_partner(workspace: Workspace, partner: PublicIdentity) -> None:
    """Trusts files signed by this partner; a partner of that name gets the new key in the place of the old one."""
    partner_store(workspace).add(partner)


def rename_partner(workspace: Workspace, name: str, new_name: str) -> None:
    """Calls a partner something else here; the key that is trusted stays the same. Refuses a name another one has."""
    partner_store(workspace).rename(partner_named(workspace, name).signer, new_name)


def remove_partner(workspace: Workspace, name: str) -> None:
    """Takes in no more files of this partner; what was taken in stays."""
    partner_store(workspace).forget(partner_named(workspace, name).signer)


def choose_partner_folder(workspace: Workspace, name: str, folder: Path | None) -> None:
    """Where this partner's files arrive (a shared folder, a stick); None for nowhere. Refuses what is no folder."""
    if folder is not None and not folder.is_dir():
        raise BadInputError(reason="There is no such folder.")
    partner_store(workspace).choose_folder(partner_named(workspace, name).signer, folder)


def partner_named(workspace: Workspace, name: str) -> PartnerRow:
    """The partner a person means; BadInputError where there is none."""
    for partner in partners(workspace):
        if name.casefold() == partner.name.casefold():
            return partner
    message = f"There is no partner called “{name}” in this profile."
    raise BadInputError(message)


def names_behind_marks(workspace: Workspace) -> Mapping[str, str]:
    """The names of the people behind the marks that plans keep as authors; "you" where nobody gave us a name yet."""
    with workspace.database.read() as reader:
        names = author_names(reader)
    return {own_mark(workspace): "you", "me": "you", **names}


def own_mark(workspace: Workspace) -> str:
    """The mark of this copy of the profile; "" where it is not, or no longer, the copy the mark was made for."""
    mark = read_mark(workspace.profile)
    is_ours = mark is not None and mark.place == place_of(workspace.database.path)
    return mark.copy if mark is not None and is_ours else ""


def read_file(path: Path, *, most: int) -> bytes:
    """The first `most` bytes of a file handed in, and one more; BadInputError where there is none, else SourceError."""
    if path.exists() and not path.is_file():  # opening a pipe would wait for whoever writes into it
        message = "it is no file"
        raise SourceError(message, path=str(path))
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise BadInputError(reason="There is no such file.") from error
    except OSError as error:
        raise SourceError(error.strerror or "it cannot be read", path=str(path)) from error
