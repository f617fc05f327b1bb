"""Addresses of papers, plans and study sessions."""

from django.urls import include, path

from tongket.directives.papers import views as papers
from tongket.directives.study import views as study_pages
from tongket.directives.study.more import PLAN_FILES, STUDY_FILES
from tongket.directives.study.pages import PLANNED
from tongket.directives.views import DIRECTIVES, ISSUED, PLANS, SESSIONS, show_paper

app_name = "directives"
# One page shows papers of both books, and those handed down; entering an issued paper gives it its number.
_received = [page for page in DIRECTIVES.urls() if page.name != "detail"]
_issued = [page for page in ISSUED.urls() if page.name not in ("issued_detail", "issued_new")]
urlpatterns = [
    path("van-ban/trien-khai/", include(PLANS.urls())),
    path("van-ban/di/moi/", papers.issue, name="issued_new"),
    path("van-ban/di/so-tiep-theo/", papers.next_symbol, name="next_symbol"),
    path("van-ban/di/so/", papers.numbers, name="numbers"),
    path("van-ban/di/<int:pk>/", show_paper, name="issued_detail"),
    path("van-ban/di/", include(_issued)),
    path("van-ban/doc/", papers.read_text, name="read_text"),
    path("van-ban/<int:pk>/", show_paper, name="detail"),
    path("van-ban/<int:pk>/tep/", papers.attach_files, name="attach"),
    path("van-ban/<int:pk>/tep/<int:attachment>/", papers.download_file, name="file"),
    path("van-ban/<int:pk>/tep/<int:attachment>/go/", papers.detach_file, name="detach"),
    path("van-ban/<int:pk>/thay-doi/", papers.change, name="change"),
    path("van-ban/<int:pk>/thay-doi/<int:change_pk>/huy/", papers.void_change, name="void_change"),
    path("van-ban/", include(_received)),
    path("hoc-tap/ke-hoach/", include([*PLAN_FILES.urls(), *PLANNED.urls()])),
    path("hoc-tap/thoi-su/", study_pages.talks, name="study_talks"),
    path("hoc-tap/theo-so/", study_pages.suggest, name="study_suggest"),
    path("hoc-tap/cac-cap/<int:pk>/", study_pages.levels, name="study_levels"),
    path("hoc-tap/", include([*STUDY_FILES.urls(), *SESSIONS.urls()])),
]
