"""A unit's text as its reader meets it: sections, their words, sentences and terms."""

import re
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbgrader.utils import is_solution

BOLD = re.compile(r"\*\*([^*]+)\*\*")
LEAD_IN = re.compile(r"\*\*[^*]+[.:?]\*\*")  # **Predict.**, **Look closer.**
HEADER = re.compile(r"Difficulty|about \d+ minutes")  # bold in the head of an exercise


@dataclass
class Section:
    """What stands between two `## ` headings; the first of a unit is what stands before any."""

    title: str
    parts: list[str] = field(default_factory=list)  # the markdown of its cells

    @property
    def is_numbered(self) -> bool:
        return re.match(r"\d+\.\d+ ", self.title) is not None

    @property
    def prose(self) -> str:
        """The running text, without exercises, folded parts, tables, code, formulas, pictures.

        A piece of code or a formula inside a sentence is one word of it.
        """
        return "\n\n".join(_running_text(part) for part in self.parts)

    @property
    def words(self) -> int:
        return count_words(self.prose)

    @property
    def sentences(self) -> list[str]:
        blocks = re.split(r"\n\s*\n|^\s*(?:\d+\.|-)\s", self.prose, flags=re.MULTILINE)
        lines = (" ".join(block.split()) for block in blocks)
        parted = (sentence for line in lines for sentence in re.split(r"(?<=[.?!])\W*\s", line))
        return [sentence for sentence in parted if count_words(sentence)]

    @property
    def terms(self) -> list[str]:
        """What is in bold and is no lead-in, as it is written there."""
        text = re.sub(r"```.*?```", "", "\n\n".join(self.parts), flags=re.DOTALL)
        text = re.sub(r"`([^`]*)`", lambda code: code[1].replace("*", ""), text)
        bold = (" ".join(found.split()) for found in BOLD.findall(text))
        return [term for term in bold if term[-1] not in ".:?" and not HEADER.fullmatch(term)]


def sections(notebook: NotebookNode) -> list[Section]:
    """The sections of a unit's notebook, in order."""
    found = [Section("the introduction")]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not is_solution(cell):
            for part in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
                if part.startswith("## "):
                    found.append(Section(part.partition("\n")[0].removeprefix("## ")))
                found[-1].parts.append(part)
    return found


def count_words(text: str) -> int:
    return sum(re.search(r"\w", word) is not None for word in text.split())


def _running_text(markdown: str) -> str:
    text = re.sub(r"^### Exercise .*", "", markdown, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<details>.*?</details>|```.*?```|\$\$.*?\$\$", "\n\n", text, flags=re.DOTALL)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "\n\n", text)
    text = re.sub(r"^(#+ |\s*\|).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`]+`|\$[^$]+\$", "code", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<[^>]+>", "", LEAD_IN.sub("", text))
    return re.sub(r"Figure \d+\.\d+\.|\*", "", text)
