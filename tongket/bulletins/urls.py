"""Addresses of bulletins."""

from django.urls import include, path

from tongket.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("tinh-hinh-tu-tuong/theo-chu-de/", views.topics, name="topics"),
    path("tinh-hinh-tu-tuong/ban-tin/", views.month, name="month"),
    path("tinh-hinh-tu-tuong/ban-tin/word/", views.month_word, name="month_word"),
    path("tinh-hinh-tu-tuong/<int:pk>/tra-loi/", views.answer, name="answer"),
    path("tinh-hinh-tu-tuong/", include(views.PAGES.urls())),
]
