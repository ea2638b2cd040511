"""An empty stack, without what takes Pulumi a second each time and no test is about."""

import os
import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi import automation as auto

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "correct horse"  # noqa: S105 - of state that lives as long as a test
NAME = "test"


class QuickWorkspace(auto.LocalWorkspace):
    """Has its stack copied from one that was made before, which takes Pulumi a second each time."""

    def __init__(self, folder: Path) -> None:
        (folder / "state").mkdir(exist_ok=True)
        super().__init__(
            work_dir=str(folder),
            pulumi_command=_command(os.environ["PATH"]),
            env_vars=quiet(folder),
            project_settings=auto.ProjectSettings(
                NAME,
                runtime="python",
                backend=auto.ProjectBackend(url=(folder / "state").as_uri()),
            ),
        )

    def create_stack(self, stack_name: str) -> None:
        """Copy it."""
        made = Path(_made(stack_name).name)
        settings = f"Pulumi.{stack_name}.yaml"
        shutil.copytree(made / "state", Path(self.work_dir, "state"), dirs_exist_ok=True)
        shutil.copy(made / settings, Path(self.work_dir, settings))


@cache
def _command(_path: str) -> auto.PulumiCommand:
    """The CLI that is first on this PATH, which is asked for its version once."""
    return auto.PulumiCommand()


@cache
def _made(name: str) -> TemporaryDirectory[str]:
    """The folder of an empty stack."""
    folder = TemporaryDirectory(prefix="empty-stack-")
    auto.LocalWorkspace.create_stack(QuickWorkspace(Path(folder.name)), name)
    return folder


_PYTHON = """\
#!/bin/sh
[ "$1 $2 $3" = "-m pip list" ] && echo "[]" && exit
exec {python} "$@"
"""


@cache
def _python_without_list() -> TemporaryDirectory[str]:
    """The folder of this Python, which lists no packages: Pulumi asks for them at each command.

    It looks for plugins that it could download, which tests forbid; listing takes a second.
    """
    folder = TemporaryDirectory(prefix="python-")
    script = Path(folder.name, "python")
    script.write_text(_PYTHON.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o700)
    return folder


def quiet(folder: Path) -> dict[str, str]:
    """The environment of a Pulumi that keeps to this folder."""
    return {
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        "PULUMI_PYTHON_CMD": str(Path(_python_without_list().name, "python")),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
    }
