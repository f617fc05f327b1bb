"""Titles of conferences inside sentences."""

_COMMON = (
    "Hội nghị",
    "Đại hội",
    "Sinh hoạt",
    "Phiên họp",
    "Cuộc họp",
    "Kỳ họp",
    "Họp",
    "Đồng chí",
    "Các đồng chí",
)


def in_sentence(text: str) -> str:
    """A title or list of chairs inside a sentence: a common word at its head loses its capital, a name keeps it."""
    return text[:1].lower() + text[1:] if text.startswith(_COMMON) else text
