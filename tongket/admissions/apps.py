from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "tongket.admissions"
    verbose_name = "Kết nạp và công nhận"
    default_auto_field = "django.db.models.BigAutoField"
