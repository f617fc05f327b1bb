"""`python -m tests.intake.fuzz [COUNT] [FIRST]`: ten thousand mutated workbooks against a database of their own.

Prints how they ended; stops at the first that breaks a promise, with its number, and returns 1.
"""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter


def main(count: int, first: int) -> int:
    """Judge `count` workbooks from number `first` on."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ["TONGKET_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _judged(count, first)


def _judged(count: int, first: int) -> int:
    from tests.intake.books import named
    from tests.intake.fuzz.judge import judge
    from tests.intake.fuzz.mutate import mutated
    from tests.intake.test_front_door import ORGANISATIONS
    from tongket.intake.rehearse import commit

    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    ends: Counter[str] = Counter()
    start = time.perf_counter()
    for number in range(first, first + count):
        kind, name, content = mutated(number)
        try:
            ends[judge(kind, name, content, marked=number % 20 == 0)] += 1
        except Exception:
            traceback.print_exc()
            print(f"mutated workbook {number} ({kind}, {name})", file=sys.stderr)
            return 1
        if number % 500 == 499:
            print(f"{number + 1 - first}: {dict(ends)}, {time.perf_counter() - start:.0f} s", flush=True)
    print(f"{count} mutated workbooks: {dict(ends)}, {time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:3]]
    sys.exit(main(*(numbers + [10_000, 0][len(numbers) :])))
