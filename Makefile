# Everything the targets make stays in this folder; a second run re-uses it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
VENV_FLOOR ?= .venv-floor
SEEDS ?= 200
SIZES ?= 1 100 500
LATENCIES ?= 0 300

# The Pulumi CLI runs the first python3 on PATH, so the environment goes before everything.
IN = PATH="$(abspath $(1))/bin:$$PATH"
IN_VENV = $(call IN,$(VENV))
WITH_CLI = cli="$$($(VENV)/bin/python tools/pulumi_cli.py)" && \
	PATH="$(abspath $(or $(1),$(VENV)))/bin:$$cli:$$PATH"
# The same with the hosts of other languages, and with the SDKs and packages of the examples too.
WITH_HOSTS = hosts="$$($(VENV)/bin/python -m tools.hosts)" && $(WITH_CLI):"$$hosts"
WITH_SDKS = $(VENV)/bin/python -m tools.sdks >/dev/null && $(WITH_HOSTS)
RESOLVE = $(VENV)/bin/uv pip compile pyproject.toml --extra emulator --universal \
	--python-version 3.11 --no-config --no-emit-index-url --quiet
LOCK = $(RESOLVE) - --group dev --generate-hashes --custom-compile-command "make lock"
LOWEST = $(RESOLVE) --resolution lowest --no-deps --no-header --no-annotate

BENCH = $(WITH_CLI) python -m tools.bench --latencies $(LATENCIES) \
	$(if $(PARALLEL),--parallel $(PARALLEL)) $(if $(LIVES),--lives $(LIVES))

.PHONY: help demo demo-yaml demo-destroy test test-fast test-engine test-floor soak conformance check generate recording picture docs lock format release clean
.PHONY: bench bench-full bench-sizes bench-parallel bench-large bench-checkpoints bench-limit

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.ready ## Run examples/quickstart on the real Pulumi CLI, against an emulated PostHog; KEEP=1 leaves that running
	@$(WITH_CLI) python -m tools.demo up $(if $(filter 1,$(KEEP)),--keep)

demo-yaml: $(VENV)/.ready ## Run examples/yaml on the native plugin against an emulated PostHog, from install to destroy
	@$(WITH_HOSTS) python -m tools.demo_yaml

demo-destroy: $(VENV)/.ready ## Destroy what the demo made
	@$(WITH_CLI) python -m tools.demo destroy

test: $(VENV)/.ready ## Every test
	@$(WITH_SDKS) pytest -n auto

test-fast: $(VENV)/.ready ## The tests that need no Pulumi CLI
	@$(IN_VENV) pytest -n auto tests/unit tests/emulator tests/wire

test-engine: $(VENV)/.ready ## The tests that test-fast leaves out: the real CLI, what pages print, and every request through every fault
	@$(WITH_SDKS) pytest -n auto --dist worksteal tests/engine tests/matrix tests/docs

test-floor: $(VENV)/.ready $(VENV_FLOOR)/.ready ## The tests on the oldest libraries supported, but those of the emulator, of examples, of types and most of the plugin's
	@# Before Pulumi's SDK 3.260 its display shows secrets that a program gave inside of settings: SECURITY.md
	@$(call WITH_CLI,$(VENV_FLOOR)) POSTHOG_CRASHES=4 pytest -n auto --dist worksteal tests/unit tests/wire tests/engine \
		--deselect tests/engine/test_secret_scan.py::test_no_secret_is_in_clear_anywhere \
		--ignore-glob "tests/engine/test_example*.py" --ignore-glob "tests/engine/test_plugin*.py" \
		--ignore tests/unit/test_types.py --ignore tests/unit/test_site.py -k "not native"

soak: $(VENV)/.ready ## Kill it 200 times (SEEDS=200), every request through every fault, long histories of rotation
	@$(WITH_CLI) POSTHOG_CRASHES=$(SEEDS) POSTHOG_SOAK=1 POSTHOG_SOAK_DEPTH=7 pytest -n auto \
		tests/engine/test_crashes.py tests/matrix tests/unit/test_rotation_histories.py

conformance: $(VENV)/.ready ## Try the emulator with PostHog's SDK, also the newest, and with TERRAFORM and ACCEPTANCE set with its Terraform provider
	@$(IN_VENV) python -m tools.conformance

