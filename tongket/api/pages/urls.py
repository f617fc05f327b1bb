"""Addresses of the administrator's pages about programs."""

from django.urls import path

from tongket.api.pages import views

app_name = "programs"
urlpatterns = [
    path("", views.client_list, name="list"),
    path("moi/", views.client_new, name="new"),
    path("<int:pk>/", views.client, name="client"),
    path("<int:pk>/ma/", views.token_new, name="token_new"),
    path("<int:pk>/ma/<int:token>/thu-hoi/", views.token_revoke, name="token_revoke"),
    path("<int:pk>/dong/", views.client_close, name="close"),
]
