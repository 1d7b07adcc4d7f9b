"""Letters: the few friendly lines a greeting or a word to somebody gone quiet begins with, in four languages."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.queries.place_keys import place_keys
from workbench.queries.preferences import preference

NAME: Final = "{name}"
COMMUNITY: Final = "{community}"


class Letter(StrEnum):
    """What is written."""

    GREETING = "greeting"
    NUDGE = "nudge"


class Language(StrEnum):
    """Languages letters are shipped in, by their own names."""

    ENGLISH = "English"
    FRENCH = "Français"
    SPANISH = "Español"
    ARABIC = "العربية"


TEXTS: Final[Mapping[Letter, Mapping[Language, str]]] = {
    Letter.GREETING: {
        Language.ENGLISH: "Welcome to {community}, {name}. What are you working on, and what would you like"
        " to find here?",
        Language.FRENCH: "Bienvenue dans {community}, {name}. Sur quoi travaillez-vous, et que cherchez-vous ici ?",
        Language.SPANISH: "Te damos la bienvenida a {community}, {name}. ¿En qué trabajas y qué te gustaría"
        " encontrar aquí?",
        Language.ARABIC: "مرحبًا بك في {community}، {name}. على ماذا تعمل الآن، وما الذي تود أن تجده هنا؟",
    },
    Letter.NUDGE: {
        Language.ENGLISH: "Hello {name}, we have not read you in {community} for a while and miss your view."
        " No need to answer: the door is open whenever it suits you.",
        Language.FRENCH: "Bonjour {name}, nous ne vous avons pas lu depuis un moment dans {community} et votre avis"
        " nous manque. Rien ne presse : la porte reste ouverte.",
        Language.SPANISH: "Hola, {name}: hace tiempo que no te leemos en {community} y echamos de menos tu opinión."
        " No hace falta responder: la puerta está abierta cuando quieras.",
        Language.ARABIC: "مرحبًا {name}، لم نقرأ لك في {community} منذ مدة ونفتقد رأيك."
        " لا داعي للرد: الباب مفتوح متى شئت.",
    },
}
"""Each names the person and the community in braces."""


def letter_key(letter: Letter, language: Language) -> str:
    """Key of the setting that holds the coordinator's own words, as JSON text."""
    return f"letter.{letter.value}.{language.name.casefold()}"


def letter_text(reader: Reader, letter: Letter, language: Language) -> str:
    """The coordinator's own words where they wrote some, else those shipped."""
    own = preference(reader, letter_key(letter, language))
    return TEXTS[letter][language] if own is None else str(json.loads(own))


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """What one community is written: its language, and words of its own; "" for those of the language."""

    language: Language
    text: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """The words of one letter: `usual` by language, and of each community that has its own. `places` are their keys."""

    usual: Mapping[Language, str]
    own: Mapping[CommunityId, OwnLetter] = field(default_factory=dict)
    places: Mapping[CommunityId, str] = field(default_factory=dict)

    def text(self, community: CommunityId | None, *, language: Language) -> str:
        """What this community is written; in `language` where it has no letter of its own, as everybody is."""
        own = self.own.get(community) if community is not None else None
        if own is None:
            return self.usual[language]
        return own.text or self.usual[own.language]


def read_letters(reader: Reader, letter: Letter, communities: Collection[CommunityId]) -> Letters:
    """The letter in every language, and as these communities get it."""
    places, own = place_keys(reader, communities), {}
    for community, place in places.items():
        kept = preference(reader, own_letter_key(letter, place))
        if kept is not None:
            told = json.loads(kept)
            own[community] = OwnLetter(Language[told["language"]], str(told["text"]))
    return Letters({language: letter_text(reader, letter, language) for language in Language}, own, places)


def own_letter_key(letter: Letter, place: str) -> str:
    """Key of the setting that holds a community's own letter, as `own_letter_json` writes it."""
    return f"letter.{letter.value}.at.{place}"


def own_letter_json(own: OwnLetter) -> str:
    """A community's own letter as it is kept."""
    return json.dumps({"language": own.language.name, "text": own.text})


def addressed(text: str, *, name: str, community: str) -> str:
    """The text with the person and the community put in; other braces stay as they are."""
    return text.replace(NAME, name).replace(COMMUNITY, community)
