FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/base.txt
COPY . .
# The manifest of static files needs the settings of production, none of its secrets.
RUN PRODUCTION=true SECRET_KEY=build NIR_KEY=build \
    DATABASE_URL=postgresql://build DATABASE_OWNER_URL=postgresql://build \
    REDIS_URL=redis://build EMAIL_URL=consolemail:// \
    python manage.py collectstatic --no-input
RUN useradd --system --no-create-home iae
USER iae
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--no-control-socket", "iae_manager.wsgi"]
