"""Opening the course: a student's work is never overwritten."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course import environment, progress, study

OLD, NEW, WORK = (
    json.dumps({"cells": [text], "metadata": {"course": {
        "title": "Tensors", "minutes": 60, "teaches": "You can index a tensor."}}})
    for text in ("old", "new", "my work")
)  # fmt: skip


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "01_tensors" / "figures").mkdir(parents=True)
    (folder / "01_tensors" / "tensors.ipynb").write_text(OLD)
    (folder / "01_tensors" / "figures" / "batch.svg").write_text("<svg/>")
    return folder


def test_the_units_their_figures_and_a_start_page_are_copied(release, tmp_path):
    said = study.copy_units(release, tmp_path / "my")
    assert (tmp_path / "my" / "01_tensors" / "tensors.ipynb").read_text() == OLD
    assert (tmp_path / "my" / "01_tensors" / "figures" / "batch.svg").exists()
    start = (tmp_path / "my" / "start.md").read_text()
    assert (
        "| 1 | [Tensors](01_tensors/tensors.ipynb) | 60&nbsp;min | You can index a tensor. |"
        in start
    )
    assert "1 of them new" in said[0]


def test_work_is_kept_and_a_new_version_is_announced(release, tmp_path):
    notebook = tmp_path / "my" / "01_tensors" / "tensors.ipynb"
    study.copy_units(release, tmp_path / "my")
    notebook.write_text(WORK)
    assert len(study.copy_units(release, tmp_path / "my")) == 1
    (release / "01_tensors" / "tensors.ipynb").write_text(NEW)
    for _ in range(2):
        said = study.copy_units(release, tmp_path / "my")
        assert notebook.read_text() == WORK
        assert "tensors.ipynb has a new version" in said[1] and "yours is kept" in said[1]


def test_work_from_before_the_first_copy_is_kept(release, tmp_path):
    notebook = tmp_path / "my" / "01_tensors" / "tensors.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text(WORK)
    study.copy_units(release, tmp_path / "my")
    assert notebook.read_text() == WORK


def test_an_untouched_unit_follows_the_release_and_a_deleted_one_comes_back(release, tmp_path):
    notebook = tmp_path / "my" / "01_tensors" / "tensors.ipynb"
    study.copy_units(release, tmp_path / "my")
    (release / "01_tensors" / "tensors.ipynb").write_text(NEW)
    study.copy_units(release, tmp_path / "my")
    assert notebook.read_text() == NEW
    notebook.unlink()
    study.copy_units(release, tmp_path / "my")
    assert notebook.read_text() == NEW


def test_a_record_that_was_damaged_costs_no_work(release, tmp_path):
    notebook = tmp_path / "my" / "01_tensors" / "tensors.ipynb"
    study.copy_units(release, tmp_path / "my")
    notebook.write_text(WORK)
    (tmp_path / "my" / study.COPIED).write_text("{broken")
    study.copy_units(release, tmp_path / "my")
    assert notebook.read_text() == WORK


def test_the_progress_map_is_the_learners_own_and_no_part_of_the_copy(release, tmp_path):
    study.copy_units(release, tmp_path / "my")
    assert f"]({progress.PICTURE})" in (tmp_path / "my" / "start.md").read_text()
    (tmp_path / "my" / progress.RECORD).write_text("mine")
    (tmp_path / "my" / progress.PICTURE).write_text("mine")
    assert len(study.copy_units(release, tmp_path / "my")) == 1
    assert (tmp_path / "my" / progress.RECORD).read_text() == "mine"
    assert (tmp_path / "my" / progress.PICTURE).read_text() == "mine"
    assert "progress" not in (tmp_path / "my" / study.COPIED).read_text()


def test_the_course_opens_with_a_map_and_tells_its_kernels_where_to_record(tmp_path, monkeypatch):
    started = {}
    monkeypatch.setattr(study, "MY_COURSE", tmp_path / "my")
    monkeypatch.setattr(environment, "run", lambda *command, **given: started.update(given) or 0)
    assert study.study(no_browser=True, port=None) == 0
    assert started[progress.VARIABLE] == str(tmp_path / "my" / progress.RECORD)
    assert "not yet passed: 0." in (tmp_path / "my" / progress.PICTURE).read_text()


def test_a_copy_without_units_or_a_file_in_the_way_is_refused_in_a_sentence(release, tmp_path):
    with pytest.raises(environment.SetupError, match="holds no units"):
        study.copy_units(tmp_path / "nowhere", tmp_path / "my")
    (tmp_path / "taken").write_text("")
    with pytest.raises(environment.SetupError, match="is a file: move it away"):
        study.copy_units(release, tmp_path / "taken")


def test_the_command_needs_nothing_but_the_standard_library():
    bare = [sys.executable, "-S", "-m", "course", "--help"]
    done = subprocess.run(bare, cwd=environment.ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "study" in done.stdout, done.stderr


def test_a_mistyped_option_is_refused_in_a_sentence():
    command = [sys.executable, "-m", "course", "--prot=1"]
    done = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "unknown argument: --prot=1" in done.stderr


def test_an_environment_that_has_everything_is_used_as_it_is():
    assert environment.ensure(environment.TEST_REQUIREMENTS) == sys.executable


def test_an_incomplete_copy_of_the_course_is_refused(tmp_path):
    with pytest.raises(environment.SetupError, match="complete copy of the course"):
        environment.ensure(tmp_path / "requirements.txt")


def test_the_kit_for_students_holds_no_solutions_and_no_tests():
    archive = ["git", "archive", "--worktree-attributes", "HEAD"]
    packed = subprocess.run(archive, cwd=environment.ROOT, capture_output=True, check=True)
    listing = subprocess.run(["tar", "-t"], input=packed.stdout, capture_output=True, check=True)
    names = listing.stdout.decode().split()
    assert "release/01_tensors/tensors.ipynb" in names and "course/study.py" in names
    assert not [n for n in names if n.startswith(("source/", "course/units/", "tests/"))]
    assert b"BEGIN HIDDEN TESTS\n" not in packed.stdout
