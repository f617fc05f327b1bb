from django.apps import AppConfig


class ReformsConfig(AppConfig):
    name = "tongket.reforms"
    verbose_name = "Sắp xếp tổ chức"
    default_auto_field = "django.db.models.BigAutoField"
