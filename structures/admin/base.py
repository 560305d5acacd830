"""What every screen of the back-office shares."""

from unfold.admin import ModelAdmin


class BackOffice(ModelAdmin):
    list_per_page = 50
    show_full_result_count = False
    list_fullwidth = True
    warn_unsaved_form = True

    def has_delete_permission(self, request, obj=None):
        """What others hang on is closed or ended by a date, not deleted."""
        return False


class ReadOnly(BackOffice):
    """Written by the application only; here to be read and searched."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
