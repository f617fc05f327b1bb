"""Addresses of badges and commendations."""

from django.urls import include, path

from tongket.honours.badging.pages import forecasting, steps
from tongket.honours.badging.pages import views as rounds
from tongket.honours.views import BADGES, COMMENDATIONS

app_name = "honours"
urlpatterns = [
    path("huy-hieu/", include(BADGES.urls())),
    path("khen-thuong/", include("tongket.honours.commending.pages.urls")),
    path("huy-hieu/dot/", rounds.round_list, name="round_list"),
    path("huy-hieu/dot/<str:day>/", rounds.round_page, name="round"),
    path("huy-hieu/dot/<str:day>/de-nghi/", rounds.round_propose, name="round_propose"),
    path("huy-hieu/dot/<str:day>/chuyen-len/", steps.round_forward, name="round_forward"),
    path("huy-hieu/dot/<str:day>/quyet-dinh/", steps.round_decide, name="round_decide"),
    path("huy-hieu/dot/<str:day>/trao/", steps.round_award, name="round_award"),
    path("huy-hieu/dot/<str:day>/van-ban/<slug:kind>/", steps.round_paper, name="round_paper"),
    path("huy-hieu/de-nghi/<uuid:identity>/", rounds.proposal, name="proposal"),
    path("huy-hieu/de-nghi/<uuid:identity>/rut/", steps.proposal_withdraw, name="proposal_withdraw"),
    path("huy-hieu/du-bao/", forecasting.forecast_page, name="forecast"),
    path("huy-hieu/du-bao/bieu-do/", forecasting.forecast_chart, name="forecast_chart"),
    path("khen-thuong/", include(COMMENDATIONS.urls())),
]
