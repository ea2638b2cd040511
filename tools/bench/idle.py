"""Resources that do nothing but have a real one's inputs and outputs: what Pulumi itself takes."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from pulumi import ResourceOptions
from pulumi.dynamic import (
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)
from pulumi.runtime import rpc

SHAPES = "BENCH_SHAPES"
"""The variable that names the file with what was recorded of a real project and its token."""

TRIGGER = "rotate_when_changed"


@cache
def shapes() -> dict[str, Any]:
    """By kind: its ``inputs``, the ``facts`` that PostHog adds, and which are ``secrets``."""
    return dict(json.loads(Path(os.environ[SHAPES]).read_text("utf-8")))


class IdleProject(ResourceProvider):
    """Responds to every call at once."""

    serialize_as_secret_always = False
    kind: ClassVar[str] = "project"

    def diff(self, _id: str, _olds: Any, _news: Any) -> DiffResult:
        """Compare like a real one; another trigger replaces."""
        changed = {name for name, value in _news.items() if _olds.get(name) != value}
        return DiffResult(changes=bool(changed), replaces=sorted(changed & {TRIGGER}))

    def create(self, props: Any) -> CreateResult:
        """Make nothing."""
        return CreateResult("1", self._outputs(props))

    def read(self, id_: str, props: Any) -> ReadResult:
        """Find what is recorded."""
        return ReadResult(id_, self._outputs(props))

    def update(self, _id: str, _olds: Any, _news: Any) -> UpdateResult:
        """Change nothing."""
        return UpdateResult(self._outputs(_news))

    def _outputs(self, props: Any) -> dict[str, Any]:
        facts, secrets = shapes()[self.kind]["facts"], shapes()[self.kind]["secrets"]
        outputs = {**facts, **props}
        return {**outputs, **{name: rpc.wrap_rpc_secret(outputs[name]) for name in secrets}}


class IdleToken(IdleProject):
    """The same for a project's secret token."""

    kind = "token"


class Idle(Resource, module="bench", name="Idle"):
    """A resource that is nothing but itself."""

    def __init__(
        self,
        name: str,
        provider: IdleProject,
        inputs: dict[str, Any],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it with a real one's inputs, but for these."""
        shape = shapes()[provider.kind]
        secrets = ResourceOptions(additional_secret_outputs=shape["secrets"])
        props = {**dict.fromkeys(shape["facts"]), **shape["inputs"], **inputs}
        super().__init__(provider, name, props, ResourceOptions.merge(opts, secrets))
