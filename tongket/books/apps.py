from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "tongket.books"
    verbose_name = "Sổ số liệu đã chốt"
    default_auto_field = "django.db.models.BigAutoField"
