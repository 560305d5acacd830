# Two commands on a fresh machine: make run, make test. Nothing but Python and make.

PORT ?= 8000
ARGS ?=
# A name on PATH may be a shim for a version that is not installed: each is tried.
PYTHON ?= $(shell for name in python3.12 python3.11 python3 \
	/usr/bin/python3 /usr/local/bin/python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$name; break; }; done)
INSTALL = $(PYTHON) requirements/install.py
BIN = .venv/bin
APPS = structures parcours funding
STRICT = $(wildcard $(foreach app,$(APPS),$(addprefix $(app)/,law rules figures actions)))
# What production says of itself; nothing listens there, and nothing needs to.
PRODUCTION = PRODUCTION=true ALLOWED_HOSTS=iae.example.fr \
	SECRET_KEY=a-key-for-this-check-only-that-is-long-enough-0123456789 \
	NIR_KEY=another-key-for-this-check-only-that-is-long-enough-0123456789 \
	DATABASE_URL=postgresql://iae_app@127.0.0.1:1/iae \
	DATABASE_OWNER_URL=postgresql://iae_owner@127.0.0.1:1/iae \
	REDIS_URL=redis://127.0.0.1:1/0 EMAIL_URL=consolemail://

.PHONY: python run test e2e check fix bench lock stop clean

run: python
	@$(INSTALL) desk
	@exec $(BIN)/python -m iae_manager.run --port $(PORT)

test: python
	@$(INSTALL) test
	$(BIN)/python -m pytest -n 2 -m "not e2e" $(ARGS)

e2e: python
	@$(INSTALL) test
	@command -v chromium >/dev/null || { \
		echo "Il manque Chromium (Debian : apt-get install chromium)."; exit 1; }
	$(BIN)/python -m pytest -n 2 -m e2e $(ARGS)

check: python
	@$(INSTALL) dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(STRICT)
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

fix: python
	@$(INSTALL) dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: python
	@$(INSTALL) dev
	@exec $(BIN)/python -m bench $(ARGS)

# The second and following files repeat the versions of the first.
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --python-version 3.11 pyproject.toml
lock: python
	@$(INSTALL) dev
	$(BIN)/pip install --quiet "uv>=0.5"
	$(LOCK) -o requirements/base.txt
	$(LOCK) -c requirements/base.txt --extra desk -o requirements/desk.txt
	$(LOCK) -c requirements/base.txt --extra desk --extra test -o requirements/test.txt
	$(LOCK) -c requirements/base.txt --extra desk --extra test --extra check --extra bench \
		-o requirements/dev.txt

stop: python
	@exec $(BIN)/python -m iae_manager.embedded stop

# The data of .local stay: only you may decide to delete them.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis staticfiles bench/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11 ou 3.12 \
	(Debian : apt-get install python3 python3-venv)."; exit 1; }
