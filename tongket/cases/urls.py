"""Addresses of cases of discipline."""

from django.urls import path

from tongket.cases.appeals import views as appeals
from tongket.cases.pages import detail, views
from tongket.cases.papers import views as papers
from tongket.cases.sealing import views as sealing
from tongket.cases.statistics import views as statistics
from tongket.cases.steps import views as steps

app_name = "cases"
_ALL, _ONE = "ky-luat/vu-viec/", "ky-luat/vu-viec/<uuid:identity>/"
urlpatterns = [
    path(_ALL, views.cases, name="list"),
    path(f"{_ALL}moi/", views.new, name="new"),
    path(f"{_ALL}khieu-nai/", appeals.appeals, name="appeals"),
    path(f"{_ALL}thong-ke/", statistics.page, name="statistics"),
    path(_ONE, detail.case, name="case"),
    path(f"{_ONE}dinh-chinh/", views.correct, name="correct"),
    path(f"{_ONE}huy/", views.void, name="void"),
    path(f"{_ONE}buoc/<slug:kind>/", steps.step, name="step"),
    path(f"{_ONE}buoc/<int:pk>/huy/", steps.step_void, name="step_void"),
    path(f"{_ONE}khieu-nai/", appeals.appeal_new, name="appeal_new"),
    path(f"{_ONE}khieu-nai/<uuid:appeal>/ket-qua/", appeals.appeal_answer, name="appeal_answer"),
    path(f"{_ONE}khieu-nai/<uuid:appeal>/huy/", appeals.appeal_void, name="appeal_void"),
    path(f"{_ONE}sua-chua/", appeals.corrected, name="corrected"),
    path(f"{_ONE}niem-phong/", sealing.seal, name="seal"),
    path(f"{_ONE}nguoi-xem/", sealing.name, name="name"),
    path(f"{_ONE}nguoi-xem/<int:pk>/thoi/", sealing.unname, name="unname"),
    path(f"{_ONE}van-ban/<slug:kind>/", papers.paper, name="paper"),
]
