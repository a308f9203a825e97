"""The parts of nbgrader's chains that this course replaces; nbgrader_config.py names them.

`Submissions` stands before everything else: nbgrader grades a copy of each submission that
agrees with the release. `Execute` runs it and leaves in every test cell whether it passed,
and if not, why. `ForStudents` keeps the hidden tests out of the feedback.
"""

import base64
import glob
import re
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from nbclient.exceptions import DeadKernelError
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader import preprocessors, utils
from nbgrader.converters import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import Bool, Integer

from autograder import submission

PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
WIDGET = "application/vnd.jupyter.widget-view+json"
HIDDEN = {
    "error": "A hidden check failed: your answer works on the cases you can see, but not on "
    "others. Try other shapes, sizes and values.",
    "timeout": "A hidden check ran too long and was stopped: is there a case in which your loop "
    "does not end?",
}
DIED = (
    "The kernel died while this cell ran: does your code call `exit`, or need more memory than "
    "there is?"
)
DEAF = "This cell ran too long and could not even be stopped."
AFTER_DEATH = "Not run: the kernel had died in an earlier cell."
AFTER_DEAF = "Not run: an earlier cell could not be stopped."
AFTER_TIME = "Not run: the time for the whole notebook was over."
SKIPPED = "Not run: nothing in this cell was executed."


