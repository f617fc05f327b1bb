from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tongket.ui"
    verbose_name = "Khung trang"
    default_auto_field = "django.db.models.BigAutoField"
