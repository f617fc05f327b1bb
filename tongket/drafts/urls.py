"""Addresses of the draft check."""

from django.urls import path

from tongket.drafts.pages import views

app_name = "drafts"
urlpatterns = [
    path("soat-so-lieu/", views.start, name="list"),
    path("soat-so-lieu/<int:pk>/", views.result, name="detail"),
    path("soat-so-lieu/<int:pk>/sua/", views.correct, name="correct"),
    path("soat-so-lieu/<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("soat-so-lieu/<int:pk>/xoa/", views.delete, name="delete"),
    path("soat-so-lieu/<int:pk>/tep/<slug:kind>/", views.download, name="file"),
]
