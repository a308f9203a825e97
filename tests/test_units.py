"""The text of the units: length, sentences, exercises, hints, questions, figures, terms."""

import ast
import functools
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from course.environment import ROOT
from course.unit import FIGURE, GLOSSARY_ENTRY, SOLUTION, Unit, plain_term
from tests import prose

PATHS = sorted((ROOT / "course" / "units").glob("*.py"))
PAGES = [path for where in (".", "docs", "course") for path in sorted((ROOT / where).glob("*.md"))]
GLOSSARY = ROOT / "course" / "glossary.md"
ENTRY = re.compile(
    r"^### (?P<term>.+)\n\n.+\. \*Unit (?P<unit>\d)(?P<everyday>, also an everyday word)?\*$",
    re.MULTILINE,
)
HEAD = re.compile(
    r"### Exercise (?P<unit>\d)\.(?P<number>\d+) · (?P<title>.+)\n"
    r"\*\*Difficulty\*\* ●+○* · \*\*about \d+ minutes\*\* · (?P<points>\d+) points\n\n"
)
HINT = re.compile(
    r"<details><summary>Hint (\d of 3 · .+?)</summary>\n\n(.+?)\n\n</details>", re.DOTALL
)
HINTS = ["1 of 3 · where to look", "2 of 3 · what to do", "3 of 3 · the shape of the answer"]
every_unit = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
unit = functools.cache(Unit)


class Exercise(NamedTuple):
    """An exercise as its reader meets it: the text, and the graded cells that follow."""

    text: str
    cells: list[NotebookNode]

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].removeprefix("### ")

    @property
    def is_in_words(self) -> bool:
        return any(is_grade(cell) and is_solution(cell) for cell in self.cells)

    @property
    def points(self) -> float:
        return sum(cell.metadata.nbgrader.points for cell in self.cells if is_grade(cell))

    @property
    def solution(self) -> list[str]:
        """The lines that the learner is to find, without their blanks."""
        text = "\n".join(cell.source for cell in self.cells if is_solution(cell))
        inside = text.partition(SOLUTION[0])[2].partition(SOLUTION[1])[0]
        return ["".join(line.split()) for line in inside.splitlines()]


def _exercises(path: Path) -> list[Exercise]:
    found: list[Exercise] = []
    for cell in unit(path).notebook.cells:
        if cell.source.startswith("### Exercise"):
            found.append(Exercise(cell.source, []))
        elif found and (is_grade(cell) or is_solution(cell)):
            found[-1].cells.append(cell)
    return found


def _sections(path: Path) -> list[prose.Section]:
    return prose.sections(unit(path).notebook)


