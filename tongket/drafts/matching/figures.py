"""Which declared figure a concept with a quality is, what else the words may mean, and what a share of it is of."""

#: (concept, quality) → figure. The quality "" is the concept itself.
FIGURES: dict[tuple[str, str], str] = {
    ("stock", ""): "members.total",
    ("stock", "official"): "members.official",
    ("stock", "probationary"): "members.probationary",
    ("stock", "women"): "members.women",
    ("stock", "minority"): "members.minority",
    ("stock", "religious"): "members.religious",
    ("stock", "youth"): "members.youth",
    ("stock", "retired"): "members.retired",
    ("stock", "exempt"): "members.exempt",
    ("stock", "committee"): "members.committee",
    ("stock", "theory_advanced"): "members.theory.advanced",
    ("stock", "theory_intermediate"): "members.theory.intermediate",
    ("stock", "enterprise"): "organisations.enterprise_members",
    ("admitted", ""): "members.admitted",
    ("admitted", "women"): "members.admitted.women",
    ("admitted", "minority"): "members.admitted.minority",
    ("admitted", "religious"): "members.admitted.religious",
    ("admitted", "youth"): "members.admitted.youth",
    ("admitted", "students"): "members.admitted.students",
    ("admitted", "enterprise"): "members.admitted.enterprise",
    ("admitted", "village_heads"): "members.admitted.village_heads",
    ("admitted", "armed"): "members.admitted.armed",
    ("admitted", "workers"): "members.admitted.workers",
    ("admitted", "degree"): "members.admitted.degree",
    ("admission_target", ""): "members.admitted.target",
    ("own_admission_target", ""): "members.admitted.own_target",
    ("readmitted", ""): "members.readmitted",
    ("recognised", ""): "members.recognised",
    ("recognised", "official"): "members.recognised",
    ("recognised", "probationary"): "members.recognised",
    ("restored", ""): "members.restored",
    ("moved_in", ""): "members.moved_in",
    ("moved_in", "official"): "members.moved_in",
    ("moved_out", ""): "members.moved_out",
    ("moved_out", "official"): "members.moved_out",
    ("died", ""): "members.died",
    ("struck_off", ""): "members.struck_off",
    ("struck_off", "probationary"): "members.struck_off.probationary",
    ("left", ""): "members.left",
    ("removed_all", ""): "members.removed_all",
    ("expelled", "expulsion"): "members.expelled",
    ("candidates", ""): "candidates.total",
    ("candidate_courses", ""): "study.candidate_courses",
    ("candidate_people", ""): "study.candidate_courses.people",
    ("new_member_courses", ""): "study.new_member_courses",
    ("new_member_people", ""): "study.new_member_courses.people",
    ("talks", ""): "study.talks",
    ("sessions", ""): "study.sessions",
    ("attendances", ""): "study.attendances",
    ("attendance", ""): "study.members_attended",
    ("cards", ""): "members.cards",
    ("papers_received", ""): "directives.received",
    ("papers_issued", ""): "documents.issued",
    ("founded", ""): "organisations.founded",
    ("dissolved", ""): "organisations.dissolved",
    ("committee", ""): "committees.members",
    ("committee", "committee"): "committees.members",
    ("committee", "women"): "committees.women",
    ("targets_set", ""): "targets.set",
    ("admitting", ""): "organisations.admitting",
    ("villages", ""): "organisations.village_cells",
    ("villages", "with_committee"): "organisations.village_cells.with_committee",
    ("communes", ""): "organisations.grassroots.commune",
    ("grassroots", ""): "organisations.grassroots",
    ("collectives", ""): "honours.commended_collectives",
    ("individuals", ""): "honours.commended_individuals",
    ("badges", ""): "honours.badges",
    ("badges", "posthumous"): "honours.badges.posthumous",
    ("badges", "early"): "honours.badges.early",
    ("badges", "women"): "honours.badges.women",
    ("badge_proposals", ""): "honours.badge_proposals",
    ("badge_proposals", "posthumous"): "honours.badge_proposals.posthumous",
    ("badge_proposals", "early"): "honours.badge_proposals.early",
    ("discipline_members", ""): "discipline.members",
    ("discipline_members", "committee"): "discipline.members.committee",
    ("discipline_organisations", ""): "discipline.organisations",
    ("inspections", ""): "inspections.done",
    ("inspected_organisations", ""): "inspections.organisations",
    ("inspected_members", ""): "inspections.members",
    ("appeals", ""): "cases.appeals",
    **{("badges", f"round_{day}"): f"honours.badges.round.{day}" for day in ("0302", "1905", "0209", "0711")},
    **{
        ("discipline_members", form): f"discipline.members.{form}"
        for form in ("reprimand", "warning", "removal", "expulsion")
    },
    **{
        ("discipline_organisations", form): f"discipline.organisations.{form}"
        for form in ("reprimand", "warning", "dissolution")
    },
    **{
        (f"rated_{whom}", level): f"ratings.{whom}.{level}"
        for whom in ("organisations", "cells", "members")
        for level in ("rated", "excellent", "good", "completed", "failed", "good_or_better", "not_rated")
    },
    **{
        (f"inspected_{whom}", found): f"inspections.{whom}.{found}"
        for whom in ("organisations", "members")
        for found in ("violations", "shortcomings")
    },
    **{
        ("papers_issued", f"kind_{kind}"): f"documents.issued.{kind}"
        for kind in ("nq", "ct", "kl", "qd", "qyd", "hd", "ctr", "kh", "da", "cv", "bc")
    },
    **{
        ("papers_received", f"kind_{kind}"): f"directives.by_kind.{kind}"
        for kind in ("nq", "ct", "kl", "qd", "qyd", "hd")
    },
    **{
        ("stock", f"age.{band}"): f"members.age.{band}"
        for band in ("18_30", "31_40", "41_50", "51_60", "from_61")
    },
    **{("admitted", f"age.{band}"): f"members.admitted.age.{band}" for band in ("18_30", "from_61")},
    **{
        ("stock", f"education.{level}"): f"members.education.{level}"
        for level in ("doctor", "master", "university", "college")
    },
    ("stock", "suspended"): "members.suspended",
    ("opening", ""): "members.opening",
    ("increase", ""): "members.increase",
    ("decrease", ""): "members.decrease",
    ("cards", "first"): "members.cards.first",
    ("cards", "exchanged"): "members.cards.exchanged",
    ("cards", "replaced"): "members.cards.replaced",
    ("planned", ""): "inspections.planned",
    ("planned", "done"): "inspections.planned_done",
    ("denunciations", ""): "inspections.done.kind.denunciation",
    ("inspections", "checks"): "inspections.done.checks",
    ("inspections", "supervisions"): "inspections.done.supervisions",
    ("inspections", "checks+supervisions"): "inspections.done",
    ("talk_attendances", ""): "study.talks.attendances",
    ("conference_attended", ""): "conference.invited",
    ("conference_attended", "attended"): "conference.attended",
    ("tasks", ""): "obligations.due",
    ("tasks", "on_time"): "obligations.on_time",
    ("tasks", "late"): "obligations.late",
    ("tasks", "overdue"): "obligations.overdue",
    ("plans", ""): "directives.plans_issued",
    ("plans_on_time", ""): "directives.plans_on_time",
    ("rated_members", "not_rated.exempt"): "ratings.members.not_rated.exempt",
    ("rated_members", "five_years"): "ratings.members.five_years",
    **{
        (whom, form): f"honours.commended_{whom}.{form}"
        for whom in ("collectives", "individuals")
        for form in ("certificate", "merit", "flag")
    },
}

