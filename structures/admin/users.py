"""Accounts, and what each may act for."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group as PermissionGroup
from unfold.admin import TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from structures.admin.base import BackOffice
from structures.models import Agency, Membership, User

admin.site.unregister(PermissionGroup)


class Memberships(TabularInline):
    model = Membership
    autocomplete_fields = ["agency", "structure"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "structure")


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]


@admin.register(User)
class UserAdmin(BaseUserAdmin, BackOffice):
    form = UserChangeForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["email", "last_name", "first_name", "places", "is_active"]
    list_filter = [
        *("is_active", "is_staff", "memberships__role"),
        ("memberships", admin.EmptyFieldListFilter),
    ]
    search_fields = ["email", "first_name", "last_name", "memberships__structure__name"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "joined_at"]
    inlines = [Memberships]
    fieldsets = [
        (None, {"fields": ["email", "password", "first_name", "last_name"]}),
        ("Droits", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": [*NewUserForm.Meta.fields, "password1", "password2"]})
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.prefetch_related("memberships__agency", "memberships__structure")

    @admin.display(description="rattachements")
    def places(self, user):
        return ", ".join(str(one) for one in user.memberships.all()) or "—"


@admin.register(Agency)
class AgencyAdmin(BackOffice):
    list_display = ["name", "region", "departement"]
    list_select_related = ["region", "departement"]
    search_fields = ["name"]
    autocomplete_fields = ["region", "departement"]


@admin.register(Membership)
class MembershipAdmin(BackOffice):
    list_display = ["user", "role", "agency", "structure"]
    list_select_related = ["user", "agency", "structure"]
    list_filter = ["role"]
    search_fields = ["user__email", "agency__name", "structure__name"]
    autocomplete_fields = ["user", "agency", "structure"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
