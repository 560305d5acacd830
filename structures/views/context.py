"""What the frame of every page shows."""

from django.conf import settings


def frame(request):
    return {"is_demo": settings.DEMO, "business_date": settings.BUSINESS_DATE}
