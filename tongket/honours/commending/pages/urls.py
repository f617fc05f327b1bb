"""Addresses of campaigns and titles, below khen-thuong/."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import include, path

from tongket.honours.commending.pages import campaigns, deciding, printing, proposals, proposing, titles
from tongket.ui.gate import gate
from tongket.ui.records import pages as records


def _form(function: Callable[..., HttpResponse], verb: str) -> Callable[..., HttpResponse]:
    return gate(verb)(partial(function, campaigns.ROUNDS))


_WRITE = "honour.write"
_round = [
    path("", campaigns.board, name="commending"),
    # The forms of records come back to their record here.
    path("tong-hop/", campaigns.board, name="commending_detail"),
    path("dinh-chinh/", _form(records.correct, _WRITE), name="commending_correct"),
    path("huy/", _form(records.void, _WRITE), name="commending_void"),
    path("de-nghi/", proposals.proposals, name="commending_proposals"),
    path("de-nghi/them/", proposing.proposing, name="commending_propose"),
    path("de-nghi/<int:key>/rut/", proposals.take_back, name="commending_withdraw"),
    path("de-nghi/<int:key>/sua/", proposals.words, name="commending_words"),
    path("de-nghi/<int:key>/bo-qua/<slug:check>/", proposals.aside, name="commending_aside"),
    path("hoi-dong/", deciding.council, name="commending_council"),
    path("quyet-dinh/", deciding.deciding, name="commending_decide"),
    path("quyet-dinh/<int:key>/huy/", deciding.decision_void, name="commending_decision_void"),
    path("giay-khen/", printing.register, name="commending_certificates"),
    path("giay-khen/so/<int:key>/", printing.renumber, name="commending_renumber"),
    path("giay-khen/<int:key>/in/", printing.print_title, name="commending_print"),
    path("giay-khen/<int:key>/trinh-bay/", printing.layout, name="commending_layout"),
    path("trao/", printing.handing, name="commending_handing"),
]
urlpatterns = [
    path("dot/", campaigns.listing, name="commending_list"),
    path("dot/moi/", _form(records.enter, _WRITE), name="commending_new"),
    path("dot/<int:pk>/", include(_round)),
    path("danh-hieu/lay/", titles.take, name="title_take"),
    path("danh-hieu/", include(titles.TITLES.urls())),
]
