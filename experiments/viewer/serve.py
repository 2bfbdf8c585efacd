"""Serve the viewer's page on this machine: nothing is asked of, or told to, any other."""

from __future__ import annotations

import os
import socket
import warnings
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from experiments.runs.arguments import Argument, BadArgument
from experiments.viewer.choices import Choices
from experiments.viewer.visit import Visit

HOST = "127.0.0.1"
NEEDED = ("solara", "solara-assets", "altair")
"""Packages of the extra ``viz``, of which the first that is missing is named."""


def check(choices: Choices, port: int) -> None:
    """Raise ``BadInput`` for whatever is in the way: extra, choices or port."""
    _check_extra()
    choices.scenario().check()
    _check_port(port)


def _check_extra() -> None:
    for name in NEEDED:
        try:
            version(name)
        except PackageNotFoundError:
            raise BadArgument(
                Argument("", "viewer"), f"needs {name}, which is not installed",
                allowed="the extra: pip install 'regiosim[viz]'",
            ) from None  # fmt: skip


def _check_port(port: int) -> None:
    if not 0 < port < 2**16:
        raise BadArgument(Argument("port", port), "is out of range", allowed="1 .. 65535")
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise BadArgument(
                Argument("port", port), f"cannot be used: {why}", allowed="another port"
            ) from None


def serve(choices: Choices, port: int) -> None:
    """Serve the viewer until it is interrupted; every visitor begins with ``choices``.

    Raises:
        BadInput: as ``check``.
    """
    check(choices, port)
    Visit.first = choices
    os.environ.update(_settings())
    import uvicorn

    # Of hooks in Mesa's own page, and of a cookie for pages inside others: not for who reads this.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"solara\.")
    uvicorn.run(
        "solara.server.starlette:app", host=HOST, port=port, log_level="error",
        timeout_graceful_shutdown=1,
    )  # fmt: skip


def _settings() -> dict[str, str]:
    """Return settings of Solara's server, to be set before it is imported."""
    return {
        "SOLARA_APP": "experiments.viewer.page",
        "SOLARA_MODE": "production",
        "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
        # Scripts and fonts are those of solara-assets; what it lacks is not looked for outside.
        "SOLARA_ASSETS_PROXY": "True",
        "SOLARA_ASSETS_PROXY_CACHE_DIR": str(_assets()),
        "SOLARA_ASSETS_CDN": f"http://{HOST}:9/",
        # A visitor who has left is forgotten with the model.
        "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
        "SOLARA_CHECK_HOOKS": "off",
        "SOLARA_SESSION_HTTPS_ONLY": "False",
        "SOLARA_THEME_SHOW_BANNER": "False",
        "SOLARA_THEME_TITLE": "regiosim",
    }


def _assets() -> Path:
    """Return the folder into which solara-assets was installed."""
    for file in files("solara-assets") or ():
        if "cdn" in file.parts:
            where = Path(str(file.locate())).resolve()
            return where.parents[len(file.parts) - file.parts.index("cdn") - 2]
    raise BadArgument(
        Argument("", "viewer"), "solara-assets is installed without its files",
        allowed="pip install --force-reinstall solara-assets",
    )  # fmt: skip
