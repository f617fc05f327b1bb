"""Addresses of the register, but for the member's own page, which shows records of the parts above."""

from django.urls import path

from tongket.members.pages import checking, editing, events, exporting, fields, register

patterns = [
    path("", register.members, name="list"),
    path("thieu-thong-tin/", register.gaps, name="incomplete"),
    path("xuat/", exporting.export, name="export"),
    path("ra-soat/", checking.check_pages, name="check_sheets"),
    path("tim/", fields.options, name="options"),
    path("moi/", editing.new, name="new"),
    path("<uuid:uid>/sua/", editing.edit, name="edit"),
    path("<uuid:uid>/the/moi/", editing.card, name="card"),
    path("<uuid:uid>/the/<int:pk>/huy/", editing.card_void, name="card_void"),
    path("<uuid:uid>/viec/moi/", events.new_event, name="event"),
    path("<uuid:uid>/viec/<int:pk>/dinh-chinh/", events.event_correct, name="event_correct"),
    path("<uuid:uid>/viec/<int:pk>/huy/", events.event_void, name="event_void"),
]
