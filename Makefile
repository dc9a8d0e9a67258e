# site    환경을 만들고, 낡은 것을 실행하고, 그림과 표를 그리고, site/를 만듭니다
# serve   고치면서 봅니다 (http://127.0.0.1:8000)
# test    검사합니다
# results 모든 실험을 처음부터 다시 실행합니다
# bench   빌드가 얼마나 걸리는지 잽니다
.PHONY: site serve test lint results bench clean

PYTHON ?= python3
BIN := .venv/bin

site: .venv/ready
	$(BIN)/python scripts/build.py --site

serve: .venv/ready
	$(BIN)/mkdocs serve --livereload

test: .venv/ready-to-test
	$(BIN)/python tests/chromium.py
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

results: .venv/ready
	$(BIN)/python scripts/build.py --rerun all

bench: .venv/ready
	$(BIN)/python tests/bench.py

clean:
	rm -rf .venv .cache site docs/generated

.venv/ready: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/ready-to-test: .venv/ready tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@