class Submissions(NotebookExporter):
    """Let nbgrader autograde a copy of the submissions that agrees with the release.

    The copy lies in a folder of its own beside `submitted/`, which stays as it was, and goes
    away with this object. Submissions that nbgrader would pass over (no notebook, an unknown
    name, a broken file) are in the copy like any other.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        converter = self.parent
        course = converter.coursedir
        self._copy = tempfile.TemporaryDirectory(prefix=".autograde-", dir=course.root)
        self._stage(course, Path(self._copy.name))
        settings = {name: getattr(course, name) for name in course.trait_names(config=True)}
        settings["submitted_directory"] = Path(self._copy.name).name
        converter.coursedir = CourseDirectory(parent=course.parent, **settings)
        converter.init_notebooks()

    def _stage(self, course: CourseDirectory, copy: Path) -> None:
        released = Path(course.format_path(course.release_directory, ".", course.assignment_id))
        if not any(released.glob("*.ipynb")):
            raise NbGraderException(
                f"No notebook in {released}: run "
                f"`nbgrader generate_assignment {course.assignment_id}` first."
            )
        pattern = course.format_path(
            course.submitted_directory, course.student_id, course.assignment_id
        )
        for folder in map(Path, sorted(glob.glob(pattern))):
            who = folder.relative_to(Path(course.root, course.submitted_directory))
            for sentence in submission.stage(folder, released, copy / who):
                self.log.warning("%s: %s", who, sentence)


class Execute(preprocessors.Execute):
    """Run a notebook so that every test cell passes or says why it did not.

    A test cell passes if it ran to its end: first the part that students see, then its hidden
    tests. Of these, nothing is kept but the verdict. What a test cell prints or returns never
    counts as a mark.
    """

    notebook_timeout = Integer(
        180, help="Seconds that the cells of a notebook may take together."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        self._end = monotonic() + self.notebook_timeout
        self._over = ""  # why no further cell can run
        self.timeout_func = self._seconds
        return super().preprocess(nb, resources, km)

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        if cell.cell_type == "code":
            if utils.is_grade(cell) and not utils.is_solution(cell):
                self._test(cell, index)
            else:
                self._run(cell, index)
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:
        self._reply = kwargs["execute_reply"]["content"]
        super().on_cell_executed(**kwargs)

    def _seconds(self, cell: NotebookNode) -> float:
        left = max(1, self._end - monotonic())
        return min(self.timeout, left) if (self.timeout or 0) > 0 else left

    def _test(self, cell: NotebookNode, index: int) -> None:
        if self._over:
            cell.outputs = [_failure(self._over)]
            return
        whole = cell.source
        cell.source, hidden = split_hidden(whole)
        verdict = self._run(cell, index)
        cell.source = whole
        cell.outputs = [_shown(output) for output in cell.outputs]
        if verdict == "passed" and hidden:
            unseen = new_code_cell(hidden)
            verdict = self._run(unseen, index, store_history=False)
            self.nb.cells[index] = cell
            if verdict != "passed":
                cell.outputs.append(_failure(HIDDEN.get(verdict) or unseen.outputs[-1].evalue))
        elif verdict != "passed" and not any(o.output_type == "error" for o in cell.outputs):
            cell.outputs.append(_failure(SKIPPED))
        self.clear_display_id_mapping(index)

    def _run(self, cell: NotebookNode, index: int, store_history: bool = True) -> str:
        """Run one cell; "passed" if it ran to its end, else "error", "timeout" or "over"."""
        if self._over:
            return "over"
        if not cell.source.strip():
            return "passed"
        self._reply = {}
        try:
            if monotonic() > self._end:
                return self._stop(cell, AFTER_TIME, AFTER_TIME)
            self.execute_cell(cell, index, store_history=store_history)
        except DeadKernelError:
            return self._stop(cell, DIED, AFTER_DEATH)
        except Exception:  # whatever a kernel in a student's hands may do or send
            self.log.exception("The kernel could not be used any more")
            return self._stop(cell, DEAF, AFTER_DEAF)
        if self._reply.get("ename") == self.error_on_timeout["ename"]:
            return "timeout"
        return "passed" if self._reply.get("status") == "ok" else "error"

    def _stop(self, cell: NotebookNode, reason: str, later: str) -> str:
        """Run no further cell: `reason` is what this one says, `later` the checks to come."""
        cell.outputs.append(_failure(reason))
        self._over = later
        return "over"


class ForStudents(Preprocessor):
    """Make a graded notebook fit to be sent: no hidden tests, figures inside, no dead widgets."""

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        if utils.is_grade(cell) and not utils.is_solution(cell):
            cell.source, _ = split_hidden(cell.source)
        if cell.cell_type == "markdown":
            _carry_figures(cell, Path(resources["metadata"]["path"]))
        for data in (output.get("data", {}) for output in cell.get("outputs", [])):
            if len(data) > 1:  # what stands beside a widget can be seen without a kernel
                data.pop(WIDGET, None)
        return cell, resources


def split_hidden(source: str) -> tuple[str, str]:
    """A test cell's visible and hidden lines, without the lines that mark the hidden ones."""
    begin = preprocessors.ClearHiddenTests.begin_test_delimeter.default_value
    end = preprocessors.ClearHiddenTests.end_test_delimeter.default_value
    parts, hidden = ([], []), False
    for line in source.split("\n"):
        if begin in line or end in line:
            hidden = begin in line
        else:
            parts[hidden].append(line)
    visible, unseen = ("\n".join(lines).strip("\n") for lines in parts)
    return visible, unseen


def _shown(output: NotebookNode) -> NotebookNode:
    """An output of a test cell as something to look at, never a mark."""
    if output.output_type != "execute_result":
        return output
    return new_output("display_data", data=output.data, metadata=output.metadata)


def _failure(reason: str) -> NotebookNode:
    return new_output("error", ename="CheckFailed", evalue=reason, traceback=[f"✗ {reason}"])


def _carry_figures(cell: NotebookNode, folder: Path) -> None:
    """Attach to a text cell the pictures in `folder` that it shows, and nothing else."""

    def attached(link: re.Match) -> str:
        picture, kind = folder / link["file"], PICTURES.get(Path(link["file"]).suffix)
        inside = picture.resolve().is_relative_to(folder.resolve())
        if not (kind and inside and picture.is_file()):
            return link[0]
        data = base64.b64encode(picture.read_bytes()).decode("ascii")
        cell.setdefault("attachments", {})[link["file"]] = {kind: data}
        return f"{link['before']}attachment:{link['file']})"

    cell.source = re.sub(r"(?P<before>!\[.*?\]\()(?P<file>[^)\s]+)\)", attached, cell.source)
