"""What an instructor does, in a real JupyterLab in a real browser."""

import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from course.environment import ROOT, with_tools
from tests.lab import lab

pytestmark = pytest.mark.browser
MINUTE = 60_000  # ms


def test_a_released_assignment_is_in_formgrader_and_can_be_fetched_from_the_list(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / "01_tensors", tmp_path / "source" / "01_tensors")
    environment = with_tools(sys.executable)
    for step in ("generate_assignment", "release_assignment"):
        command = [sys.executable, "-m", "nbgrader", step, "01_tensors"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    with lab(tmp_path, cwd=tmp_path, PATH=environment["PATH"]) as instructor:
        page = instructor.page
        page.goto(f"{instructor.url}/lab?reset")
        instructor.menu("Nbgrader", "Formgrader")
        formgrader = page.frame_locator("iframe")
        expect(formgrader.get_by_role("link", name="01_tensors")).to_be_visible(timeout=MINUTE)
        instructor.menu("Nbgrader", "Assignment List")
        page.get_by_role("button", name="Fetch").click(timeout=MINUTE)
        expect(page.get_by_role("button", name="Submit")).to_be_visible(timeout=MINUTE)
    assert (tmp_path / "my-course" / "01_tensors" / "tensors.ipynb").exists()
