"""Addresses of the import."""

from django.urls import path

from tongket.intake.pages import views

app_name = "intake"
urlpatterns = [
    path("nhap-lieu/", views.overview, name="list"),
    path("nhap-lieu/tai-len/", views.upload, name="upload"),
    path("nhap-lieu/mau/<slug:kind>/", views.download, name="template"),
    path("nhap-lieu/<int:pk>/", views.detail, name="detail"),
    path("nhap-lieu/<int:pk>/ghi/", views.accept, name="accept"),
    path("nhap-lieu/<int:pk>/bo/", views.discard, name="discard"),
]
