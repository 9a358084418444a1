PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOVUK := 6.3.0

.DEFAULT_GOAL := help

help: ## Show these targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## Start a demonstration with invented families (FRESH=1 begins it again)
	$(BIN)/sendvoice demo $(if $(FRESH),--fresh)

setup: $(VENV)/.installed ## Make the virtual environment in .venv

test: $(VENV)/.installed-dev browser ## Every check and every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell surveys storage analysis bot tests docs README.md CHANGELOG.md
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --dist loadfile
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --fail-under=90
	$(BIN)/coverage report --include='surveys/*' --fail-under=100

soak: $(VENV)/.installed-dev ## Hundreds of parents while the service is killed again and again (3 minutes)
	$(BIN)/python -m tests.soak

bench: $(VENV)/.installed-dev ## Our rates beside those of simpler ways, as ratios (7 minutes)
	$(BIN)/python -m tests.benchmarks

peers: $(VENV)/.installed-peers peers-tools ## Our figures beside those of scipy, statsmodels, ipfn, PSPP and LibreOffice
	$(BIN)/python -m pytest tests/peers -n 2

screenshots: $(VENV)/.installed-dev browser ## Photograph every page into build/screenshots, to be looked at
	$(BIN)/python -m tests.looks

browser: ## Install Chromium for the browser tests, where we may
	@test -x /usr/bin/chromium || { test "$$(id -u)" = 0 && apt-get update -qq \
		&& apt-get install -y -qq chromium; } \
		|| { echo "The browser tests need Chromium: sudo apt-get install chromium"; exit 1; }

peers-tools: ## Install PSPP and LibreOffice, which read our files for make peers, where we may
	@{ command -v pspp && command -v soffice; } > /dev/null || { test "$$(id -u)" = 0 \
		&& apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends pspp libreoffice-calc; } \
		|| { echo "make peers needs: sudo apt-get install pspp libreoffice-calc"; exit 1; }

lock: ## Choose dependency versions anew and pin them with their hashes (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate -q -o requirements-dev.lock
	uv pip compile pyproject.toml --group build --group dev --group peers --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate -q \
		-o requirements-peers.lock

assets: ## Vendor GOV.UK Frontend again, without its font and crest (needs npm)
	rm -rf build/govuk && mkdir -p build/govuk
	cd build/govuk && npm pack --silent govuk-frontend@$(GOVUK) \
		&& tar -xzf govuk-frontend-$(GOVUK).tgz
	sed -E -e 's/@font-face\{[^}]*\}//g' -e 's/GDS Transport,arial/Arial,Helvetica/g' \
		-e 's/[^{}]*\{[^{}]*govuk-crest[^{}]*\}//g' -e '/sourceMappingURL/d' \
		build/govuk/package/dist/govuk/govuk-frontend.min.css \
		> bot/static/govuk/govuk-frontend.min.css
	sed -e 's,//# sourceMappingURL=.*,,' build/govuk/package/dist/govuk/govuk-frontend.min.js \
		> bot/static/govuk/govuk-frontend.min.js

clean: ## Remove what the other targets made
	rm -rf $(VENV) build demo .coverage .mypy_cache .ruff_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "SEND Voice needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-peers: requirements-peers.lock $(VENV)/.installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

.PHONY: help run setup test soak bench peers peers-tools screenshots browser lock assets clean
