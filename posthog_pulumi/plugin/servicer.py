"""Pulumi's provider interface over the steps; every method is one call of the engine."""

import json
import logging
import os
import re
from typing import Any, Final

from google.protobuf.empty_pb2 import Empty
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.plugin_pb2 import PluginInfo
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from posthog_pulumi.config import ENVIRONMENT, NAMESPACE
from posthog_pulumi.errors import RefusedError
from posthog_pulumi.lifecycle.cancel import CANCELLED
from posthog_pulumi.plan.details import details, predicted
from posthog_pulumi.plugin import functions, log, schema
from posthog_pulumi.plugin.resources import PROJECT, RESOURCES
from posthog_pulumi.plugin.version import INSTALLED_AS, mismatch
from posthog_pulumi.plugin.wire import UNKNOWN, props, responds, struct
from posthog_pulumi.properties import PROVIDER_ARGUMENTS
from posthog_pulumi.steps.border import own, secret

_LOGGER: Final = logging.getLogger(__name__)
_CREDENTIALS: Final = ("apiKey", "sessionId")
_DEFAULT: Final = re.compile(r"default(_\d+_\d+_\d+.*)?")
"""What the engine calls the provider that takes the stack's configuration."""


class Provider(ResourceProviderServicer):
    """The provider that one run of the engine speaks to."""

    def __init__(self, engine: str | None, version: str) -> None:
        """Serve an engine.

        Args:
            engine: Its address, which takes what shall be shown to the user.
            version: Of this package.
        """
        self._engine = engine
        self._version = version
        self._steps: dict[str, Any] = {}

    def GetPluginInfo(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        """The version."""
        return PluginInfo(version=self._version)

    def GetSchema(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        """The schema, as JSON."""
        return proto.GetSchemaResponse(schema=json.dumps(schema.schema(self._version)))

    def Cancel(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        """End all waits."""
        CANCELLED.set()
        return Empty()

    @responds
    def CheckConfig(self, request: Any) -> Any:  # noqa: N802
        """Hide the keys, and note which values are arguments of an explicit provider."""
        given = props(request.news)
        if not _DEFAULT.fullmatch(request.urn.rpartition("::")[2]):
            names = ",".join(sorted(given.keys() & ENVIRONMENT.keys()))
            given |= {PROVIDER_ARGUMENTS: names} if names else {}
        return proto.CheckResponse(inputs=struct(secret(given, _CREDENTIALS)))

    @responds
    def DiffConfig(self, request: Any) -> Any:  # noqa: N802
        """Another key or host replaces nothing."""
        changed = props(request.olds) != props(request.news)
        return proto.DiffResponse(changes=_changes(changed=changed))

    @responds
    def Configure(self, request: Any) -> Any:  # noqa: N802
        """Take the configuration; one that cannot be used is reported by each step."""
        found = {
            f"{NAMESPACE}{key.rpartition(':')[2]}": value
            for key, value in request.variables.items()
        }
        asked = ConfigureRequest(Config(found, "posthog"))
        self._steps = {name: make(asked) for name, make in RESOURCES.items()}
        if self._engine:
            log.to_engine(self._engine, os.environ)
        if text := mismatch(os.environ.get(INSTALLED_AS), self._version):
            _LOGGER.warning("%s", text)
        return proto.ConfigureResponse(supportsPreview=True)

    @responds
    def Check(self, request: Any) -> Any:  # noqa: N802
        """Validate and normalise the arguments, with no request."""
        result = self._of(request).check(props(request.olds), props(request.news))
        failures = [
            proto.CheckFailure(property=it.property, reason=it.reason) for it in result.failures
        ]
        return proto.CheckResponse(inputs=struct(result.inputs), failures=failures)

    @responds
    def Diff(self, request: Any) -> Any:  # noqa: N802
        """Compare with what is recorded, property by property, with no request."""
        before, news = own(props(request.old_inputs)), props(request.news)
        result = self._of(request).diff(request.id, props(request.olds), news)
        if not result.changes:
            return proto.DiffResponse(changes=_changes(changed=False))
        replaces = result.replaces or []
        kinds = details(before, own(news), replaces)
        return proto.DiffResponse(
            changes=_changes(changed=True),
            replaces=replaces,
            diffs=list(kinds),
            hasDetailedDiff=True,
            detailedDiff={
                name: _property(kind, is_argument=name in before or name in news)
                for name, kind in kinds.items()
            },
        )

    @responds
    def Create(self, request: Any) -> Any:  # noqa: N802
        """Create it; a preview knows the arguments alone."""
        steps, news = self._of(request), props(request.properties)
        if request.preview:
            return proto.CreateResponse(
                properties=struct({**news, **dict.fromkeys(steps.computed, UNKNOWN)})
            )
        made = steps.create(news)
        return proto.CreateResponse(id=made.id, properties=struct(steps.kept(made.outs)))

    @responds
    def Read(self, request: Any) -> Any:  # noqa: N802
        """Read it, for a refresh or ``.get()``; an import comes with an id alone."""
        steps, recorded = self._of(request), props(request.properties)
        if not (own(recorded) or request.HasField("inputs")):
            id_, inputs, outputs = steps.take_over(request.id)
            found = struct(steps.kept(outputs))
            return proto.ReadResponse(id=id_, properties=found, inputs=struct(inputs))
        result = steps.read(request.id, recorded)
        if not result.id:
            return proto.ReadResponse()
        inputs = props(request.inputs) if result.inputs is None else result.inputs
        return proto.ReadResponse(
            id=result.id, properties=struct(steps.kept(result.outs)), inputs=struct(inputs)
        )

    @responds
    def Update(self, request: Any) -> Any:  # noqa: N802
        """Update it in place; a preview says what will be known."""
        steps, olds, news = self._of(request), props(request.olds), props(request.news)
        if request.preview:
            after = predicted(olds, own(props(request.old_inputs)), own(news))
            after |= dict.fromkeys(steps.unknown_after(olds, news), UNKNOWN)
            return proto.UpdateResponse(properties=struct(secret(after, steps.secrets)))
        result = steps.update(request.id, olds, news)
        return proto.UpdateResponse(properties=struct(steps.kept(result.outs)))

    @responds
    def Delete(self, request: Any) -> Any:  # noqa: N802
        """Delete it."""
        self._of(request).delete(request.id, props(request.properties))
        return Empty()

    @responds
    def Invoke(self, request: Any) -> Any:  # noqa: N802
        """Look something up, for a program and in its previews too."""
        on = self._steps[PROJECT].connection()
        found = functions.call(on, request.tok, own(props(request.args)))
        return proto.InvokeResponse(**{"return": struct(found)})

    def _of(self, request: Any) -> Any:
        kind = request.type or request.urn.split("::")[2].rpartition("$")[2]
        if kind not in self._steps:
            raise RefusedError(
                f"version {self._version} of the plugin has no {kind}.",
                advice="Install the version that the program's SDK is of.",
            )
        return self._steps[kind].within(getattr(request, "timeout", 0.0))


def _changes(*, changed: bool) -> Any:
    return proto.DiffResponse.DIFF_SOME if changed else proto.DiffResponse.DIFF_NONE


def _property(kind: str, *, is_argument: bool) -> Any:
    return proto.PropertyDiff(kind=proto.PropertyDiff.Kind.Value(kind), inputDiff=is_argument)
