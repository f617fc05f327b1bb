"""Addresses of candidates, admissions and recognitions."""

from django.urls import URLPattern, URLResolver, include, path

from tongket.admissions.pages import candidate, late, listing, probation, steps, word

app_name = "admissions"

_probation = [
    path("", probation.probation, name="probation"),
    path("<uuid:uid>/", probation.probationer, name="probationer"),
    path("<uuid:uid>/buoc/<slug:kind>/", probation.probation_step, name="probation_step"),
    path("<uuid:uid>/buoc/<int:step>/huy/", probation.probation_step_void, name="probation_step_void"),
    path("<uuid:uid>/van-ban/<slug:kind>/", word.probation_paper, name="probation_paper"),
]
_candidates: list[URLPattern | URLResolver] = [
    path("", listing.board, name="list"),
    path("moi/", candidate.new, name="new"),
    path("cham/", late.late, name="late"),
    path("theo-don-vi/", listing.plan, name="plan"),
    path("danh-sach-chuyen/", word.forwarded, name="forwarded"),
    path("du-bi/", include(_probation)),
    path("<int:pk>/", candidate.candidate, name="candidate"),
    path("<int:pk>/dinh-chinh/", candidate.correct, name="correct"),
    path("<int:pk>/huy/", candidate.void, name="void"),
    path("<int:pk>/giay-to/", candidate.papers, name="papers"),
    path("<int:pk>/giay-to/<int:paper>/bo/", candidate.paper_void, name="paper_void"),
    path("<int:pk>/gioi-thieu/", candidate.mentor, name="mentor"),
    path("<int:pk>/gioi-thieu/<int:mentor>/huy/", candidate.mentor_void, name="mentor_void"),
    path("<int:pk>/buoc/<slug:kind>/", steps.step, name="step"),
    path("<int:pk>/buoc/<int:step>/huy/", steps.step_void, name="step_void"),
    path("<int:pk>/van-ban/<slug:kind>/", word.paper, name="paper"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("ket-nap/", include([*candidate.FILES.urls(), *_candidates])),
]
