from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tongket.web"
    verbose_name = "Trang chung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the frame, which lies below the records, how to find the period to show first."""
        from tongket.ui.context import set_default_period
        from tongket.web.defaults import last_year_with_data

        set_default_period(last_year_with_data)
