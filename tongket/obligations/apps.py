from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "tongket.obligations"
    verbose_name = "Việc được giao"
    default_auto_field = "django.db.models.BigAutoField"
