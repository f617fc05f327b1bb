from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tongket.api"
    verbose_name = "Kết nối phần mềm"
    default_auto_field = "django.db.models.BigAutoField"
