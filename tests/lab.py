"""A real JupyterLab in a real browser, private to one test: no settings, no state, no token."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, expect, sync_playwright

from course.environment import ROOT, find_chromium

_PRIVATE = (
    "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR",
)  # fmt: skip
_CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
START_SECONDS = 120


class Lab:
    """One JupyterLab page: the folder it serves, the server's root, the browser's page."""

    def __init__(self, root: Path, url: str, page: Page):
        self.root, self.url, self.page = root, url, page

    def open(self, notebook: str) -> None:
        """Open the notebook at this path and wait until its kernel is idle."""
        self.page.goto(f"{self.url}/lab/tree/{notebook}?reset")
        self.page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=START_SECONDS * 1e3)
        self.idle()

    def show(self, *cells: str) -> None:
        """Write a notebook of these code cells, open it and run all of them."""
        kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        notebook = new_notebook(cells=[*map(new_code_cell, cells)], metadata={"kernelspec": kernel})
        nbformat.write(notebook, self.root / "page.ipynb")
        self.open("page.ipynb")
        self.menu("Run", "Run All Cells")

    def idle(self) -> None:
        """Wait until the status bar calls the kernel idle (before that, Run All asks which)."""
        status = self.page.get_by_role("button", name=re.compile(r"\| Idle$"))
        expect(status).to_be_visible(timeout=START_SECONDS * 1e3)

    def menu(self, *names: str) -> None:
        """Choose a menu item: `menu("Run", "Run All Cells")`."""
        for name in names:
            self.page.get_by_role("menuitem", name=name, exact=True).click()


@contextmanager
def lab(
    root: Path, *options: str, cwd: Path = ROOT, dark: bool = False, **environment: str
) -> Iterator[Lab]:
    """JupyterLab serving the folder `root`, and a browser beside it; both end with the block.

    `options` are further ones of JupyterLab, `cwd` is where it is started, and `environment` is
    added to that of the server and its kernels.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as private:
        folders = {name: f"{private}/{name}" for name in _PRIVATE}
        _set_theme(Path(folders["JUPYTERLAB_SETTINGS_DIR"]), dark)
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--allow-root",
            f"--port={port}", "--IdentityProvider.token=", f"--ServerApp.root_dir={root}",
            *options,
        ]  # fmt: skip
        with open(f"{private}/log", "w+") as log:
            server = subprocess.Popen(
                command, cwd=cwd, env=os.environ | folders | environment, stdout=log, stderr=log
            )
            try:
                url = f"http://127.0.0.1:{port}"
                _wait_for(url, server, Path(log.name))
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=find_chromium(),
                        args=_CHROMIUM,
                    )
                    page = browser.new_page(viewport={"width": 1280, "height": 900})
                    yield Lab(root, url, page)
                    browser.close()
            finally:
                server.terminate()
                server.wait(30)


def _set_theme(folder: Path, dark: bool) -> None:
    folder = folder / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    theme = {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}
    (folder / "themes.jupyterlab-settings").write_text(json.dumps(theme))


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            direct.open(f"{url}/api/status")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
