"""What ipywidgets leaves out for people who use the keyboard or listen to the page.

ipywidgets' sliders have no accessible name and announce a position where the reader wants a
value; letters typed on a focused control reach JupyterLab's own shortcuts (`b` inserts a cell);
a button that becomes disabled under the focus loses it. Only the page can repair that.
"""

import anywidget

_REPAIR = """
const set = (element, name, value) => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

function repair(board) {
  for (const handle of board.querySelectorAll(".noUi-handle")) {
    const slider = handle.closest(".widget-slider");
    set(handle, "aria-label", slider.querySelector(".widget-label").textContent);
    set(handle, "aria-valuetext", slider.querySelector(".widget-readout").textContent);
  }
  const controls = ".noUi-handle, .fp-controls button, .fp-controls select, .fp-controls input";
  for (const control of board.querySelectorAll(controls))
    set(control, "data-lm-suppress-shortcuts", "true");
  set(board.querySelector(".fp-status .widget-html-content"), "role", "status");
}

function render({ el }) {
  let board, used, gone = false;
  el.style.display = "none";
  const keepFocus = () => {
    const lost = [document.body, used].includes(document.activeElement);
    if (!used?.disabled || !lost) return;
    used = board.querySelector(".fp-buttons button:enabled");
    used?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    repair(board);
    setTimeout(keepFocus, 50); // when all the buttons have changed
  });
  const attach = () => {
    board = el.closest(".fp-board");
    if (gone) return;
    if (!board) return setTimeout(attach, 20);
    repair(board);
    board.addEventListener("focusin", ({ target }) => (used = target));
    board.addEventListener("focusout", ({ target }) => target.disabled || (used = null));
    const what = ["aria-valuetext", "disabled"];
    const controls = board.querySelector(".fp-controls");
    observer.observe(controls, { subtree: true, childList: true, attributeFilter: what });
  };
  attach();
  return () => {
    gone = true;
    observer.disconnect();
  };
}

export default { render };
"""

_FOCUS = """
.fp-board button:focus-visible, .fp-board .noUi-handle:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2) !important;
  outline-offset: 2px;
}
.fp-board .fp-picture .widget-html-content { overflow-x: auto; }
.fp-board .fp-picture svg { min-width: 600px; }
"""


class Access(anywidget.AnyWidget):
    """An invisible part of a board that names its controls and keeps their keys and focus.

    The board has the class `fp-board`, the box around its controls `fp-controls`, the one
    around its buttons `fp-buttons`, and its line of words `fp-status`.
    """

    _esm = _REPAIR
    _css = _FOCUS
