"""Addresses of reorganisation."""

from django.urls import path

from tongket.reforms.pages import series, stepping, views

app_name = "reforms"
urlpatterns = [
    path("sap-xep/", views.plan_list, name="list"),
    path("sap-xep/moi/", views.new, name="new"),
    path("sap-xep/so-lieu/", series.series, name="series"),
    path("sap-xep/<int:pk>/", views.detail, name="detail"),
    path("sap-xep/<int:pk>/sua/", views.edit, name="edit"),
    path("sap-xep/<int:pk>/buoc/<slug:word>/them/", stepping.add, name="add"),
    path("sap-xep/<int:pk>/buoc/<int:index>/xoa/", stepping.remove, name="remove"),
    path("sap-xep/<int:pk>/buoc/<int:index>/len/", stepping.raise_step, name="raise"),
    path("sap-xep/<int:pk>/buoc/<int:index>/chia/", stepping.sharing, name="share"),
    path("sap-xep/<int:pk>/tac-dong/", views.effects, name="effects"),
    path("sap-xep/<int:pk>/thuc-hien/", views.execute, name="execute"),
    path("sap-xep/<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("sap-xep/<int:pk>/xoa/", views.delete, name="delete"),
]
