# Everything a developer does, GNU make 3.81 or later. `make` alone lists it.
# Each target does its own set-up: an environment in .venv with the versions of constraints.txt.

ARGS =
venv = .venv/bin/python
pip = $(venv) -m pip --disable-pip-version-check

# The stamp of a finished set-up names the folder it was made in: a moved or copied checkout, or one
# whose Python is gone, is set up anew.
stamp = .venv/ready
ifneq ($(shell $(venv) -c '' 2>/dev/null && cat $(stamp) 2>/dev/null),$(CURDIR))
anew = anew
endif

# The first Python that runs (a shim may be there and not run), is in range and can make environments.
in_range = import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
define make_environment
rm -rf .venv; found=; bare=; \
if [ -n "$$PYTHON" ]; then set -- "$$PYTHON"; \
else set -- python3.11 python3.12 python3.13 python3.14 python3; fi; \
for python do \
  "$$python" -c '$(in_range)' 2>/dev/null || continue; \
  if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
  bare=$${bare:-$$python}; \
done; \
if [ -n "$$found" ]; then echo "Making .venv with $$found ..."; "$$found" -m venv .venv; \
elif [ -n "$$bare" ]; then \
  echo "$$bare cannot make virtual environments, its module ensurepip is missing: install it" \
    "(Debian: apt install $${bare##*/}-venv) or set PYTHON=/path/to/another/python" >&2; exit 1; \
elif [ -n "$$PYTHON" ]; then \
  echo "PYTHON=$$PYTHON is not a Python that fedkg can use:" \
    "it needs Python 3.11 to 3.14, so name another or leave PYTHON out" >&2; exit 1; \
else \
  echo 'fedkg needs Python 3.11 to 3.14: install it' \
    '(Debian: apt install python3.11 python3.11-venv) or set PYTHON=/path/to/python' >&2; exit 1; \
fi
endef

# Benchmarks that have a target of their own, and what others import.
apart = endpoint eval generate load scale servers soak

# HOST and PORT count on the command line only: some shells and hosts export their own.
given = $(if $(filter command,$(firstword $(origin $(1)))),$(2) '$($(1))')

.PHONY: help serve test lint format build bench scale endpoint soak eval conformance keys screenshots lock clean $(anew)

help: ## list the targets
	@echo 'fedkg: make TARGET'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' Makefile
	@echo 'PYTHON=/path/to/python chooses the Python of the environment (3.11 to 3.14).'

serve: $(stamp) ## build the graph if there is none, then serve it (HOST=127.0.0.1 PORT=8000)
	@.venv/bin/fedkg serve $(call given,HOST,--host) $(call given,PORT,--port) $(ARGS)

test: $(stamp) ## run all tests (ARGS="-k name" for some)
	@$(venv) -m pytest $(ARGS)

lint: $(stamp) ## check style, types and the direction of imports
	@$(venv) -m ruff check .
	@$(venv) -m ruff format --check .
	@$(venv) -m mypy
	@.venv/bin/lint-imports

format: $(stamp) ## lay the code out and mend what ruff can mend
	@$(venv) -m ruff check --fix .
	@$(venv) -m ruff format .

build: $(stamp) ## make the source distribution and the wheel in dist/
	@$(venv) -m build --no-isolation

bench: $(stamp) ## measure building and querying
	@set -e; for script in $(filter-out $(addprefix %/,$(addsuffix .py,$(apart))),$(wildcard benchmarks/*.py)); do \
	  echo "$$script"; $(venv) "$$script" $(ARGS); done

scale: $(stamp) ## measure how a build grows (ARGS="--to 100000" for the whole curve)
	@$(venv) benchmarks/scale.py $(ARGS)

endpoint: $(stamp) ## measure the endpoint beside others (ARGS="--papers 10000 --oxigraph PROGRAM")
	@$(venv) benchmarks/endpoint.py $(ARGS)

soak: $(stamp) ## load the endpoint for ten minutes with all that is bad for it (ARGS="--minutes 2")
	@$(venv) benchmarks/soak.py $(ARGS)

eval: $(stamp) ## measure resolution against the gold standard (ARGS="--lists LIST... --gold FOLDER")
	@$(venv) benchmarks/eval.py $(ARGS)

conformance: $(stamp) ## ask the SPARQL 1.1 tests of the W3C and write docs/conformance.md
	@$(venv) tests/conformance/report.py $(ARGS)

keys: $(stamp) ## add the IRIs of the shipped graph to data/keys.csv, for a release
	@$(venv) tools/make_keys.py

screenshots: $(stamp) ## take the screenshots of docs/screenshots anew (needs Chromium)
	@$(venv) tools/make_screenshots.py

lock: $(stamp) ## renew constraints.txt: the newest versions that work on Python 3.11 to 3.14
	@$(pip) install --quiet uv
	@{ echo '# The versions fedkg is developed with, for Python 3.11 to 3.14; "make lock" renews them.'; \
	  $(venv) -m uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --quiet \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## remove all that make made, ./fedkg-graph included
	@rm -rf .venv dist fedkg-graph constraints.new
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The set-up. The stamp goes first and comes back last, so an interrupted set-up is made anew.
$(stamp): pyproject.toml constraints.txt $(anew)
	@rm -f $@
ifdef anew
	@$(make_environment)
endif
	@echo 'Installing the versions of constraints.txt into .venv ...'
	@$(pip) install --quiet --constraint constraints.txt hatchling
	@$(pip) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@pwd -P > $@
