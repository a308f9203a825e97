"""The one command: python3 -m course [study | progress | build | test].

It runs on a machine that has only Python: nothing here, nor in `environment`, `progress` and
`study`, imports more than the standard library.
"""

import argparse
import sys

from course import environment, progress, study

# The whole suite on every core; the cells of a notebook, which share a kernel, stay together.
EVERYTHING = ("-n", "auto", "--dist", "loadscope")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python3 -m course",
        description="Forward Pass: from a tensor to a trained PyTorch network.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        default="study",
        choices=["study", "progress", "build", "test"],
        help="study: open the course (the default); progress: list which exercises are done; "
        "build: rebuild source/ and release/ from course/units; test: run every test, what "
        "follows goes to pytest",
    )
    parser.add_argument("--no-browser", action="store_true", help="study: open no browser")
    parser.add_argument("--port", type=int, help="study: the port JupyterLab listens on")
    arguments, rest = parser.parse_known_args()
    if rest and arguments.command != "test":
        parser.error(f"unknown argument: {rest[0]}")
    try:
        if arguments.command == "study":
            return study.study(arguments.no_browser, arguments.port)
        if arguments.command == "progress":
            print(progress.table(study.MY_COURSE))
            return 0
        python = environment.ensure(environment.TEST_REQUIREMENTS)
        if arguments.command == "test":
            environment.ensure_chromium()
            return environment.run(python, "-m", "pytest", *(rest or EVERYTHING))
        return environment.run(python, "-m", "course.build")
    except environment.SetupError as error:
        print(f"Forward Pass: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command to go on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
