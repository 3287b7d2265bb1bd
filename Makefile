# まちデータ / Machidata. Needs Python 3.11 or newer and make; everything else is set up in .venv.
#   make publish   すべてのパッケージを out/catalog に公開 / publish all packages to out/catalog
#   make test      検査・型・テスト・再現性 / lint, types, tests, rebuild byte for byte
#   make judges    他者の検証器による試験（make test に含む） / other people's validators; part of make test
#   make docs      docs/findings.md を宣言から作り直す / docs/findings.md anew from the declarations
#   make test-ckan 本物の CKAN（2.12・2.11・2.10）での試験 / tests against real CKANs, installed in .venv-ckan

VENV := .venv
PY := $(VENV)/bin/python
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
JUDGES := .venv-judges
JUDGES_STAMP := $(JUDGES)/.installed
PEERS := .venv-peers
CODE := machidata pipelines flows vocab tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup publish build docs test test-ckan lint format types unit rebuild judges peers bench lock clean

help:
	@grep -E '^#   ' Makefile | cut -c5-

# -c: an extra such as name[redis] must take the pinned name too; older pips look at it apart
setup: $(RUN_STAMP)

# the virtual environment, with the newest suitable Python that is found
$(PY):
	@python=""; \
	for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	  if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 以上（venv 付き）が見つかりません。インストールしてから、もう一度 make を実行してください。" >&2; \
	  echo "Python 3.11 or newer (with venv) was not found. Install it and run make again." >&2; \
	  exit 2; \
	fi; \
	echo "環境を準備しています（初回のみ、数分） / Setting up, once, a few minutes: $$python"; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN_STAMP): requirements.lock pyproject.toml | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -c requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(PY) -m flows --prepare
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock -c requirements-dev.lock
	@touch $@

publish: $(RUN_STAMP)
	@$(PY) -m flows $(NAMES)

# the same line without Prefect
build: $(RUN_STAMP)
	@$(VENV)/bin/machidata build $(NAMES)

# what tests/findings/test_page.py holds against the declarations
docs: $(RUN_STAMP)
	$(PY) -m pipelines.findings_page docs/findings.md

test: lint types unit rebuild judges

lint: $(DEV_STAMP)
	$(VENV)/bin/ruff check $(CODE)
	$(VENV)/bin/ruff format --check $(CODE)

format: $(DEV_STAMP)
	$(VENV)/bin/ruff check --fix $(CODE)
	$(VENV)/bin/ruff format $(CODE)

types: $(DEV_STAMP)
	$(VENV)/bin/mypy pipelines machidata flows

# with a real CKAN where one can be installed, and a word where not; MACHIDATA_CKAN=0 leaves it out
unit: $(DEV_STAMP)
	$(PY) -m tests.ckan.station run -- $(PY) -m pytest -n 2

# all versions of CKAN that we know, and every case; make test takes a choice of them
test-ckan: $(DEV_STAMP)
	$(PY) -m tests.ckan.station install --version all
	MACHIDATA_CKAN=all $(PY) -m tests.ckan.station run -- $(PY) -m pytest tests/ckan

# twice from datapackages/*/source, in different circumstances, against what is committed
rebuild: $(DEV_STAMP)
	$(PY) tests/rebuild.py

$(JUDGES_STAMP): requirements-judges.txt | $(PY)
	$(PY) -m venv $(JUDGES)
	$(JUDGES)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

judges: $(DEV_STAMP) $(JUDGES_STAMP)
	$(PY) -m tests.judges.write out/judged
	$(JUDGES)/bin/python tests/judges/run.py out/judged

# who benchmarks/ckan_publish.py is compared with
peers: requirements-peers.txt | $(PY)
	$(PY) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r $<

bench: $(RUN_STAMP)
	$(PY) benchmarks/build.py
	$(PY) benchmarks/flow_start.py

LOCK := $(VENV)/bin/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras --no-header \
  --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra flows --extra build

# needs pip-tools in the environment: .venv/bin/pip install pip-tools
lock:
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf out build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
