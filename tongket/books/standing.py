"""How a book stands, folded from its signatures: who has signed, whose turn it is, whether it was sent back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tongket.books.models import STEPS, BookSignature, FigureBook

State = Literal["draft", "locked", "signed", "superseded"]

#: State -> Vietnamese, English, class of its tag.
STATES: Mapping[State, tuple[str, str, str]] = {
    "draft": ("Chưa chốt", "Draft", ""),
    "locked": ("Đã chốt, chờ ký", "Locked, to be signed", "warn"),
    "signed": ("Đã ký đủ", "Signed", "good"),
    "superseded": ("Đã có lần chốt mới hơn", "Superseded", ""),
}
#: Steps in order: code -> verb that signs it.
VERBS: Mapping[str, str] = {step: verb for step, _vi, _en, verb in STEPS}
NAMES: Mapping[str, str] = {step: vi for step, vi, _en, _verb in STEPS}
ORDER: tuple[str, ...] = tuple(VERBS)


@dataclass(frozen=True, slots=True)
class Standing:
    """`signed`: step -> the signature that counts. `returned`: the return after which nobody has signed again."""

    state: State
    signed: Mapping[str, BookSignature] = field(default_factory=dict)
    returned: BookSignature | None = None

    @property
    def next_step(self) -> str:
        """The step whose turn it is; "" when the book is signed, superseded or not there."""
        return next((step for step in ORDER if step not in self.signed), "") if self.state == "locked" else ""

    @property
    def progress(self) -> str:
        """How many of the signatures are there, as "2/3"."""
        return f"{len(self.signed)}/{len(ORDER)}"


def standing_of(book: FigureBook | None, signatures: Iterable[BookSignature] | None = None) -> Standing:
    """Fold a book's signatures in the order in which they were recorded: a return undoes those before it.

    `signatures` are the book's own when not given. None for the book: nothing is locked yet (draft).
    """
    if book is None:
        return Standing("draft")
    signed: dict[str, BookSignature] = {}
    returned: BookSignature | None = None
    rows = book.signatures.all() if signatures is None else signatures
    for row in sorted(rows, key=lambda one: one.pk):
        if row.voided_at is not None:
            continue
        if row.returned:
            signed, returned = {}, row
        else:
            signed[row.step], returned = row, None
    if book.voided_at is not None:
        return Standing("superseded", signed, returned)
    return Standing("signed" if len(signed) == len(ORDER) else "locked", signed, returned)
