"""Mails: what left, what waits, what fails and why."""

from django.contrib import admin, messages
from django.utils import timezone

from structures.admin.base import ReadOnly
from structures.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnly):
    list_display = ["created_at", "to", "subject", "sent_at", "attempts", "error"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["to", "subject"]
    actions = ["try_again"]

    @admin.action(description="Essayer à nouveau maintenant", permissions=["view"])
    def try_again(self, request, queryset):
        waiting = queryset.filter(sent_at=None)
        count = waiting.update(attempts=0, next_try_at=timezone.now())
        messages.success(request, f"{count} courriels partiront dans une minute.")
