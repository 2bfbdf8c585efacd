"""What class mode says when it refuses something: a sentence in both languages, and a status."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """A refusal: the status of HTTP that goes with it, and its words with ``{places}``."""

    status: int
    en: str
    nl: str


SENTENCES = {
    "code-length": Sentence(
        400,
        "A code has twelve letters and digits: this is longer or shorter.",
        "Een code heeft twaalf letters en cijfers: dit is langer of korter.",
    ),
    "code-letter": Sentence(
        400,
        "There is a sign in this code that no code has (letters and digits only, never U).",
        "In deze code staat een teken dat geen code heeft (alleen letters en cijfers, nooit U).",
    ),
    "code-check": Sentence(
        400,
        "This code holds a typing mistake: compare it with the group's screen.",
        "In deze code zit een tikfout: vergelijk hem met het scherm van de groep.",
    ),
    "code-format": Sentence(
        400,
        "This code is of another version of the game: take the same file as the teacher.",
        "Deze code is van een andere versie van het spel: neem het bestand van de docent.",
    ),
    "code-table": Sentence(
        400,
        "This code is of a game with other roles or levers: take the same file as the teacher.",
        "Deze code is van een spel met andere rollen of schuiven: neem het bestand van de docent.",
    ),
    "code-absurd": Sentence(
        400,
        "This code names a round or a value that the game does not have.",
        "Deze code noemt een ronde of waarde die het spel niet heeft.",
    ),
    "too-large": Sentence(
        413,
        "That is too large: at most {most}.",
        "Dat is te groot: hoogstens {most}.",
    ),
    "too-many": Sentence(
        429,
        "That is more than anyone can decide: wait a moment and try again.",
        "Dat is meer dan iemand kan besluiten: wacht even en probeer het opnieuw.",
    ),
    "no-json": Sentence(
        400,
        "What was sent is not whole JSON of an object.",
        "Wat gestuurd is, is geen heel JSON-object.",
    ),
    "bad-key": Sentence(
        400,
        "What was sent cannot be used: {key}: {problem}.",
        "Wat gestuurd is, is niet bruikbaar: {key}: {problem}.",
    ),
    "rules": Sentence(
        409,
        "This page runs other rules than the class: load it anew.",
        "Deze pagina draait andere regels dan de klas: laad haar opnieuw.",
    ),
    "no-page": Sentence(404, "There is nothing at this address.", "Op dit adres is niets."),
    "no-method": Sentence(
        405,
        "This address cannot be used in this way.",
        "Dit adres kan niet zo gebruikt worden.",
    ),
    "no-class": Sentence(
        404,
        "No class has the code {code}: ask the teacher for it.",
        "Geen klas heeft de code {code}: vraag de docent ernaar.",
    ),
    "no-teacher": Sentence(
        403,
        "Only the teacher can do this, by the link that was printed at the start.",
        "Alleen de docent kan dit, met de link die bij het begin getoond is.",
    ),
    "no-member": Sentence(
        403,
        "This device has not joined this class: choose a group first.",
        "Dit apparaat doet niet mee in deze klas: kies eerst een groep.",
    ),
    "full": Sentence(409, "This class is full.", "Deze klas is vol."),
    "classes": Sentence(
        409,
        "There are as many classes as one address can hold ({most}).",
        "Er zijn zoveel klassen als één adres aankan ({most}).",
    ),
    "disk": Sentence(
        507,
        "This could not be written down, so it does not hold: the teacher's machine is full.",
        "Dit kon niet worden opgeschreven en geldt dus niet: de machine van de docent is vol.",
    ),
    "busy": Sentence(
        503,
        "More pages wait for this address than it can serve: close some.",
        "Er wachten meer pagina's op dit adres dan het aankan: sluit er enkele.",
    ),
    "inside": Sentence(
        500,
        "Something went wrong here; what was decided before still holds.",
        "Hier ging iets mis; wat eerder besloten is, geldt nog.",
    ),
    "long": Sentence(
        409,
        "This class has gone on for too long: make a new one.",
        "Deze klas is te lang doorgegaan: maak een nieuwe.",
    ),
    "role": Sentence(
        400,
        "No role is called {name}.{near} Roles: {known}.",
        "Geen rol heet {name}.{near} Rollen: {known}.",
    ),
    "lever": Sentence(
        400,
        "No lever is called {name}.{near}",
        "Geen schuif heet {name}.{near}",
    ),
    "other-role": Sentence(
        403,
        "The lever {name} belongs to {owner}, not to {role}.",
        "De schuif {name} is van {owner}, niet van {role}.",
    ),
    "range": Sentence(
        400,
        "{name}: {value} is not possible. Allowed: {low} to {high} in steps of {step}.",
        "{name}: {value} kan niet. Toegestaan: {low} tot {high} in stappen van {step}.",
    ),
    "choice": Sentence(
        400,
        "{name}: {value} is not possible. Allowed: {known}.",
        "{name}: {value} kan niet. Toegestaan: {known}.",
    ),
    "round": Sentence(
        409,
        "Round {given} is not open: the class is in round {open}.",
        "Ronde {given} is niet open: de klas is in ronde {open}.",
    ),
    "closed": Sentence(
        409,
        "This round is closed: the teacher opens the next one.",
        "Deze ronde is gesloten: de docent opent de volgende.",
    ),
    "line": Sentence(
        409,
        "The class has gone on in another line: the page has been brought up to date.",
        "De klas is in een andere lijn verder gegaan: de pagina is bijgewerkt.",
    ),
    "step": Sentence(
        409,
        "This cannot be done now: {why}.",
        "Dit kan nu niet: {why_nl}.",
    ),
    "region": Sentence(
        400,
        "{name} is not in this lesson. Allowed: {known}.",
        "{name} zit niet in deze les. Toegestaan: {known}.",
    ),
    "name-empty": Sentence(400, "A group needs a name.", "Een groep heeft een naam nodig."),
    "name-long": Sentence(
        400,
        "A name has at most {most} characters.",
        "Een naam heeft hoogstens {most} tekens.",
    ),
    "name-signs": Sentence(
        400,
        "A name is plain text: no {sign}.",
        "Een naam is gewone tekst: geen {sign}.",
    ),
}
"""Every refusal by its key. The page has those that it needs itself (``exported``)."""

BY_PAGE = ("code-", "range", "choice", "closed", "round")
"""Beginnings of the keys of what a page without a server must be able to say."""


class Refused(ValueError):
    """Something that class mode does not take, with what to say about it."""

    def __init__(self, key: str, /, **words: object) -> None:
        self.key, self.words = key, {name: str(word) for name, word in words.items()}
        super().__init__(self.said()["en"])

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return SENTENCES[self.key].status

    def said(self) -> dict[str, str]:
        """Return the sentence in both languages; what was given is cut to a readable length."""
        sentence = SENTENCES[self.key]
        words = {name: _short(word) for name, word in self.words.items()}
        near = self.words.get("nearest", "")
        meant = {"en": f" Did you mean {near}?", "nl": f" Bedoelt u {near}?"} if near else {}
        return {
            language: getattr(sentence, language).format(**words, near=meant.get(language, ""))
            for language in ("en", "nl")
        }


def _short(word: str, most: int = 200) -> str:
    plain = "".join(c if c.isprintable() else " " for c in word)
    return plain if len(plain) <= most else plain[: most - 3] + "..."


def exported() -> dict[str, dict[str, str]]:
    """Return the sentences that a page says itself."""
    return {
        key: {"en": sentence.en, "nl": sentence.nl}
        for key, sentence in SENTENCES.items()
        if key.startswith(BY_PAGE)
    }
