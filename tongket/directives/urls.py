"""Addresses of directives, plans and study sessions."""

from django.urls import include, path

from tongket.directives import study_pages
from tongket.directives.planned_pages import PLANNED
from tongket.directives.study_more import PLAN_FILES, STUDY_FILES
from tongket.directives.views import DIRECTIVES, PLANS, SESSIONS

app_name = "directives"
urlpatterns = [
    path("van-ban/trien-khai/", include(PLANS.urls())),
    path("van-ban/", include(DIRECTIVES.urls())),
    path("hoc-tap/ke-hoach/", include([*PLAN_FILES.urls(), *PLANNED.urls()])),
    path("hoc-tap/thoi-su/", study_pages.talks, name="study_talks"),
    path("hoc-tap/theo-so/", study_pages.suggest, name="study_suggest"),
    path("hoc-tap/cac-cap/<int:pk>/", study_pages.levels, name="study_levels"),
    path("hoc-tap/", include([*STUDY_FILES.urls(), *SESSIONS.urls()])),
]
