"""The report of new versions says what moved, what failed, and which pages change."""

import json
from pathlib import Path
from typing import Any

import pytest
import upgrades

BEFORE = """--only-binary :all:

keras==3.15.1 \\
    --hash=sha256:00
numpy==2.4.6 ; python_version < '3.14' \\
    --hash=sha256:01
old==1 \\
    --hash=sha256:02
wheel==0.40 \\
    --hash=sha256:03
"""
AFTER = (
    BEFORE.replace("3.15.1", "3.16.0")
    .replace("0.40", "0.41")
    .replace("old==1", "new==2")
)
LISTED = "keras>=3.15.1      # the notes\nnumpy>=2.4.6\n"


VALUES: dict[str, Any] = {
    "page.experiment_fit(lr=0.1)": {"loss": [0.5, 0.25]},
    "page.experiment_cost": {"seconds": 1.5},
    "other.lab": {"values": {"size": 3}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return what the workflow leaves where all went well and no value changed."""
    (tmp_path / "requirements.txt").write_text(LISTED)
    (tmp_path / "requirements.lock").write_text(AFTER)
    (tmp_path / "before.lock").write_text(BEFORE)
    for name in upgrades.CHECKS:
        (tmp_path / f"{name}.txt").write_text("")
        (tmp_path / f"{name}.ok").write_text("")
    for name in ("before", "again", "after"):
        (tmp_path / f"{name}.json").write_text(json.dumps(VALUES))
    return tmp_path


def told(folder: Path) -> str:
    upgrades.main(folder, folder / "requirements.lock")
    report = folder / "report.md"
    return report.read_text("utf-8") if report.exists() else ""


def test_moved_versions_are_told_those_of_our_own_choice_first(folder: Path) -> None:
    first, _, rest = told(folder).partition("<details>")
    assert "| keras | 3.15.1 | 3.16.0 |" in first
    assert "딸린 패키지 3개" in rest
    assert "| old | 1 | – |" in rest and "| new | – | 2 |" in rest
    assert "| wheel | 0.40 | 0.41 |" in rest
    assert "numpy" not in first + rest


def test_where_all_is_well_no_page_has_to_be_run_again(folder: Path) -> None:
    text = told(folder)
    assert text.count("| 됩니다 |") == len(upgrades.CHECKS)
    assert "3개의 값을 견주었습니다" in text and "모두 같습니다." in text
    assert "마지막 줄" not in text


def test_failed_check_is_told_with_its_last_lines(folder: Path) -> None:
    said = [f"line {n}" for n in range(100)] + ["```", "x" * 1000]
    (folder / "site.txt").write_text("\n".join(said))
    (folder / "site.ok").unlink()
    text = told(folder)
    assert "| `python scripts/build.py site` | **실패** |" in text
    assert "line 99" in text and "line 0\n" not in text and "x" * 201 not in text
    assert "````text\n" in text and text.count("마지막 줄") == 1


def test_check_that_was_not_begun_is_not_called_a_failure(folder: Path) -> None:
    (folder / "install.ok").unlink()
    for name in ("site", "smoke", "parity"):
        (folder / f"{name}.txt").unlink()
        (folder / f"{name}.ok").unlink()
    (folder / "after.json").unlink()
    text = told(folder)
    assert text.count("| 하지 않음 |") == 3 and text.count("**실패**") == 1
    assert "두 판의 값을 견주지 못했습니다." in text


def test_page_whose_values_change_is_named_but_not_for_what_never_is_the_same(
    folder: Path,
) -> None:
    fit = {"page.experiment_fit(lr=0.1)": {"loss": [0.5, 0.26]}}
    for name, changes in (("again", {}), ("after", fit)):
        cost = {"page.experiment_cost": {"seconds": len(name)}}
        (folder / f"{name}.json").write_text(json.dumps(VALUES | cost | changes))
    text = told(folder)
    assert "2개의 값을 견주었습니다" in text and "다른 1개는 뺐습니다" in text
    assert "- [ ] page: 달라진 실행 1개" in text
    assert "page.experiment_fit(lr=0.1): `loss[1]` 0.25 ≠ 0.26" in text
    assert "experiment_cost" not in text and "other" not in text


def test_nothing_new_is_no_report(folder: Path) -> None:
    (folder / "requirements.lock").write_text(BEFORE)
    assert told(folder) == ""


def test_lock_that_cannot_be_made_is_told_though_no_version_moved(
    folder: Path,
) -> None:
    (folder / "requirements.lock").write_text(BEFORE)
    (folder / "lock.txt").write_text("No solution found")
    (folder / "lock.ok").unlink()
    text = told(folder)
    assert "No solution found" in text
    assert "고른 패키지는 그대로입니다." in text
