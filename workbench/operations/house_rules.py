"""House rules: one page of light governance to adapt: who decides, what is welcome, what is removed, whom to ask."""

from collections.abc import Mapping
from typing import Final

from workbench.operations.letters import COMMUNITY, Language

_RULES: Final[Mapping[Language, str]] = {
    Language.ENGLISH: """House rules of {community}

Who decides: the coordinator, together with two members who are named each year.
Welcome: questions of every kind, what worked and what did not, help for others, short messages.
Not welcome: advertising, attacks on people, personal data of people we serve.
What is removed: what puts people in danger or breaks these rules. Whoever wrote it is told why, in private, first.
How to object: write to the coordinator within 14 days; somebody who did not decide looks at it again.
Whom to ask: [name and address]
These rules are looked at once a year, by everybody who wants to.
""",
    Language.FRENCH: """Règles de {community}

Qui décide : la coordination, avec deux membres désignés chaque année.
Bienvenus : toutes les questions, ce qui a marché et ce qui n’a pas marché, l’entraide, les messages courts.
Pas bienvenus : la publicité, les attaques contre des personnes, les données des personnes que nous servons.
Ce qui est retiré : ce qui met quelqu’un en danger ou enfreint ces règles. L’auteur en est d’abord informé en privé.
Comment contester : écrire à la coordination sous 14 jours ; quelqu’un qui n’a pas décidé réexamine.
À qui s’adresser : [nom et adresse]
Ces règles sont revues une fois par an, avec tous ceux qui le souhaitent.
""",
    Language.SPANISH: """Normas de {community}

Quién decide: la coordinación, con dos miembros nombrados cada año.
Bienvenido: preguntas de todo tipo, lo que funcionó y lo que no, ayuda a los demás, mensajes breves.
No bienvenido: publicidad, ataques a personas, datos personales de quienes atendemos.
Qué se retira: lo que pone a alguien en peligro o incumple estas normas. Antes se explica en privado a su autor.
Cómo objetar: escribir a la coordinación en 14 días; lo revisa alguien que no decidió.
A quién preguntar: [nombre y dirección]
Estas normas se revisan una vez al año, con quien quiera participar.
""",
    Language.ARABIC: """قواعد {community}

من يقرر: المنسّق مع عضوين يُسمَّيان كل عام.
مرحَّب به: الأسئلة بأنواعها، وما نجح وما لم ينجح، ومساعدة الآخرين، والرسائل القصيرة.
غير مرحَّب به: الإعلانات، والتهجم على الأشخاص، والبيانات الشخصية لمن نخدمهم.
ما يُحذف: ما يعرّض الناس للخطر أو يخالف هذه القواعد، ويُخبَر كاتبه بالسبب على انفراد أولًا.
كيف يُعترض: الكتابة إلى المنسّق خلال 14 يومًا، وينظر فيه شخص لم يشارك في القرار.
لمن يُوجَّه السؤال: [الاسم والعنوان]
تُراجَع هذه القواعد مرة في السنة مع كل من يرغب.
""",
}


def house_rules(language: Language, *, community: str) -> str:
    """The text in this language, for a community of this name; other words in brackets are to be filled in."""
    return _RULES[language].replace(COMMUNITY, community)
