"""A resource that does nothing, to measure what the engine itself takes."""

from typing import Any

from pulumi.dynamic import (
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)


class IdleProvider(ResourceProvider):
    """Answers every call at once."""

    serialize_as_secret_always = False

    def diff(self, _id: str, _olds: Any, _news: Any) -> DiffResult:
        """Compare like a real one."""
        return DiffResult(changes=any(_olds.get(key) != value for key, value in _news.items()))

    def create(self, props: Any) -> CreateResult:
        """Make nothing."""
        return CreateResult(props["name"], dict(props))

    def read(self, id_: str, props: Any) -> ReadResult:
        """Find what is recorded."""
        return ReadResult(id_, dict(props))

    def update(self, _id: str, _olds: Any, _news: Any) -> UpdateResult:
        """Change nothing."""
        return UpdateResult(dict(_news))


class Idle(Resource, module="bench", name="Idle"):
    """A resource that is nothing but itself."""

    def __init__(self, resource_name: str, name: str, timezone: str) -> None:
        super().__init__(IdleProvider(), resource_name, {"name": name, "timezone": timezone})
