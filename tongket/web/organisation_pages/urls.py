"""Addresses of organisations."""

from django.urls import include, path

from tongket.web.organisation_pages import acting, posts, reading

app_name = "organisations"
_pages = [
    path("", reading.tree, name="list"),
    path("thanh-lap/", acting.new, name="new"),
    path("<str:code>/", reading.detail, name="detail"),
    path("<str:code>/doi-ten/", acting.renaming, name="rename"),
    path("<str:code>/chuyen/", acting.moving, name="move"),
    path("<str:code>/sap-nhap/", acting.merging, name="merge"),
    path("<str:code>/chia-tach/", acting.splitting, name="split"),
    path("<str:code>/giai-the/", acting.dissolving, name="dissolve"),
    path("<str:code>/quyet-dinh/<int:pk>/huy/", acting.void, name="act_void"),
    path("<str:code>/khoa/moi/", posts.term, name="term"),
    path("<str:code>/chuc-vu/moi/", posts.new_post, name="post"),
    path("<str:code>/chuc-vu/<int:pk>/thoi/", posts.end, name="post_end"),
    path("<str:code>/chuc-vu/<int:pk>/huy/", posts.void, name="post_void"),
]
urlpatterns = [path("to-chuc/", include(_pages))]
