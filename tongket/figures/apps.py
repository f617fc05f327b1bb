from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "tongket.figures"
    verbose_name = "Số liệu"
    default_auto_field = "django.db.models.BigAutoField"
