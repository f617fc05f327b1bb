"""Addresses of the queue of suspected duplicates."""

from django.urls import path

from tongket.matching.pages import merging, views

app_name = "matching"
urlpatterns = [
    path("dang-vien/trung/", views.suspected, name="list"),
    path("dang-vien/trung/tim/", views.search, name="search"),
    path("dang-vien/trung/so-sanh/", views.compare, name="compare"),
    path("dang-vien/trung/hai-nguoi/", views.apart, name="apart"),
    path("dang-vien/trung/hai-nguoi/<int:pk>/xem-lai/", views.again, name="again"),
    path("dang-vien/trung/da-gop/", views.merged, name="merges"),
    path("dang-vien/trung/da-gop/<int:pk>/tach/", merging.take_apart, name="part"),
    path("dang-vien/trung/<uuid:one>/<uuid:other>/", views.pair, name="pair"),
    path("dang-vien/trung/<uuid:one>/<uuid:other>/xem/", views.reveal, name="reveal"),
    path("dang-vien/trung/<uuid:one>/<uuid:other>/hai-nguoi/", views.two_persons, name="two_persons"),
    path("dang-vien/trung/<uuid:kept>/<uuid:gone>/gop/", merging.one_person, name="one_person"),
]
