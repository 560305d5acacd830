"""Addresses, in French."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("structures.urls")),
    path("", include("parcours.urls")),
    path("", include("funding.urls")),
]
