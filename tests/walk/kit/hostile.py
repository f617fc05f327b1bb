"""A district in which every text of every record is hostile."""

import copy
from collections.abc import Iterator
from itertools import cycle

from tests.walk.kit.addresses import PLAIN, places
from tests.walk.kit.canaries import Planted
from tests.walk.kit.held import Held
from tests.walk.kit.world import Walk


def hostile(texts: tuple[str, ...]) -> Planted:
    """Plants these texts in turn in place of words, each made different by a number."""
    number, forms = iter(range(10_000)), cycle(texts)

    def say(_word: str, length: int) -> str:
        # A field too short for the whole of one takes the first that fits.
        n = next(number)
        fitting = (text.format(n) for text in [next(forms), *texts, "<zqx{}>", "=1+{}"])
        return next(text for text in fitting if len(text) <= length)

    return Planted(say=say)


def district(held: Held, texts: tuple[str, ...]) -> Walk:
    """The district with these texts."""
    return copy.deepcopy(held.district(texts, lambda: hostile(texts)))


def asked(walk: Walk, queries: tuple[str, ...]) -> Iterator[str]:
    """Addresses of every page with an object of each kind; those without an object with each of `queries`."""
    for place in places(walk):
        if place.about in (
            "",
            "QS",
            "PA",
            "PB",
            "PB1",
            "PX",
            "M-PB1",
            "H-PB1",
            "D-PB1",
            "F1",
            "b-all",
            "all",
        ):
            for query in ("?ky=2021",) if place.name in PLAIN or place.about else queries:
                if not place.name.startswith(("account_", "mfa_", "web:report_")):
                    yield place.path + query
