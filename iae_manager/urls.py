"""Addresses, in French."""

from django.contrib import admin
from django.urls import include, path

from iae_manager import back_office

urlpatterns = [
    path("admin/login/", back_office.sign_in),
    path("admin/", admin.site.urls),
    path("", include("structures.urls")),
    path("", include("parcours.urls")),
    path("", include("funding.urls")),
]
