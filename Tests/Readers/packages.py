"""Runs a script of this folder with Python packages that it needs, in an environment of its own."""
import os
import subprocess
import sys
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, ".build", "readers")
HALFYEAR = os.environ.get("HALFYEAR_BINARY", os.path.join(ROOT, ".build/release/halfyear"))


def need(*names):
    """Goes on in an environment that has the packages, or ends with a word where they cannot be had."""
    folder = os.path.join(FOLDER, "venv")
    python = os.path.join(folder, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(folder):
        return
    if not os.path.exists(python):
        venv.create(folder, with_pip=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *names]
    if subprocess.run(install).returncode != 0:
        print(f"skipped: {', '.join(names)} cannot be installed here", flush=True)
        sys.exit(0)
    os.execv(python, [python, *sys.argv])


def program():
    """The built program; ends where there is none."""
    if not os.access(HALFYEAR, os.X_OK):
        sys.exit(f"{HALFYEAR} is missing: make .build/release/halfyear")
    return HALFYEAR
