"""Addresses of accounts, help and the law."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from structures.views import (
    account,
    documents,
    gallery,
    legal_values,
    saved_views,
    scans,
    verify,
)

urlpatterns = [
    path(
        "connexion/",
        account.SignIn.as_view(),
        name="login",
    ),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("compte/", account.account, name="account"),
    path(
        "compte/mot-de-passe/",
        account.ChangePassword.as_view(template_name="registration/password.html"),
        name="password",
    ),
    path("aide/", account.help_page, name="help"),
    path("accessibilite/", account.accessibility, name="accessibility"),
    path("valeurs-legales/", legal_values.legal_values, name="legal_values"),
    path("vues/", saved_views.saved_view_add, name="saved_view_add"),
    path(
        "vues/<int:pk>/supprimer/",
        saved_views.saved_view_remove,
        name="saved_view_remove",
    ),
    path("galerie/", gallery.gallery, name="gallery"),
    path("verifier/", verify.verify, name="verify"),
    # Short and in capitals: it is what the code of a page holds.
    path(
        "V/<str:code>/<str:digest>/<int:page_number>",
        verify.verify_code,
        name="verify_code",
    ),
    path("documents/<str:code>.pdf", documents.document_file, name="document_file"),
    path(
        "documents/<str:code>/copie.pdf",
        documents.document_copy,
        name="document_copy",
    ),
    path("numerisations/", scans.scan_list, name="scan_list"),
    path("numerisations/<int:pk>/", scans.scan_detail, name="scan_detail"),
    path(
        "numerisations/<int:pk>/avancement/",
        scans.scan_progress_part,
        name="scan_progress_part",
    ),
    path("numerisations/pages/<int:pk>/", scans.scan_page, name="scan_page"),
    path(
        "numerisations/pages/<int:pk>/ecarter/",
        scans.scan_page_ignore,
        name="scan_page_ignore",
    ),
    path(
        "numerisations/pages/<int:pk>.png",
        scans.scan_page_picture,
        name="scan_page_picture",
    ),
]
