"""One address, one page per role."""

from django.views.decorators.http import require_safe

from funding.views.home.admin import admin_home
from funding.views.home.follow import follow_home
from funding.views.home.nobody import nobody_home
from funding.views.home.structure import structure_home
from funding.views.home.territory import territory_home
from structures.enums import Role

MANAGING = {Role.DIRECTION, Role.GESTIONNAIRE}


@require_safe
def home(request):
    user = request.user
    if user.is_agent:
        return territory_home(request)
    if user.is_superuser:
        return admin_home(request)
    if user.structure_roles & MANAGING:
        return structure_home(request)
    return follow_home(request) if user.structure_roles else nobody_home(request)
