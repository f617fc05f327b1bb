"""Addresses of the pages that stand above all parts."""

from django.urls import path

from tongket.web.figure_pages import (
    catalogue,
    charts,
    due_lists,
    due_panel,
    figure,
    form_people,
    official,
    overview,
)
from tongket.web.office_pages import accounts, ledger, publishing, reports
from tongket.web.report_pages import verify

app_name = "web"
urlpatterns = [
    path("", overview.home, name="overview"),
    path("so-voi-ky-truoc/", overview.compared, name="compared"),
    path("viec-cua-toi/", due_panel.due_panel, name="due_panel"),
    path("viec-cua-toi/to-chuc/", due_lists.organising, name="due_organising"),
    path("viec-cua-toi/kiem-tra/", due_lists.inspecting, name="due_inspecting"),
    path("viec-cua-toi/so-lieu/", due_lists.locking, name="due_books"),
    path("viec-cua-toi/so-dang-vien/", due_lists.register, name="due_register"),
    path("so-sanh/", overview.compare, name="compare"),
    path("bieu-do/<slug:name>/", charts.chart, name="chart"),
    path("so-lieu/", catalogue.catalogue, name="catalogue"),
    path("so-lieu/nhom/<slug:code>/", catalogue.catalogue_domain, name="catalogue_domain"),
    path("so-lieu/<str:id>/", figure.figure_page, name="figure"),
    path("so-lieu/<str:id>/cac-nam/", figure.figure_years, name="figure_years"),
    path("so-lieu/<str:id>/ho-so/", figure.figure_records, name="figure_records"),
    path("so-lieu/<str:id>/bieu-do/to-chuc/", charts.by_child, name="figure_by_child"),
    path("so-lieu/<str:id>/bieu-do/cac-nam/", charts.over_years, name="figure_over_years"),
    path("bieu/", official.form_list, name="forms"),
    path("bieu/<str:number>/", official.form_page, name="form"),
    path("bieu/<str:number>/chenh-lech/", form_people.form_differences, name="form_differences"),
    path("bao-cao/", reports.report_page, name="reports"),
    path("bao-cao/tep/<slug:kind>/", reports.report_file, name="report_file"),
    path("bao-cao/ban-tin/", publishing.news_page, name="report_news"),
    path("bao-cao/ban-tin/xem/", publishing.news_preview, name="report_news_preview"),
    path("bao-cao/ban-tin/tep/", publishing.news_file, name="report_news_file"),
    path("bao-cao/trinh-chieu/", publishing.slides_file, name="report_slides"),
    path("bao-cao/mau/", reports.template_file, name="report_template"),
    path("bao-cao/mau/tai-len/", reports.template_upload, name="report_template_upload"),
    path("bao-cao/mau/<int:pk>/thoi-dung/", reports.template_withdraw, name="report_template_withdraw"),
    path("bao-cao/doi-chieu/", verify.verify_page, name="report_verify"),
    path("nhat-ky/", ledger.ledger, name="ledger"),
    path("nhat-ky/chuoi/", ledger.chain, name="chain"),
    path("nguoi-dung/", accounts.account_list, name="accounts"),
    path("nguoi-dung/moi/", accounts.account_new, name="account_new"),
    path("nguoi-dung/<int:pk>/", accounts.account, name="account"),
    path("nguoi-dung/<int:pk>/giao/", accounts.account_assign, name="account_assign"),
    path("nguoi-dung/<int:pk>/thoi-giao/<int:assignment>/", accounts.account_revoke, name="account_revoke"),
    path("nguoi-dung/<int:pk>/thu-dien-tu/", accounts.account_email, name="account_email"),
    path("nguoi-dung/<int:pk>/khoa/", accounts.account_open, name="account_open"),
    path("nguoi-dung/<int:pk>/mat-khau/", accounts.account_password, name="account_password"),
]
