"""Words planted in the records, each known to be one organisation's, and who may read them by the table of rights."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tongket.accounts.duties import RIGHTS

_PLANTED = re.compile(r"zq[a-z0-9]+?qz", re.IGNORECASE)

#: code -> the organisation and all above its latest place, written down here and not asked of the program.
CHAIN = {
    "QS": ("QS",),
    "PA": ("PA", "QS"),
    "PA1": ("PA1", "PA", "QS"),
    "PA2": ("PA2", "PA", "QS"),
    "PB": ("PB", "QS"),
    "PB1": ("PB1", "PB", "QS"),
    "PB2": ("PB2", "PB", "QS"),
    "PB3": ("PB3", "PB", "QS"),  # dissolved; its people went to PA2
    "PC": ("PC", "QS"),  # merged into PB
    "PC1": ("PC1", "PB", "QS"),
    "PX": ("PX", "PB", "QS"),  # came from PA in 2021
    "PY": ("PY", "PA", "QS"),  # left PB for PA in 2021
    "VP": ("VP", "QS"),
}


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted word: it may be read with one of `verbs` held at one of `where` (or above it), or by `also`.

    `also` are (verb, organisation) pairs: who may read it although the record is another organisation's, because it
    was handed or sent there.
    """

    word: str
    verbs: frozenset[str]
    where: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    def readable(self, duties: Iterable[tuple[str, str]]) -> bool:
        """Whether someone with these (organisation, duty) pairs may read it."""
        held = list(duties)
        pairs = [(verb, code) for verb in self.verbs for code in self.where]
        return any(holds(held, verb, code) for verb, code in (*pairs, *self.also))


@dataclass
class Planted:
    """All words planted so far. `text(...)` gives the text to enter; another `say` plants other texts in its place."""

    say: Callable[[str, int], str] = lambda word, _length: word
    words: dict[str, Canary] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def text(
        self,
        where: str | Iterable[str],
        what: str,
        *verbs: str,
        length: int = 200,
        before: str = "",
        also: Iterable[tuple[str, str]] = (),
    ) -> str:
        """The text to enter in a field that holds `length` letters."""
        places = (where,) if isinstance(where, str) else tuple(where)
        word = f"zq{places[0].lower()}{what}qz"
        assert word not in self.words, word
        self.words[word] = Canary(word, frozenset(verbs), places, tuple(also))
        said = f"{before}{self.say(word, length - len(before))}"
        assert len(said) <= length, (said, length)
        self.texts.append(said)
        return said


def holds(duties: Iterable[tuple[str, str]], verb: str, code: str) -> bool:
    """Whether someone with these (organisation, duty) pairs holds a verb for an organisation."""
    return any(root in CHAIN[code] and duty in RIGHTS[verb] for root, duty in duties)


def forbidden(duties: Iterable[tuple[str, str]], planted: Planted) -> frozenset[str]:
    """The words that someone with these duties must never meet."""
    held = list(duties)
    return frozenset(word for word, canary in planted.words.items() if not canary.readable(held))


def found(text: str, words: Iterable[str]) -> set[str]:
    """The words that occur in a text, however it writes capitals."""
    return {word.lower() for word in _PLANTED.findall(text)} & set(words)
