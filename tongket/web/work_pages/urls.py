"""Addresses of what is asked and what is due: pages over obligations, directives and conferences."""

from django.urls import path

from tongket.web.work_pages import calendars, demand, due, giving, matrix, obligation, reminding

app_name = "obligations"
urlpatterns = [
    path("viec-den-han/", due.due, name="due"),
    path("viec-den-han/<int:pk>/", obligation.obligation, name="obligation"),
    path("viec-den-han/<int:pk>/ghi/", obligation.step, name="step"),
    path("viec-den-han/<int:pk>/huy-buoc/", obligation.undo, name="undo"),
    path("viec-den-han/<int:pk>/rut/", obligation.withdraw, name="withdraw"),
    path("viec-den-han/tep/<int:pk>/", obligation.file, name="file"),
    path("viec-da-giao/<int:pk>/", demand.demand, name="demand"),
    path("viec-da-giao/<int:pk>/chap-nhan/", demand.accept_many, name="accept_many"),
    path("viec-da-giao/<int:pk>/don-doc/", demand.remind_late, name="remind_late"),
    path("viec-da-giao/<int:pk>/huy/", demand.demand_void, name="demand_void"),
    path("giao-viec/", giving.hand_out, name="hand_out"),
    path("giao-viec/van-ban/<int:pk>/", giving.hand_down, name="hand_down"),
    path("bang-theo-doi/", matrix.matrix, name="matrix"),
    path("don-doc/", reminding.reminders, name="reminders"),
    path("don-doc/ngay-nhac/", reminding.reminder_days, name="reminder_days"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/moi/", calendars.calendar_new, name="calendar_new"),
    path("lich/<int:pk>/thoi-dung/", calendars.calendar_revoke, name="calendar_revoke"),
    path("lich/<str:token>.ics", calendars.feed, name="feed"),
]
