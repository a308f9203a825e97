"""A question on a page of JupyterLab: a form that names its controls and keeps their keys.

Plain elements of the page, because a fieldset names its group of answers and each label its own,
which ipywidgets' controls do not. Keys typed in the form stay there: JupyterLab would take a `b`
for the wish to insert a cell. Only what is held with Ctrl or Cmd, and Shift + Enter, go on to it.
"""

from collections.abc import Iterable

import anywidget
import traitlets

_PAGE = """
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function answer([option, drawing]) {
  const label = make("label", { innerHTML: drawing });
  const radio = make("input", { type: "radio", name: "guess", value: option, required: true });
  label.append(make("span", {}, radio, option));
  return label;
}

function number() {
  const field = make("input", { type: "number", step: "any", name: "guess", required: true });
  return make("label", {}, "Your guess ", field);
}

function render({ model, el }) {
  const options = Object.entries(model.get("options"));
  const drawn = options.some(([, drawing]) => drawing);
  const commit = make("button", { className: "jupyter-button", textContent: "Commit" });
  const words = make("p", { tabIndex: -1 });
  words.setAttribute("role", "status");
  const answers = options.length ? options.map(answer) : [number()];
  const fields = make("fieldset", {},
    make("legend", { textContent: model.get("question") }),
    make("div", { className: drawn ? "fp-drawn" : "" }, ...answers),
    make("div", {}, commit));
  const form = make("form", { className: "fp-predict" }, fields, words);

  const show = () => {
    const guess = model.get("guess");
    if (guess === null) return;
    const focused = form.contains(document.activeElement);
    for (const input of fields.querySelectorAll("input"))
      if (input.type === "radio") input.checked = input.value === guess;
      else input.value = guess;
    fields.disabled = true;
    commit.remove();
    words.textContent = `Your guess is committed: ${guess}. Run the next cell.`;
    if (focused) words.focus({ preventScroll: true });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.set("guess", new FormData(form).get("guess"));
    model.save_changes();
  });
  form.addEventListener("keydown", (event) => {
    const shortcut = event.ctrlKey || event.metaKey || (event.shiftKey && event.key === "Enter");
    if (!shortcut && event.target !== words) event.stopPropagation();
  });
  model.on("change:guess", show);
  show();
  el.append(form);
}

export default { render };
"""

_LOOKS = """
.fp-predict fieldset {
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: 3px;
  margin: 0;
  padding: 4px 12px 10px;
}
.fp-predict legend { font-weight: 600; padding: 0 4px; }
.fp-predict label { display: block; width: fit-content; padding: 3px 0; }
.fp-predict .fp-drawn { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.fp-predict .fp-drawn label { width: 140px; }
.fp-predict .fp-drawn svg { display: block; }
.fp-predict label span { display: flex; align-items: baseline; gap: 8px; }
.fp-predict input { margin: 0; }
.fp-predict input[type="number"] {
  width: 10em;
  padding: 3px 6px;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  background: var(--jp-layout-color0, white);
  color: inherit;
}
.fp-predict input:focus-visible, .fp-predict button:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2);
  outline-offset: 2px;
}
.fp-predict label:has(:checked) { font-weight: 600; }
.fp-predict button { margin-top: 6px; }
.fp-predict p { margin: 6px 0 0; }
.fp-predict p:focus { outline: none; }
"""


class Form(anywidget.AnyWidget):
    """A question with `options` to choose from, each with a drawing as SVG or "", or with none
    and a field for a number.

    `guess` is None until the learner commits one, as text; then the form is locked.
    """

    _esm = _PAGE
    _css = _LOOKS
    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    guess = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    def __repr__(self) -> str:
        return as_text(self.question, self.options)


def as_text(question: str, options: Iterable[str]) -> str:
    """The question for readers without a page."""
    return "\n".join([question, *(f"  ( ) {option}" for option in options)])
