from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tongket.intake"
    verbose_name = "Nhập liệu"
    default_auto_field = "django.db.models.BigAutoField"
