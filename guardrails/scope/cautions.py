"""What is said for safety where nothing is answered: to a patient, and of a text in a language that is not read.

Red flags are looked for in English only. Whoever writes in another language is told so, in that language where it is one
of six; the warning signs are those whose patterns the library escalates (`corpus/library/red_flags.yaml`).
"""

from __future__ import annotations

import re

from corpus.terms import plain

HELP_NOW = (
    "If any of this is so, do not wait: a hot, swollen knee with fever; a calf that is newly swollen, hot or painful; "
    "breathlessness or chest pain; a cold or pale foot; numbness between the legs or new trouble with bladder or bowel; "
    "an injury after which the leg bears no weight. Call your emergency number or go to an emergency department now."
)
"""What a patient reads first."""
AFTER_SURGERY = (
    "After an operation keep to what the surgical team set, and ring the ward or the team when you are unsure; "
    "a wound that oozes, fever or a limit you have forgotten are good reasons to ring."
)
UNREAD = (
    "No red flag was looked for in it. Screen by hand before anything else: clot, infection, fracture, cauda equina, a cold "
    "foot. What is suspected goes on the same day."
)
_OF_LANGUAGE: dict[str, tuple[str, str]] = {
    "fr": (
        (
            "le la les des une du et est qui quel quelle avec dans sur genou douleur mollet je il elle au ne pas ans mon ma mes semaines opéré "
            "patiente depuis quels exercices"
        ),
        (
            "Seul l'anglais est lu ici: aucun signe d'alerte n'a été recherché. Mollet gonflé, chaud ou douloureux, essoufflement, genou rouge et "
            "chaud avec fièvre, pied froid, perte de sensibilité entre les jambes ou appui impossible après un choc: soins urgents aujourd'hui même."
        ),
    ),
    "es": (
        "el la los las una del por para con que qué es tiene dolor rodilla pantorrilla su más pero sin años mi semanas desde debo",
        (
            "Aquí solo se lee inglés: no se ha buscado ningún signo de alarma. Pantorrilla hinchada, caliente o dolorosa, falta de aire, rodilla roja "
            "y caliente con fiebre, pie frío, pérdida de sensibilidad entre las piernas o no poder apoyar tras un golpe: atención urgente hoy mismo."
        ),
    ),
    "it": (
        "il lo gli della di che è nel alla dolore ginocchio polpaccio perché non sono mio mia dopo con anni settimane ho posso per",
        (
            "Qui si legge solo l'inglese: nessun segno d'allarme è stato cercato. Polpaccio gonfio, caldo o dolente, mancanza di respiro, ginocchio "
            "rosso e caldo con febbre, piede freddo, perdita di sensibilità tra le gambe o carico impossibile dopo un trauma: serve assistenza urgente oggi stesso."
        ),
    ),
    "pt": (
        "uma da das não é dor joelho panturrilha devo qual seu sua ao na no em com para anos meu minha semanas há tenho posso",
        (
            "Aqui só se lê inglês: não se procurou nenhum sinal de alarme. Panturrilha inchada, quente ou dolorosa, falta de ar, joelho vermelho e "
            "quente com febre, pé frio, perda de sensibilidade entre as pernas ou não conseguir apoiar após um golpe: cuidados urgentes hoje."
        ),
    ),
    "nl": (
        "het een van voor naar niet waarom hoe moet pijn kuit wordt zijn bij welke knie knieën mijn ik op dat en weken beide maar vaak",
        (
            "Hier wordt alleen Engels gelezen: er is niet naar alarmsignalen gezocht. Kuit gezwollen, warm of pijnlijk, kortademig, knie rood en warm "
            "met koorts, koude voet, geen gevoel tussen de benen of niet kunnen steunen na een val: vandaag nog dringend hulp zoeken."
        ),
    ),
    "de": (
        "der die das und ist ein eine einen mit für bei nicht wie warum ich knie schmerzen wade zu von nach mein seit wochen darf jahre",
        (
            "Hier wird nur Englisch gelesen: nach Warnzeichen wurde nicht gesucht. Wade geschwollen, warm oder schmerzhaft, Atemnot, Knie rot und heiß "
            "mit Fieber, kalter Fuß, kein Gefühl zwischen den Beinen oder kein Auftreten nach einem Sturz: heute noch dringend behandeln lassen."
        ),
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 2


def unread(text: str) -> tuple[str, ...]:
    """Return what is said of a text in another language: in English, and in its own where it is known.

    >>> len(unread("mon genou me fait mal quand je cours"))
    2
    >>> len(unread("колено болит"))
    1
    """
    words = set(_WORD.findall(plain(text)))
    hits = {code: len(words & set(small.split())) for code, (small, _) in _OF_LANGUAGE.items()}
    best = max(hits, key=lambda code: hits[code])
    own = (_OF_LANGUAGE[best][1],) if hits[best] >= _FEWEST_WORDS else ()
    return (*own, UNREAD)
