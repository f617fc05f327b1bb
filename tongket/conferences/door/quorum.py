"""Whether enough of those entitled are in the room, and why: said in words."""

from dataclasses import dataclass
from fractions import Fraction

#: More than this share of those called with the right to vote must be present, unless a conference's rule says more.
SHARE = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one conference. `entitled`: called with the right to vote, present or not."""

    invited: int = 0
    present: int = 0
    excused: int = 0
    absent: int = 0
    entitled: int = 0
    entitled_present: int = 0

    @property
    def unmarked(self) -> int:
        """Those of whom nothing is recorded yet."""
        return self.invited - self.present - self.excused - self.absent


@dataclass(frozen=True, slots=True)
class Quorum:
    """`needed`: the least number present; `missing`: how many more must come. `asked` False: nobody votes here."""

    asked: bool
    needed: int
    missing: int
    reached: bool
    words: str


def quorum_of(counts: Counts, share: Fraction = SHARE) -> Quorum:
    """The quorum of a conference from its counts: over `share` of those entitled on the day, present or not."""
    if not counts.entitled:
        return Quorum(
            False,
            0,
            0,
            False,
            "Danh sách không có người có quyền biểu quyết nên không xét số người dự tối thiểu.",
        )
    needed = int(counts.entitled * share) + 1
    missing = max(needed - counts.entitled_present, 0)
    base = (
        f"Phải có quá {_share(share)} trong {counts.entitled} người được triệu tập có quyền biểu quyết,"
        f" tức ít nhất {needed} người; đang có mặt {counts.entitled_present}."
    )
    said = "Đủ số người dự để tiến hành." if not missing else f"Còn thiếu {missing} người."
    return Quorum(True, needed, missing, not missing, f"{base} {said}")


def _share(share: Fraction) -> str:
    return "một nửa" if share == Fraction(1, 2) else f"{share.numerator}/{share.denominator}"
