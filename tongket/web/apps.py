from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tongket.web"
    verbose_name = "Trang chung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell lower parts what only the records above them know: the period to show first, what was handed out."""
        from tongket.conferences.hall.honours import handed_out
        from tongket.honours.commending.giving.handed import set_handed_out
        from tongket.ui.context import set_default_period
        from tongket.web.defaults import last_year_with_data

        set_default_period(last_year_with_data)
        set_handed_out(handed_out)
