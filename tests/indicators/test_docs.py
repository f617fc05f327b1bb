"""docs/indicators.md is the catalogue, written out."""

from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.docs import PATH, render
from tongket.indicators.missing import MISSING


def test_the_page_is_what_the_declarations_say() -> None:
    assert PATH.read_text(encoding="utf-8") == render(), "run: python -m tongket.indicators.docs"


def test_the_page_lists_every_figure_and_what_has_no_source() -> None:
    page = render()
    for id in (*INDICATORS, *(entry.id for entry in MISSING)):
        assert f"| `{id}` |" in page
    assert f"{len(INDICATORS)} chỉ số" in page
