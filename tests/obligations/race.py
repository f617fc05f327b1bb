"""Clerks at the same obligation at the same moment, in a scratch database: `python -m tests.obligations.race`.

The last line printed is the answer as JSON.
"""

import json
import threading
from collections import Counter
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.obligations.working import Work, make_work  # noqa: E402
from tongket.audit.queries import verify_chain  # noqa: E402
from tongket.core.dates import today  # noqa: E402
from tongket.core.problems import Conflict, Refused  # noqa: E402
from tongket.directives.handing import Answer, Ask, PlanFields, hand_down, report_with_plan  # noqa: E402
from tongket.directives.models import Plan  # noqa: E402
from tongket.obligations.acts import take_step, take_steps, void_step  # noqa: E402
from tongket.obligations.drafts import StepDraft  # noqa: E402
from tongket.obligations.models import Obligation, Step  # noqa: E402

WRITERS = 4


def together(work: Any) -> Counter[str]:
    """Let all writers do it at once; how it ended for each."""
    ended: Counter[str] = Counter()
    gate = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        gate.wait()
        try:
            work(number)
        except (Conflict, Refused) as error:
            ended[type(error).__name__] += 1
        except Exception as error:
            ended[repr(error)] += 1
        else:
            ended["done"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def one_round(work: Work, number: int) -> list[str]:
    """Report, accept, undo: of each exactly one writer gets through."""
    ask = [Ask("plan", f"Ban hành kế hoạch {number}", today() + timedelta(days=5))]
    [demand] = hand_down(work.directive, ask, [work["PA"]], by=None)
    part = Obligation.objects.select_related("organisation", "demand").get(demand=demand)
    day = date(2023, 12, 1) + timedelta(days=number)

    def report(writer: int) -> None:
        plan = PlanFields("KH", f"{number}{writer}-KH/ĐU", day)
        report_with_plan(part, plan, Answer(today(), "Gửi"), by=None, seen=0 if writer % 2 else None)

    wrong = _not_one(f"report {number}", together(report))
    accept = StepDraft("accepted", today())
    wrong += _not_one(
        f"accept {number}",
        together(
            lambda w: take_step(part, accept, by=None) if w % 2 else take_steps([part], accept, by=None)
        ),
    )
    last = Step.objects.filter(obligation=part, voided_at=None).latest("id")
    wrong += _not_one(f"undo {number}", together(lambda _: void_step(last, reason="nhầm", by=None)))
    part.refresh_from_db()
    if part.state != "reported" or Plan.objects.filter(issued_on=day).count() != 1:
        wrong.append(f"round {number}: {part.state}, {Plan.objects.filter(issued_on=day).count()} plans")
    return wrong


def _not_one(what: str, ended: Counter[str]) -> list[str]:
    told = ended["Conflict"] + ended["Refused"]
    return [] if (ended["done"], told) == (1, WRITERS - 1) else [f"{what}: {dict(ended)}"]


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    made = make_work()
    found = [said for number in range(4) for said in one_round(made, number)]
    print(
        json.dumps(
            {"wrong": found, "steps": Step.objects.count(), "broken_at": verify_chain().broken_at},
            default=str,
        )
    )