check: $(VENV)/.ready ## Format, lint, types, fast tests, branch coverage
	@echo "Format, lint and types"
	@$(IN_VENV) ruff format --check --quiet .
	@$(IN_VENV) ruff check --quiet .
	@$(IN_VENV) mypy
	@$(IN_VENV) check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*
	@$(IN_VENV) zizmor --offline --quiet --persona pedantic .github/workflows
	@$(IN_VENV) hadolint docker/emulator.Dockerfile
	@echo "Fast tests, with branch coverage"
	@$(IN_VENV) coverage erase
	@$(IN_VENV) coverage run -m pytest -n auto tests/unit tests/emulator tests/wire
	@$(IN_VENV) coverage combine --quiet
	@$(IN_VENV) coverage report

# Each part adds to docs/performance.json and writes docs/performance.md and its plots again.
bench: bench-sizes bench-parallel ## Seconds, requests, state and memory of each operation, an hour

bench-full: bench bench-large bench-checkpoints bench-limit ## The same up to 2,000 projects and at PostHog's rate limit, three hours

bench-sizes: $(VENV)/.ready ## A part of it: SIZES="1 20" LATENCIES="0 300" PARALLEL=10 LIVES="settings rotation"
	@$(BENCH) --native --sizes $(SIZES)

bench-parallel: $(VENV)/.ready # 100 projects with latency, as Terraform was measured
	@$(WITH_CLI) python -m tools.bench --sizes 100 --latencies 300 --lives settings --parallel 10
	@$(WITH_CLI) python -m tools.bench --sizes 100 --latencies 300 --lives settings --parallel 32

bench-large: $(VENV)/.ready # rotation of 2,000 would take hours
	@$(BENCH) --sizes 1000
	@$(WITH_CLI) python -m tools.bench --sizes 2000 --latencies 0 --lives settings

bench-checkpoints: $(VENV)/.ready # Pulumi writes the state at the end only
	@$(WITH_CLI) python -m tools.bench --sizes 100 500 1000 2000 --latencies 0 --checkpoints skipped

bench-limit: $(VENV)/.ready # 480 requests a minute, 4,800 an hour
	@$(WITH_CLI) python -m tools.bench --limit 600

generate: $(VENV)/.ready ## Write what repeats a list kept elsewhere: arguments, outputs, parts of the docs
	@$(IN_VENV) python -m tools.generate

recording: $(VENV)/.ready ## Record the preview that README shows again, with the real Pulumi CLI
	@$(WITH_CLI) python -m tools.recording

picture: $(VENV)/.ready ## Take the picture of the emulator's page again, with Chromium
	@$(IN_VENV) python -m tools.page_picture

docs: $(VENV)/.ready ## Build the documentation into site/; a broken link is an error
	@$(IN_VENV) sphinx-build --fail-on-warning --keep-going --quiet --doctree-dir build/docs docs site
	@echo "site/index.html"

format: $(VENV)/.ready ## Format the sources and fix what ruff can
	@$(IN_VENV) ruff check --fix --quiet . || true
	@$(IN_VENV) ruff format .

lock: $(VENV)/.ready ## Resolve the locked requirements again; UPGRADE=--upgrade for the newest
	echo uv | $(LOCK) $(UPGRADE) --output-file tools/requirements.txt
	@# The floor: what the package itself names at its lowest, the rest as locked above.
	cp tools/requirements.txt tools/requirements-floor.txt
	$(LOWEST) | $(LOCK) --output-file tools/requirements-floor.txt

release: $(VENV)/.ready ## Build wheel and sdist into dist/, twice and equal; all of a release but the upload
	@$(IN_VENV) python -m tools.release

clean: ## Remove environments and caches; the demo's state and the Pulumi CLI stay
	rm -rf .venv .venv-floor .hypothesis .mypy_cache .pytest_cache .ruff_cache .coverage* build dist site
	find posthog_pulumi tests tools examples -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.ready: tools/requirements.txt
$(VENV_FLOOR)/.ready: tools/requirements-floor.txt

$(VENV)/.ready $(VENV_FLOOR)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
		"Python 3.11 or newer is needed: name one, such as make PYTHON=python3.13 …"; exit 1; }
	@echo "Installing the locked requirements into $(@D), about a minute."
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement $(filter %.txt,$^)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@
