from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tongket.cases"
    verbose_name = "Vụ việc kỷ luật"
    default_auto_field = "django.db.models.BigAutoField"
