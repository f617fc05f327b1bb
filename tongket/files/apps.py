from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tongket.files"
    verbose_name = "Tệp đính kèm"
    default_auto_field = "django.db.models.BigAutoField"
