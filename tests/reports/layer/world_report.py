"""The Word report of the small world, made from its own records, without pictures."""

from typing import Any

from tests.reports.layer.made import MADE_AT
from tongket.core.periods import parse_period
from tongket.organisations.models import Organisation
from tongket.reports.facts import gather
from tongket.reports.layer.word.embed import embed
from tongket.reports.layer.word.seal import sign
from tongket.reports.payload import payload
from tongket.reports.word.default_template import default_template
from tongket.reports.word.render import render


def world_report(
    organisation: Organisation, period: str = "2023", *, viewer: Any = None, book_digest: str = ""
) -> bytes:
    """What the report page would hand out as Word."""
    facts = gather(organisation, parse_period(period), viewer=viewer)
    data = payload(facts, draw=())
    rendered = render(default_template(facts.as_at), data)
    return embed(rendered, facts, data, made_at=MADE_AT, sign=sign, book_digest=book_digest)
