"""How nbgrader builds, hands out and grades this course: all of its settings, for everyone.

nbgrader reads this page whenever it is run in this folder. Take out the lines that name
`autograder`, and what remains is a plain nbgrader course.
"""

import os
from pathlib import Path

c = get_config()  # noqa: F821
ROOT = Path(__file__).resolve().parent
MY_COURSE = ROOT / "my-course"

# The course: source/ -> release/ -> submitted/ -> autograded/ -> feedback/, and gradebook.db
c.CourseDirectory.course_id = "forward-pass"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "__pycache__", "*.pyc", "feedback",
    "*.py", "*.Rmd",  # texts of notebooks would carry the solutions along
]  # fmt: skip

# Handing out and in. A class on one server shares a folder that all can write to:
# name it here, for example "/srv/nbgrader/exchange".
c.Exchange.root = str(ROOT / "exchange")
c.Exchange.assignment_dir = str(MY_COURSE)
MY_COURSE.mkdir(exist_ok=True)
# Assignment List reads its settings from within my-course: let it find this page there.
os.environ.setdefault("JUPYTER_CONFIG_PATH", str(ROOT))

# What students find in place of a solution; release/ is always made anew from source/
c.GenerateAssignment.force = True
STUB = "Not written yet: replace this line with your code."
UNWRITTEN = "Not written yet: `raise NotImplementedError(...)` is still there."
c.ClearSolutions.code_stub = {"python": f'# YOUR CODE HERE\nraise NotImplementedError("{STUB}")'}


# Running a notebook, to validate it or to grade it
def explain(cell, cell_index, execute_reply):
    """Put one sentence in the place of a traceback that has nothing to tell."""
    ename, evalue = execute_reply["content"]["ename"], execute_reply["content"]["evalue"]
    for output in [o for o in cell.outputs if o.output_type == "error"]:
        if output.ename == "NotImplementedError" and STUB in evalue:
            output.traceback = [f"✗ {UNWRITTEN}"]
        if output.ename == "KeyboardInterrupt" and ename == "CellTimeoutError":
            cell.outputs.remove(output)


c.Execute.timeout = 30
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["✗ This cell ran too long and was stopped: does one of your loops never end?"],
}
c.Execute.on_cell_error = explain
c.Execute.store_widget_state = False
# nbgrader takes any text on stderr for a failure; warnings are to be read, not punished
c.Execute.extra_arguments = [
    "--IPKernelApp.exec_lines=import sys; sys.stderr.name = 'stdout'",
    "--IPKernelApp.log_level=ERROR",
]

# Grading: a copy of each submission that agrees with the release, then a verdict per test cell
c.Autograde.exporter_class = "autograder.nbgrader.Submissions"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",  # brings in the hidden tests from the gradebook
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.Execute",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Feedback: a page per student that needs no other file and shows no hidden test
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.nbgrader.ForStudents",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.sanitize_html = True  # scripts in outputs run neither here nor in Formgrader