#: What the units of a text narrow a figure of organisations to.
BY_UNIT: dict[tuple[str, str], str] = {
    ("grassroots", "body"): "organisations.bodies",
    ("grassroots", "base_cell"): "organisations.base_cells",
    ("grassroots", "bare_body"): "organisations.bodies",
    ("grassroots", "bare_cell"): "organisations.base_cells",
    ("grassroots", "cell"): "organisations.cells",
    ("grassroots", "sub_body"): "organisations.sub_bodies",
    ("admitting", "body"): "organisations.bodies.admitting",
    ("admitting", "base_cell"): "organisations.base_cells.admitting",
}

#: The other reading of the same words, when it is no matter of the text which is meant.
ALSO: dict[str, tuple[str, ...]] = {
    "members.expelled": ("discipline.members.expulsion",),
    "discipline.members.expulsion": ("members.expelled",),
    "members.admitted.target": ("members.admitted.own_target",),
    "members.admitted.vs_target_pct": ("members.admitted.of_own_target_pct",),
    "members.admitted.of_target_pct": ("members.admitted.of_own_target_pct",),
    "organisations.founded": ("organisations.founded.grassroots",),
    "organisations.dissolved": ("organisations.dissolved.grassroots",),
    "honours.commended_collectives.certificate": ("honours.commended_collectives",),
    "honours.commended_individuals.certificate": ("honours.commended_individuals",),
    "inspections.done": ("inspections.done.checks", "inspections.done.supervisions"),
    "documents.issued": ("directives.plans",),
    "study.sessions": ("study.planned.held", "conference.held.study"),
    "targets.set": ("targets.set.above", "targets.set.own"),
    "study.members_attended": ("study.attendances",),
    "ratings.organisations.rated": ("organisations.grassroots",),
    "ratings.members.rated": ("members.total",),
    "ratings.cells.rated": ("organisations.cells",),
}

#: What a share is of, unless the text names it: the figure, then other bases in use (claim-patterns, 2.3).
BASES: dict[str, tuple[str, ...]] = {
    "ratings.organisations": (
        "ratings.organisations.rated",
        "ratings.organisations.good_or_better",
        "organisations.grassroots",
    ),
    "ratings.cells": ("ratings.cells.rated", "ratings.cells.good_or_better", "organisations.cells"),
    "ratings.members": ("ratings.members.rated", "ratings.members.good_or_better", "members.total"),
    "members.admitted": ("members.admitted",),
    "organisations.admitting": ("organisations.grassroots",),
    "organisations.village_cells.with_committee": ("organisations.village_cells",),
    "committees": ("committees.members",),
    "discipline.members": ("discipline.members", "members.total"),
    "discipline.organisations": ("discipline.organisations",),
    "inspections.planned_done": ("inspections.planned",),
    "conference.attended": ("conference.invited",),
    "obligations": ("obligations.due",),
    "directives.plans_issued": ("directives.needing_plan", "directives.received"),
    "directives.plans_on_time": ("directives.plans_due", "directives.needing_plan"),
    "inspections.organisations": ("inspections.organisations",),
    "inspections.members": ("inspections.members",),
    "honours.badges": ("honours.badges",),
    "study.members_attended": ("study.members_due", "study.members_total"),
    "members": ("members.total",),
}
