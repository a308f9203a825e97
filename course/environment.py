"""A Python that has what the course needs: the one that runs, or one made in `.venv`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "tests" / "requirements.txt"
SUPPORTED = ("3.13", "3.12", "3.11")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

# Run by the interpreter in question, away from this folder: prints the first thing it lacks.
LACKS = """
import importlib.metadata as metadata, json, sys
root, wanted, pins = sys.argv[1], sys.argv[2], sys.argv[3:]
if "%d.%d" % sys.version_info[:2] not in wanted:
    sys.exit(print("Python", wanted))
for pin in pins:
    name, version = pin.split("==")
    try:
        if metadata.version(name).split("+")[0] != version:
            sys.exit(print(pin))
    except metadata.PackageNotFoundError:
        sys.exit(print(pin))
try:
    origin = metadata.distribution("forward-pass").read_text("direct_url.json") or "{}"
except metadata.PackageNotFoundError:
    origin = "{}"
if json.loads(origin).get("url") != root:
    print("the course itself")
"""


class SetupError(RuntimeError):
    """The course cannot be set up; the message says why and what to do."""


def ensure(requirements: Path) -> str:
    """The path of a Python that has everything in `requirements`, which is installed on demand.

    Raises SetupError. A set-up that was interrupted goes on where it stopped.
    """
    if not requirements.exists():
        raise SetupError(f"{requirements} is missing: run this in a complete copy of the course.")
    if not _lacks(sys.executable, requirements):
        return sys.executable
    python = _venv_python()
    lacks = _lacks(python, requirements) if python.exists() else "everything"
    if not lacks:
        return str(python)
    print(f"Setting up the course in {python.parent.parent} (once; it lacks {lacks}).")
    if lacks.startswith("Python") or not _has_pip(python):
        print("[1/2] Making a virtual environment.", flush=True)
        _make_venv(python.parent.parent)
    print(
        "[2/2] Installing the packages. PyTorch is large: on a first run this takes some minutes.",
        flush=True,
    )
    install = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    if subprocess.call([*install, "-r", str(requirements)], cwd=ROOT):
        raise SetupError(
            "pip could not install the packages (its last lines above say why). Check the network "
            "and the free disk space, then run the same command: it goes on from here."
        )
    if lacks := _lacks(python, requirements):
        raise SetupError(f"{python} still lacks {lacks} after the installation.")
    print("Set-up complete.", flush=True)
    return str(python)


def run(python: str, *arguments: str, **variables: str) -> int:
    """Run `python` in the course folder with its own tools first on PATH; return its status."""
    child = subprocess.Popen(
        [python, *arguments], cwd=ROOT, env={**with_tools(python), **variables}
    )
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child received it too and ends in its own way


def with_tools(python: str) -> dict[str, str]:
    """This process's environment with the tools beside `python` first: nbgrader starts alembic."""
    tools = os.pathsep.join([str(Path(python).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": tools}


def find_chromium() -> str | None:
    """The path of an installed Chromium, Chrome or Edge."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    places = (place for place in CHROMIUM_PLACES if Path(place).exists())
    return next((path for path in (*found, *places) if path), None)


def ensure_chromium() -> None:
    """Make sure that the tests find a browser; on Debian as root, install it. Raises SetupError."""
    if find_chromium():
        return
    if not shutil.which("apt-get"):
        raise SetupError("the tests need a browser: install Chromium or Google Chrome.")
    if os.geteuid():
        raise SetupError("the tests need a browser: run `sudo apt-get install chromium` first.")
    print("Installing Chromium for the browser tests.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        if subprocess.call(["apt-get", *step], env=quiet, stdout=subprocess.DEVNULL):
            raise SetupError("apt-get could not install Chromium; its message stands above.")


def _lacks(python: str | Path, requirements: Path) -> str:
    asked = [ROOT.as_uri(), " or ".join(SUPPORTED), *_pins(requirements)]
    command = [str(python), "-I", "-c", LACKS, *asked]
    done = subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else "a working Python"


def _has_pip(python: Path) -> bool:
    """Whether there is a virtual environment that packages can be installed into."""
    if not python.exists():
        return False
    asked = [str(python), "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True).returncode == 0


def _pins(requirements: Path) -> list[str]:
    pins = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            pins += _pins(requirements.parent / line[3:].strip())
        elif "==" in line:
            pins.append(line.strip())
    return pins


def _venv_python() -> Path:
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return ROOT.joinpath(".venv", *place)


def _make_venv(folder: Path) -> None:
    if subprocess.call([*_base_python(), "-m", "venv", "--clear", str(folder)]):
        shutil.rmtree(folder, ignore_errors=True)
        raise SetupError(
            "Python could not make a virtual environment. On Debian or Ubuntu run "
            "`apt-get install python3-venv` as root, then the same command again."
        )


def _base_python() -> list[str]:
    if ".".join(map(str, sys.version_info[:2])) in SUPPORTED:
        return [sys.executable]
    for version in SUPPORTED:
        for command in ([f"python{version}"], ["py", f"-{version}"]):
            if shutil.which(command[0]) and not subprocess.call(
                [*command, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ):
                return command
    raise SetupError(
        f"the course needs Python 3.11, 3.12 or 3.13, and this is {sys.version.split()[0]}: "
        "install one of them and run the command again."
    )
