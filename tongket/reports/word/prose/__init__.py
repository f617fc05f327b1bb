"""The words of the built-in template: a year-end report as a committee writes it, right for any value.

A paragraph is (style, text). Styles: `h1`, `h2`, `h3` headings, `p` body, `li` an item of a list, `cap` the title of
a table or chart, `block` where it stands, `note` what the office still has to write, `if` a line that only steers.
Every sentence holds for a value above, at and below its mark, and for no value at all.
"""

from tongket.reports.word.prose.closing import shortcomings, tasks
from tongket.reports.word.prose.phrases import Paragraph
from tongket.reports.word.prose.results import (
    by_organisation,
    honours_and_discipline,
    leadership,
    members,
    opening,
    organisations,
    ratings,
)
from tongket.reports.word.prose.targets import term


def body() -> list[Paragraph]:
    """The report from its first sentence to its last."""
    return [
        *opening(),
        ("h1", "I. KẾT QUẢ THỰC HIỆN"),
        *leadership(),
        *organisations(),
        *members(),
        *ratings(),
        *honours_and_discipline(),
        *by_organisation(),
        *term(),
        *shortcomings(),
        *tasks(),
    ]
