"""Today's practice as a baseline: 20 figures x 53 organisations as COUNTIFS in a workbook, recalculated by LibreOffice.

    python -m bench.calc [--rows 3724]

The workbook is opened twice: once with recalculation forced, once keeping the stored values; the difference is the
recalculation. LibreOffice stands in for Excel, which may be faster.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from random import Random

FIGURES, PLACES, ROUNDS = 20, 53, 5
_RECALC = "/org.openoffice.Office.Calc/Formula/Load"


def main() -> int:
    """Print the median recalculation time, or say that LibreOffice is not here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3724)
    rows = parser.parse_args().rows
    soffice = shutil.which("soffice")
    if soffice is None:
        print("Left out: LibreOffice Calc is not installed (apt-get install libreoffice-calc).")
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-calc-") as folder:
        book = Path(folder) / "register.xlsx"
        _write(book, rows)
        always = statistics.median(_open(soffice, folder, book, always=True) for _ in range(ROUNDS))
        never = statistics.median(_open(soffice, folder, book, always=False) for _ in range(ROUNDS))
    print(f"LibreOffice Calc, {rows} rows, {FIGURES} figures x {PLACES} organisations")
    print(f"  with recalculation {always:.2f} s, without {never:.2f} s: recalculation {always - never:.2f} s")
    return 0


def _write(book: Path, rows: int) -> None:
    import xlsxwriter

    rng = Random(7)
    with xlsxwriter.Workbook(str(book)) as workbook:
        data, summary = workbook.add_worksheet("Data"), workbook.add_worksheet("Summary")
        for row in range(rows):
            data.write_row(
                row, 0, [f"T{rng.randrange(PLACES)}", *(rng.choice("ABCDE") for _ in range(FIGURES))]
            )
        for place in range(PLACES):
            summary.write_string(place, 0, f"T{place}")
            for figure in range(FIGURES):
                column = chr(ord("B") + figure)
                cells = f"Data!${column}$1:${column}${rows}"
                summary.write_formula(
                    place, 1 + figure, f'=COUNTIFS(Data!$A$1:$A${rows},$A{place + 1},{cells},"A")', None, 0
                )


def _open(soffice: str, folder: str, book: Path, *, always: bool) -> float:
    profile = Path(folder) / ("profile-always" if always else "profile-never")
    _settings(profile, always)
    out = Path(folder) / "out"
    shutil.rmtree(out, ignore_errors=True)
    started = time.perf_counter()
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(book),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - started
    if not (out / book.name).exists():  # soffice says 0 even when it did nothing
        raise RuntimeError("LibreOffice wrote no file")
    return seconds


def _settings(profile: Path, always: bool) -> None:
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f'<item oor:path="{_RECALC}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        f"<value>{0 if always else 1}</value></prop></item></oor:items>",
        encoding="utf-8",
    )


if __name__ == "__main__":
    raise SystemExit(main())
