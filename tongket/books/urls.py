"""Addresses of locked figure books."""

from django.urls import path

from tongket.books.pages import files, locking, signing, verifying, views

app_name = "books"
_ALL, _ONE = "chot-so-lieu/", "chot-so-lieu/<int:pk>/"
urlpatterns = [
    path(_ALL, views.book_list, name="list"),
    path(f"{_ALL}chot/", locking.lock_page, name="lock"),
    path(_ONE, views.book_page, name="book"),
    path(f"{_ONE}ky/", signing.sign_page, name="sign"),
    path(f"{_ONE}tra-lai/", signing.return_page, name="return"),
    path(f"{_ONE}doi-chieu/", verifying.verify_page, name="verify"),
    path(f"{_ONE}doi-chieu/viec/", verifying.deeds_part, name="deeds"),
    path(f"{_ONE}doi-chieu/<str:id>/", verifying.change_page, name="change"),
    path(f"{_ONE}tep/", files.book_file, name="file"),
]
