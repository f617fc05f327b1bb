from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tongket.organisations"
    verbose_name = "Tổ chức đảng"
    default_auto_field = "django.db.models.BigAutoField"
