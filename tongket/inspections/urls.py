"""Addresses of inspection, supervision and discipline."""

from django.urls import include, path

from tongket.inspections.correcting import views as correcting
from tongket.inspections.papers import views as papers
from tongket.inspections.programmes import views as programmes
from tongket.inspections.running import step_views as steps
from tongket.inspections.running import views as running
from tongket.inspections.statistics import views as statistics
from tongket.inspections.views import MEMBERS, ORGANISATIONS

app_name = "inspections"
_programmes = [
    path("", programmes.programme_list, name="programme_list"),
    path("moi/", programmes.programme_new, name="programme_new"),
    path("<int:pk>/", programmes.programme, name="programme"),
    path("<int:pk>/noi-dung/", programmes.programme_items, name="programme_items"),
    path("<int:pk>/ban-hanh/", programmes.programme_issue, name="programme_issue"),
    path("<int:pk>/dieu-chinh/", programmes.programme_change, name="programme_change"),
    path("<int:pk>/sao-chep/", programmes.programme_copy, name="programme_copy"),
    path("<int:pk>/dinh-chinh/", programmes.programme_correct, name="programme_correct"),
    path("<int:pk>/huy/", programmes.programme_void, name="programme_void"),
    path("<int:pk>/van-ban/", papers.programme_paper, name="programme_paper"),
    path("cuoc/<int:pk>/bo/", programmes.programme_drop, name="programme_drop"),
]
_inspections = [
    path("", running.inspection_list, name="inspection_list"),
    path("moi/", running.inspection_new, name="inspection_new"),
    path("thong-bao/", running.announced, name="inspection_announced"),
    path("chuong-trinh/", include(_programmes)),
    path("thong-ke/", statistics.statistics, name="statistics"),
    path("thong-ke/danh-sach/", statistics.statistics_list, name="statistics_list"),
    path("<int:pk>/", running.inspection, name="inspection"),
    path("<int:pk>/dinh-chinh/", running.inspection_correct, name="inspection_correct"),
    path("<int:pk>/huy/", running.inspection_void, name="inspection_void"),
    path("<int:pk>/doan/", steps.team, name="inspection_team"),
    path("<int:pk>/doan/in/", steps.team_sheet, name="inspection_team_sheet"),
    path("<int:pk>/buoc/<slug:name>/", steps.step, name="inspection_step"),
    path("<int:pk>/hoan-tac/", steps.undo, name="inspection_undo"),
    path("<int:pk>/ket-qua/", steps.finding, name="inspection_finding"),
    path("ket-qua/<int:pk>/huy/", steps.finding_void, name="inspection_finding_void"),
    path("<int:pk>/van-ban/<slug:name>/", papers.inspection_paper, name="inspection_paper"),
]
urlpatterns = [
    path("kiem-tra/", include(_inspections)),
    path(
        "ky-luat/to-chuc/<int:pk>/sua-chua/",
        correcting.organisation_corrected,
        name="organisation_corrected",
    ),
    path("ky-luat/<int:pk>/sua-chua/", correcting.member_corrected, name="corrected"),
    path("ky-luat/sua-chua/<int:pk>/huy/", correcting.correction_void, name="correction_void"),
    path("ky-luat/to-chuc/", include(ORGANISATIONS.urls())),
    path("ky-luat/", include(MEMBERS.urls())),
]
