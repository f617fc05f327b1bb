"""Addresses of the import."""

from django.urls import path

from tongket.intake.edxml import views as edxml
from tongket.intake.pages import columns, people, undoing, views
from tongket.intake.reconcile.pages import deciding as reconcile_deciding
from tongket.intake.reconcile.pages import views as reconcile

app_name = "intake"
urlpatterns = [
    path("nhap-lieu/", views.overview, name="list"),
    path("nhap-lieu/tai-len/", views.upload, name="upload"),
    path("nhap-lieu/mau/<slug:kind>/", views.download, name="template"),
    path("nhap-lieu/<int:pk>/", views.detail, name="detail"),
    path("nhap-lieu/<int:pk>/ghep-cot/", columns.columns, name="columns"),
    path("nhap-lieu/<int:pk>/tra-lai/", views.returned, name="returned"),
    path("nhap-lieu/<int:pk>/la-ai/", people.choose, name="people"),
    path("nhap-lieu/<int:pk>/muc-an/", views.reveal, name="reveal"),
    path("nhap-lieu/<int:pk>/hoan-tac/", undoing.undo, name="undo"),
    path("nhap-lieu/<int:pk>/ghi/", views.accept, name="accept"),
    path("nhap-lieu/<int:pk>/bo/", views.discard, name="discard"),
    path("nhap-lieu/edxml/", edxml.overview, name="edxml"),
    path("nhap-lieu/edxml/tai-len/", edxml.upload, name="edxml_upload"),
    path("nhap-lieu/edxml/<int:pk>/", edxml.detail, name="edxml_detail"),
    path("nhap-lieu/edxml/<int:pk>/ghi/", edxml.accept, name="edxml_accept"),
    path("nhap-lieu/edxml/<int:pk>/bo/", edxml.discard, name="edxml_discard"),
    path("nhap-lieu/doi-chieu/", reconcile.overview, name="reconcile"),
    path("nhap-lieu/doi-chieu/tai-len/", reconcile.start_one, name="reconcile_start"),
    path("nhap-lieu/doi-chieu/<int:pk>/", reconcile.detail, name="reconcile_detail"),
    path("nhap-lieu/doi-chieu/<int:pk>/xem-muc-an/", reconcile.reveal, name="reconcile_reveal"),
    path("nhap-lieu/doi-chieu/<int:pk>/tai-ve/<slug:kind>/", reconcile.sheet, name="reconcile_sheet"),
    path(
        "nhap-lieu/doi-chieu/<int:pk>/quyet-dinh/", reconcile_deciding.decide_lines, name="reconcile_decide"
    ),
    path("nhap-lieu/doi-chieu/<int:pk>/doc-thu/", reconcile_deciding.newcomers, name="reconcile_newcomers"),
    path("nhap-lieu/doi-chieu/<int:pk>/bo/", reconcile_deciding.discard, name="reconcile_discard"),
    path(
        "nhap-lieu/doi-chieu/quyet-dinh/<int:pk>/rut-lai/",
        reconcile_deciding.back,
        name="reconcile_take_back",
    ),
    path("van-ban/<int:pk>/edxml/", edxml.export, name="edxml_export"),
]
