# Everything works on a bare machine with python3 (3.11 or newer) and make.
PYTHON ?= python3
WORKERS ?= 3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test check format setup doctor coverage-map bench bench-coach train-coach screenshots clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-14s%s\n", $$1, $$2 }'

run: ## Leeway on this machine, at http://localhost:8000 (PORT, DATA_DIR, DEMO=0)
	@$(PYTHON) scripts/bootstrap.py run && exec $(BIN)/python -m config.local.run

test: setup ## every check and every test, as CI runs them
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m scripts.run_tests -n $(WORKERS) --dist worksteal $(ARGS)

check: setup ## lint, format, types, import contracts, templates
	@$(BIN)/python -m scripts.check

format: setup ## let the formatters have their way
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djangofmt check --quiet --fix templates

setup: ## the environment of uv.lock in .venv
	@$(PYTHON) scripts/bootstrap.py all

doctor: ## what is wrong with this setup
	@$(PYTHON) scripts/bootstrap.py run && $(BIN)/python -m config.local.doctor

coverage-map: setup ## which test proves which row of docs/practices.md and docs/safety.md
	@$(BIN)/python -m scripts.coverage_map

bench: setup ## how fast a page is (docs/speed.md); ARGS="streams" for others
	@$(BIN)/python -m bench $(ARGS)

bench-coach: setup ## the reply coach: precision, recall, gap between the halves, time
	@$(BIN)/python -m bench.coach $(ARGS)

train-coach: setup ## its second opinion: learn weights from the tuning rows, print figures
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.coach_weights $(ARGS)

screenshots: setup ## the pictures of the README, from a fresh local run
	@$(BIN)/python -m scripts.screenshots

clean: ## forget what was built (never what people wrote)
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
