from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "tongket.inspections"
    verbose_name = "Kiểm tra, kỷ luật"
    default_auto_field = "django.db.models.BigAutoField"
