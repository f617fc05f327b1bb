from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "tongket.targets"
    verbose_name = "Chỉ tiêu"
    default_auto_field = "django.db.models.BigAutoField"
