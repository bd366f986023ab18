# Sightline: `make demo` sets up, loads the invented force and serves it; `make test` runs every test.
SHELL := /bin/bash
export UV_SYSTEM_CERTS := true
export UV_PYTHON_DOWNLOADS := never
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
PY := .venv/bin/python
# How many processes run the tests, each with a server of its own. The longest files, which are under tests/, go first, so that none runs alone at the end.
JOBS ?= 2

.PHONY: setup demo test check audit audit-code mutants trace lock clean docs proof proof-oracle proof-access proof-joins proof-mutants proof-journeys proof-figures

setup: .local/ready

.local/ready: requirements/dev.txt package-lock.json
	@test -x "$(UV)" || { echo "Installing uv into .tools ..."; $(PYTHON) -m venv .tools/uv && .tools/uv/bin/pip -q install uv; }
	@echo "Python packages ..."
	@test -x $(PY) || "$(UV)" venv -q .venv --python $(PYTHON)
	@"$(UV)" pip sync -q --python $(PY) --require-hashes requirements/dev.txt
	@echo "$(CURDIR)/src" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')/sightline-src.pth"
	@echo "Design system ..."
	@npm ci --silent --no-audit --no-fund
	@$(PY) -m sightline.ui.assets
	@mkdir -p .local && touch .local/ready

demo: setup
	@./sightline demo $(DEMO)

test: setup
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(TESTS)

check: setup
	@$(PY) -m ruff check src tests benchmarks tools conftest.py manage.py
	@$(PY) -m ruff format --check -q src tests benchmarks tools conftest.py manage.py
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@SIGHTLINE_AS=owner $(PY) -m tools.check_migrations
	@$(PY) -m tools.check_templates
	@$(PY) -m tools.generate --check
	@echo "check: all good"

audit: setup .tools/audit/ready
	@$(PY) -m tools.audit

audit-code: setup .tools/audit/ready
	@$(PY) -m tools.audit --code

.tools/audit/ready: requirements/audit.txt
	@"$(UV)" venv -q --clear .tools/audit --python $(PYTHON)
	@"$(UV)" pip sync -q --python .tools/audit/bin/python --require-hashes requirements/audit.txt
	@touch .tools/audit/ready

# In full what the tests show on a sample: hours, offline, with figures. Each part stands by itself.
proof: proof-access proof-joins proof-mutants proof-journeys proof-figures proof-oracle
WHOLLY = $(PY) -m pytest -n $(JOBS) --dist loadfile -q

# In one go, or in as many as wanted: `make proof-oracle ORACLE_PART=1/4`, and so on to 4/4. The figures are kept in .local/oracle.txt.
ORACLE_PART ?= 1/1
proof-oracle: setup
	@echo "400,000 answers held against the policy table, part $(ORACLE_PART) ..."
	@SIGHTLINE_ORACLE=full SIGHTLINE_ORACLE_PART=$(ORACLE_PART) $(WHOLLY) tests/oracle; said=$$?; cat .local/oracle.txt; exit $$said

proof-access: setup
	@echo "Everybody asks for everything: by the gate alone, by the wall alone, by both ..."
	@SIGHTLINE_PROOF=whole SIGHTLINE_WALLS=full $(WHOLLY) tests/access_proof
	@SIGHTLINE_TEST_WALL=1 SIGHTLINE_PROOF=whole $(WHOLLY) tests/access_proof

proof-joins: setup
	@echo "10,000 sequences of joining, working and splitting ..."
	@SIGHTLINE_SEQUENCES=10000 $(WHOLLY) tests/access_proof/test_joins_undone.py

# A check taken away is caught by a test: of some in every run, by the test that is known to; of all in full, by any test in which it decides something.
mutants: setup
	@$(PY) -m pytest -q --mutants=known

MUTATED = src tests/access_proof tests/house --ignore=tests/access_proof/test_joins_undone.py -m "not browser"
proof-mutants: setup
	@echo "Each check taken away by itself, before the oracle ..."
	@rm -rf .local/mutants
	@for n in $$(seq $(JOBS)); do env SIGHTLINE_SERVER=seen$$n SIGHTLINE_MUTANTS=$$n/$(JOBS) $(PY) -m pytest -q tests/oracle/test_without_a_check.py -k every & each="$$each $$!"; done; for p in $$each; do wait $$p || exit 1; done
	@echo "Which checks decide something in which tests ..."
	@$(PY) -m pytest -q -n $(JOBS) --dist loadfile --listen $(MUTATED)
	@echo "Each that the oracle did not see taken away by itself ..."
	@for n in $$(seq $(JOBS)); do env SIGHTLINE_SERVER=taken$$n $(PY) -m pytest -q --mutants=$$n/$(JOBS) $(MUTATED) & done; wait
	@PYTHONPATH=tests:src $(PY) -m mutants.caught --whole

proof-journeys: setup
	@echo "From a worry to a plan: with the keys alone, without scripts, with long and Welsh words ..."
	@for how in KEYBOARD NO_SCRIPTS STRETCHED; do env SIGHTLINE_$$how=1 $(PY) -m pytest -q tests/journeys/test_worry_to_plan.py || exit 1; done

proof-figures: setup
	@$(PY) benchmarks/access/sealed_timing.py
	@$(PY) benchmarks/access/log_cost.py

trace: setup
	@$(PY) -m tools.generate trace

docs: setup
	@$(PY) -m tools.generate

lock:
	@"$(UV)" pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements/base.in -o requirements/base.txt
	@"$(UV)" pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	@"$(UV)" pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements/audit.in -o requirements/audit.txt
	@npm install --package-lock-only --silent --no-audit --no-fund

clean:
	@-$(PY) -c "from sightline.web.settings import SERVER; SERVER.stop()" 2>/dev/null
	rm -rf .venv .tools .local node_modules static-built .mypy_cache .ruff_cache .pytest_cache .hypothesis
