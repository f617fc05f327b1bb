"""References to papers in a text (a stand-in on the references that `core` reads)."""

from tongket.core.references import find_references

from .model import PaperReference

__all__ = ["find_paper_references"]


def find_paper_references(text: str) -> tuple[PaperReference, ...]:
    """The papers that a text names with number and symbol, in its order."""
    found = []
    for paper in find_references(text):
        start, end = paper.span
        about = text.find(" về ", start, end)
        end = about if about >= 0 else end
        found.append(
            PaperReference(
                start, end, text[start:end], paper.kind, paper.number, paper.symbol, paper.date, paper.issuer
            )
        )
    return tuple(found)
