"""Signing in and out, changing one’s password, help."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from structures.forms import PasswordForm, SignInForm


class SignIn(auth.LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True


class ChangePassword(auth.PasswordChangeView):
    form_class = PasswordForm
    success_url = reverse_lazy("account")

    def form_valid(self, form):
        messages.success(self.request, "Votre mot de passe est changé.")
        return super().form_valid(form)


@require_safe
def account(request):
    return render(
        request,
        "registration/account.html",
        {"memberships": request.user.current_memberships},
    )


@require_safe
def help_page(request):
    return render(request, "structures/help.html")


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "structures/accessibility.html")
