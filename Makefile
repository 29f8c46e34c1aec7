# Afstem.  `make run` and `make test` are all that a fresh machine needs; `make help` lists the rest.
# Needed beforehand: Python 3.11 or newer, make, and a package index that pip can reach.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
IN     ?= data/raw
OUT    ?= data/out
SEED   ?= 1
EACH   ?= 10
PACKAGES := lexicon extract normalize reconcile publish afstem

# What the tests use besides Python packages: OCR, and programs that typeset the tests' documents.
DEBIAN := tesseract-ocr tesseract-ocr-dan chromium libreoffice-writer libreoffice-calc ghostscript poppler-utils fonts-dejavu-core fonts-liberation \
  libpdfbox2-java default-jdk-headless
# The programs that these packages bring.
PROGRAMS := tesseract chromium soffice gs pdftotext java

.DEFAULT_GOAL := help
.PHONY: help run test check unit format bench mutants readme pictures lock tools dbt clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/.run ## read everything in data/raw and write data/out (IN=… OUT=… for other folders)
	$(BIN)/afstem run $(IN) --out $(OUT)

test: check unit ## all checks and tests

check: $(VENV)/.dev ## style, types and import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bench.complexity
	$(BIN)/python -m bench.unnamed

unit: $(VENV)/.dev ## the tests alone (ARGS=… for pytest's arguments)
	$(BIN)/python -m pytest -n 2 $(ARGS)

format: $(VENV)/.dev ## put the source in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## speed against other readers (IN=folder with PDFs)
	$(BIN)/python -m bench.speed $(IN)

mutants: $(VENV)/.dev ## make small slips in the program and see which the tests notice (SEED=1 EACH=10), many minutes
	nice $(BIN)/python -m bench.mutants --seed $(SEED) --each $(EACH)

readme: $(VENV)/.dev ## show the command in README.md and the guides as it is now
	$(BIN)/python -m docs.readme

pictures: $(VENV)/.dev ## make the pictures of README.md and the guides (needs Chromium and LibreOffice)
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m docs.guide_pictures

# The environments. `.run` holds what the program needs, `.dev` adds what the tests need; both from hash-locked lists.
# A failed build leaves no stamp, so the next make tries again.
$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Afstem needs Python 3.11 or newer; say which with: make PYTHON=python3.12 …" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# dbt and datacontract-cli want older packages than the rest: they live apart, and tests that use them skip without.
dbt: $(VENV)-dbt/.made ## dbt and datacontract-cli, which some tests use, in an environment of their own

$(VENV)-dbt/.made: requirements/dbt.txt
	$(PYTHON) -m venv $(VENV)-dbt
	$(VENV)-dbt/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dbt.txt
	@touch $@

# Written by hand after a change of pyproject.toml's dependencies; needs uv, which neither run nor test does.
UV ?= uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: ## lock the dependencies anew (needs uv)
	$(LOCK) pyproject.toml --group build -o requirements/run.txt
	$(LOCK) --no-strip-extras --group dbt -o requirements/dbt.txt
	$(LOCK) pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt

tools: ## Debian packages that some tests use (they skip without)
	@missing=""; for program in $(PROGRAMS); do command -v $$program >/dev/null 2>&1 || missing="$$missing $$program"; done; \
	if command -v tesseract >/dev/null 2>&1 && ! tesseract --list-langs 2>/dev/null | grep -qx dan; then missing="$$missing dan"; fi; \
	if [ -z "$$missing" ]; then echo "tools: all there"; exit 0; fi; \
	echo "tools: missing$$missing"; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	  echo "tools: no apt-get on this machine; install them your own way. Tests that need them are skipped."; exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo"; else \
	  echo "tools: not root and no sudo; ask for: apt-get install $(DEBIAN). Tests that need them are skipped."; exit 0; fi; \
	export DEBIAN_FRONTEND=noninteractive; \
	if ! { $$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends $(DEBIAN); } >/dev/null; then \
	  echo "tools: apt-get failed (its words are above). Tests that need them are skipped."; fi

clean: ## remove the environment, the caches and the output; decisions (data/out/review) stay
	rm -rf $(VENV) $(VENV)-dbt build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find data/out -mindepth 1 -maxdepth 1 ! -name .gitkeep ! -name review -exec rm -rf {} +
