"""What the Settings page shows of the profile: backups, who the coordinator is, size; and what it writes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbench.ids import PersonId
from workbench.models.backup import Backup
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.operations.upkeep import list_profile_backups
from workbench.paths import database_file
from workbench.queries.members import list_members, person_card
from workbench.queries.newcomers import joined_tags
from workbench.queries.own_organisations import most_told, own_organisations
from workbench.queries.preferences import ME, MY_NAME, me, preference
from workbench.vault import KeyKind, read_card
from workbench.workspace import Workspace

PEOPLE_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody the coordinator may be."""

    person_id: PersonId
    name: str
    office: str
    messages: int


@dataclass(frozen=True, slots=True)
class SettingsData:
    """`me` is None while the coordinator has not said who they are; `size` counts bytes of the database."""

    me: PersonChoice | None
    my_name: str
    size: int
    key_kind: KeyKind | None
    backups: tuple[Backup, ...]
    joined_tags: tuple[str, ...] = ()
    own_organisations: tuple[str, ...] | None = None
    most_told: str | None = None


def read_settings(workspace: Workspace) -> SettingsData:
    """Reads the page."""
    with workspace.database.read() as reader:
        person_id, name, tags = me(reader), preference(reader, MY_NAME), joined_tags(reader)
        own, most = own_organisations(reader), most_told(reader)
        person = None
        if person_id is not None:
            card = person_card(reader, person_id, as_of=workspace.clock.now())
            person = None if card is None else PersonChoice(person_id, card.name, card.office or "", card.messages)
    card_of_profile = read_card(workspace.profile)
    return SettingsData(
        me=person,
        my_name="" if name is None else str(json.loads(name)),
        size=_size(database_file(workspace.profile)),
        key_kind=None if card_of_profile is None else card_of_profile.key_kind,
        backups=tuple(list_profile_backups(workspace.profile)),
        joined_tags=tags,
        own_organisations=own,
        most_told=most,
    )


def find_people(database: Database, text: str) -> list[PersonChoice]:
    """People whose name holds what was typed."""
    with database.read() as reader:
        return [
            PersonChoice(row.person_id, row.name, row.office or "", row.messages)
            for row in list_members(reader, (), text=text, limit=PEOPLE_SHOWN)
        ]


def save_me(workspace: Workspace, person_id: PersonId | None) -> Changes:
    """Keeps who the coordinator is; None forgets it."""
    return workspace.notes.set_preference(ME, None if person_id is None else json.dumps(person_id))


def save_my_name(workspace: Workspace, name: str) -> Changes:
    """Keeps the name given as plan owner; an empty one forgets it."""
    name = " ".join(name.split())
    return workspace.notes.set_preference(MY_NAME, json.dumps(name, ensure_ascii=False) if name else None)


def restore_command(profile: Path, backup: Path | None, *, is_default: bool, key_file: str = "") -> str:
    """The line to type for going back to a backup, with quotes where the shell wants them."""
    parts = ["workbench"]
    if not is_default:
        parts += ["--profile", _quoted(str(profile))]
    if key_file:
        parts += ["--key-file", _quoted(key_file)]
    parts.append("restore")
    if backup is not None:
        parts.append(_quoted(str(backup)))
    return " ".join(parts)


def _quoted(text: str) -> str:
    """Quoted in the way every shell understands; quotes inside a path are escaped."""
    if text and all(letter.isalnum() or letter in "/\\._-:~" for letter in text):
        return text
    return '"' + text.replace('"', '\\"') + '"'


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
