"""nbval compares the printed results of the worked examples, and does not merely run them."""

import re
import subprocess
import sys

import nbformat
import pytest

from course.build import ROOT


@pytest.mark.slow
def test_a_changed_number_in_a_stored_result_is_noticed(tmp_path):
    notebook = nbformat.read(ROOT / "source" / "01_tensors" / "tensors.ipynb", as_version=4)
    printed = next(
        index
        for index, cell in enumerate(notebook.cells)
        if any(re.search(r"\d", output.get("text", "")) for output in cell.get("outputs", []))
    )
    notebook.cells = notebook.cells[: printed + 1]
    assert _nbval(notebook, tmp_path).returncode == 0
    output = notebook.cells[-1].outputs[0]
    output.text = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), output.text, count=1)
    changed = _nbval(notebook, tmp_path)
    assert changed.returncode == 1 and "mismatch 'stdout'" in changed.stdout, changed.stdout


def _nbval(notebook: nbformat.NotebookNode, folder) -> subprocess.CompletedProcess:
    path = folder / "tensors.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", str(path)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
