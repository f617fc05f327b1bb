"""The published page of misses: the numbers of the run, then all that went wrong, in the words of the passage."""

from collections.abc import Iterator

from bench.claims.corpus import OPEN, load
from bench.claims.measuring import BARS, Measured, sentences
from bench.claims.scoring import Counts, Miss

__all__ = ["page", "table"]

_TITLES = {
    "missed fault": "Planted errors that were not found",
    "false alarm": "Right text said to be wrong",
    "missed doubt": "Doubtful text that was not questioned (cut off instead of rounded)",
    "needless doubt": "Right text said to be doubtful",
    "not read": "Claims not read, or read as another kind",
    "read wrongly": "Read as a claim of a kind that it is not",
    "wrong figure": "Matched to another figure",
    "no figure": "Not matched, though a figure fits",
}
_MOST = 60
_WHO_SAW = {
    "seen": "open to developers from the start; the first readers were written with it.",
    "second": "measured the first readers, then opened: what it showed was put right by cause.",
    "third": "not read until it had measured the second round: arithmetic 0.939 / 0.738 (precision and recall of "
    "“wrong”), matching 0.951 / 0.931; then opened.",
    "fourth": "by an independent writer who had not seen the program. Before it was opened it measured the third "
    "round: arithmetic 0.929 / 0.650, matching 0.682 / 0.768 (the readers before that round: 0.903 / 0.467 and "
    "0.687 / 0.768).",
    "fifth": "a fifth writer's; measured once before it was opened: arithmetic 0.852 / 0.543, matching 0.730 / 0.662.",
    "kept": "by a sixth writer, in the plain phrasing of most offices; never open to developers: neither read nor "
    "listed.",
}


def table(made: Measured) -> Iterator[str]:
    """The lines of numbers, for the screen and for the page."""
    score = made.arithmetic
    yield _line("arithmetic: “wrong”", score.total, BARS["arithmetic"])
    yield _line("the naive a/b % check", made.baseline.total)
    gain = score.total.f1 / made.baseline.total.f1 if made.baseline.total.f1 else 0.0
    yield f"{'F1 against the naive check':<34} {score.total.f1:.3f} : {made.baseline.total.f1:.3f} = {gain:.1f} x"
    yield _line("  “wrong” or “doubtful”", score.soft)
    yield _line("  doubtful (cut off)", score.doubts)
    yield _line("references: “wrong”", score.papers)
    yield f"{'right value named with it':<34} {score.righted.found} of {score.righted.there}"
    yield f"{'right claims said to be right':<34} {score.confirmed.found} of {score.confirmed.there}"
    yield _line("claims read", made.read)
    for kind, counts in sorted(made.reading.items()):
        yield _line(f"  {kind}", counts)
    for kind, counts in sorted(score.by_kind.items()):
        yield _line(f"  “wrong” at a {kind}", counts)
    for sort, counts in sorted(score.by_fault.items()):
        yield f"{'  planted: ' + sort:<34} found {counts.found} of {counts.there}"
    if made.matching is None:
        yield "matching to figures: not measured, tongket.drafts.matching is not there"
    else:
        yield _line("matching to figures", made.matching, BARS["matching"])
    yield f"{'numbers read = judged':<34} {made.numbers_read} = {made.numbers_judged}"


def _line(name: str, counts: Counts, bars: tuple[float, float] | None = None) -> str:
    aim = ""
    if bars:
        missed = counts.precision < bars[0] or counts.recall < bars[1]
        aim = f"   aim {bars[0]:.2f} / {bars[1]:.2f}{'   MISSED' if missed else ''}"
    return (
        f"{name:<34} precision {counts.precision:.3f} ({counts.said_right}/{counts.said})  "
        f"recall {counts.recall:.3f} ({counts.found}/{counts.there}){aim}"
    )


def page(parts: dict[str, Measured]) -> str:
    """The whole page in Markdown, from a run over each part; misses are shown of the open parts only."""
    every = load()
    faulty = sum(any(True for _ in one.faults()) for one in every)
    lines = [
        "# What the draft check misses",
        "",
        f"Measured by `python -m bench.claims` on {len(every)} passages of our own wording ({sentences(every)} "
        f"sentences, {sum(len(one.claims) for one in every)} claims), {faulty} of them with planted errors. "
        "An error counts as found only when the verdict lies on the number that is wrong (or, for a sum and "
        "for two places that contradict each other, on any of them). This page is made by `--misses`.",
        "",
        *(f"- `{part}.yaml`, {made.passages} passages: {_WHO_SAW[part]}" for part, made in parts.items()),
        "",
        "What a text of another writer may expect is what a part measured before it was opened: an opened part only "
        "shows that its own faults were put right. The misses of a part that is kept are counted here, not shown.",
    ]
    for part, made in parts.items():
        lines += ["", f"## {part}: measured", "", "```", *table(made), "```"]
    misses = [one for part in OPEN if part in parts for one in parts[part].misses]
    for sort, title in _TITLES.items():
        of_sort = [one for one in misses if one.sort == sort]
        lines += ["", f"## {title} ({len(of_sort)}, open parts)", ""]
        lines += [_item(one) for one in of_sort[:_MOST]] or ["None."]
        if len(of_sort) > _MOST:
            lines.append(f"- … and {len(of_sort) - _MOST} more")
    return "\n".join(lines) + "\n"


def _item(one: Miss) -> str:
    words = " ".join(one.words.split())
    return f"- `{one.passage}` “{words[:160]}{'…' if len(words) > 160 else ''}”: {' '.join(one.why.split())[:200]}"