def _report(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@every_unit
def test_a_section_has_150_to_300_words(path):
    numbered = [section for section in _sections(path) if section.is_numbered]
    _report([f"{s.title}: {s.words} words" for s in numbered if not 150 <= s.words <= 300])


@every_unit
def test_sentences_are_short(path):
    faults = []
    for section in filter(lambda section: section.is_numbered, _sections(path)):
        lengths = {sentence: prose.count_words(sentence) for sentence in section.sentences}
        mean = sum(lengths.values()) / max(len(lengths), 1)
        if mean > 16:
            faults.append(f"{section.title}: {mean:.1f} words a sentence")
        faults += [f"{section.title}: {n} words: {s}" for s, n in lengths.items() if n > 35]
    _report(faults)


@every_unit
def test_an_exercise_opens_with_number_title_difficulty_minutes_and_points(path):
    faults = []
    for number, exercise in enumerate(_exercises(path), 1):
        head = HEAD.match(exercise.text)
        if not head:
            faults.append(f"{exercise.title}: write the first two lines as the others do")
        elif (head["unit"], head["number"]) != (str(int(path.stem[:2])), str(number)):
            faults.append(f"{exercise.title}: this is exercise {int(path.stem[:2])}.{number}")
        elif float(head["points"]) != exercise.points:
            faults.append(f"{exercise.title}: its cells give {exercise.points:g} points")
        if head and len(re.search("[●○]+", head[0])[0]) != 5:
            faults.append(f"{exercise.title}: difficulty is five dots")
    graded = [cell for cell in unit(path).notebook.cells if is_grade(cell)]
    lost = len(graded) - len(_exercises(path))
    _report(faults + ([f"{lost} graded cells have no heading of their own"] if lost else []))


@every_unit
def test_an_exercise_ends_with_three_hints_that_hold_no_line_of_the_answer(path):
    faults = []
    for exercise in _exercises(path):
        if exercise.is_in_words:
            continue
        hints = HINT.findall(exercise.text)
        if [title for title, _ in hints] != HINTS or not exercise.text.endswith("</details>"):
            faults.append(f"{exercise.title}: it does not end with the three hints")
        for title, text in hints:
            given = [line for line in exercise.solution if len(line) > 10]
            faults += [
                f"{exercise.title}: hint {title[0]} gives away `{line}`"
                for line in given
                if line in "".join(text.split())
            ]
            if "```" in text:
                faults.append(f"{exercise.title}: hint {title[0]} holds code")
    _report(faults)


@every_unit
def test_one_answer_is_in_words_with_a_rubric(path):
    answers = [c for c in unit(path).notebook.cells if is_grade(c) and is_solution(c)]
    assert len(answers) == 1, f"{len(answers)} cells are answered in words"
    assert "**Rubric.**" in answers[0].source, f"{answers[0].id} has no **Rubric.**"


@every_unit
def test_the_learner_commits_two_guesses_or_more_before_their_answers_are_shown(path):
    asked, faults = [], []
    for cell in unit(path).notebook.cells:
        before = tuple(asked)
        for call, name in _predictions(cell):
            if call != "show":
                faults += [f"{name}: asked twice"] if name in asked else []
                asked.append(name)
            elif name not in before:
                faults.append(f"{name}: shown, but not asked in an earlier cell")
            else:
                asked.remove(name)
                asked.append(f"{name}, shown")
    faults += [f"{name}: never shown" for name in asked if not name.endswith(", shown")]
    _report(faults + ([f"{len(asked)} predict questions"] if len(asked) < 2 else []))


def _predictions(cell: NotebookNode) -> list[tuple[str, str]]:
    """The calls of `predict` in a cell: which function, and the name of the question."""
    if cell.cell_type != "code":
        return []
    calls = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    return [
        (call.func.attr, call.args[0].value)
        for call in calls
        if ast.unparse(call.func).startswith("predict.")
    ]


@every_unit
def test_units_2_to_8_open_with_three_questions_on_earlier_ones(path):
    if path.stem.startswith("01"):
        return
    opening = unit(path).notebook.cells[0].source
    questions, answers, _ = opening.partition("<details><summary>Answers</summary>")
    assert answers and re.findall(r"^(\d)\. ", questions, re.MULTILINE) == ["1", "2", "3"]


@every_unit
def test_a_figure_says_what_is_to_be_seen_and_has_a_numbered_caption(path):
    faults, number = [], 0
    for section in _sections(path):
        text = "\n".join(section.parts)
        for figure in FIGURE.finditer(text):
            number += 1
            here = f"{section.title}: {figure['name']}"
            if prose.count_words(figure["alt"]) < 5:
                faults.append(f"{here}: the alternative has less than 5 words")
            caption = rf"\n\n\*Figure {int(path.stem[:2])}\.{number}\. [^*]+\.\*(\n|$)"
            if not re.match(caption, text[figure.end() :]):
                wanted = f"`*Figure {int(path.stem[:2])}.{number}. …*`"
                faults.append(f"{here}: write {wanted} below it")
    _report(faults)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_picture_on_a_page_has_an_alternative(page):
    pictures = re.findall(
        r"!\[([^\]]*)\]\(|<img(?![^>]*\balt=\"[^\"]+\")()", page.read_text("utf-8")
    )
    assert all(alternative.strip() for alternative, _ in pictures)


def test_the_glossary_gives_each_term_a_definition_and_a_unit_in_alphabetical_order():
    written = [entry["term"] for entry in _glossary().values()]
    terms = [heading["term"] for heading in GLOSSARY_ENTRY.finditer(GLOSSARY.read_text("utf-8"))]
    faults = [f"{term}: follow it by `Definition. *Unit N*`" for term in set(terms) - set(written)]
    pairs = pairwise(map(str.casefold, terms))
    _report(faults + [f"{later} belongs before {term}" for term, later in pairs if later < term])


def test_every_term_is_in_the_glossary_and_is_defined_once():
    entries, places = _glossary(), _definitions()
    faults = [f"not in the glossary: {places[term][0]}" for term in places.keys() - entries.keys()]
    faults += [f"defined twice: {'; '.join(w)}" for w in places.values() if len(w) > 1]
    for term, entry in entries.items():
        if not any(f"(unit {entry['unit']}, " in place for place in places.get(term, [])):
            faults.append(f"not in bold in unit {entry['unit']}: {entry['term']}")
    _report(sorted(faults))


def test_no_term_is_used_before_it_is_defined():
    exempt = {term for term, entry in _glossary().items() if entry["everyday"]}
    _report(_early_uses(exempt))


def _glossary() -> dict[str, re.Match]:
    assert GLOSSARY.exists(), "write course/glossary.md"
    return {plain_term(m["term"]): m for m in ENTRY.finditer(GLOSSARY.read_text("utf-8"))}


def _definitions() -> dict[str, list[str]]:
    """Each term that is in bold: as it is written, with unit and section."""
    places: dict[str, list[str]] = {}
    for path in PATHS:
        for section in _sections(path):
            for term in section.terms:
                where = f"{term} (unit {int(path.stem[:2])}, {section.title})"
                places.setdefault(plain_term(term), []).append(where)
    return places


def _early_uses(exempt: set[str]) -> list[str]:
    """Where the text of a section uses a term that only a later section defines."""
    read: list[tuple[str, str]] = []  # where, and what stands there
    defined, faults = set(exempt), []
    for path in PATHS:
        opening, *rest = _sections(path)  # an opening may name what its own unit is about
        for section in (*rest, opening):
            here = f"unit {int(path.stem[:2])}, {section.title}"
            for term in section.terms:
                plain = plain_term(term)
                word = re.compile(rf"(?<![\w-]){re.escape(plain)}s?(?![\w-])", re.IGNORECASE)
                used = [place for place, text in read if word.search(text)]
                if used and plain not in defined:
                    faults.append(f"{term} ({here}): used before in {'; '.join(used[:3])}")
                defined.add(plain)
            read.append((here, " ".join(section.prose.split())))
    return faults
