"""Addresses of accounts, help and the law."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from structures.views import account, gallery, legal_values, saved_views

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
]
