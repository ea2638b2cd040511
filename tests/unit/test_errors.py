import inspect
import re

import pytest

from posthog_pulumi import errors
from posthog_pulumi.errors import DataGuardError, PostHogError, concerning


class TestText:
    def test_subject(self) -> None:
        """An error says which project it is about; the innermost name stays."""
        with (
            pytest.raises(DataGuardError) as caught,
            concerning("the stack"),
            concerning("project 'Web' (7) was not deleted"),
        ):
            raise DataGuardError("it holds events.")

        assert str(caught.value) == (
            "project 'Web' (7) was not deleted: it holds events. To delete it with all its data,"
            " set force_destroy=True, run `pulumi up`, and then remove it; to keep it in PostHog,"
            " run `pulumi state delete` on it instead, which `posthog-pulumi import --project ID`"
            " undoes."
        )

    def test_own_advice(self) -> None:
        """The one who raises may know better what to do."""
        error = PostHogError("It failed.", advice="Do this.", request="GET /api/x/")

        assert str(error) == "It failed. Do this. (GET /api/x/)"

    def test_without_advice(self) -> None:
        """Nothing is made up where there is nothing to do."""
        assert str(PostHogError("It failed.")) == "It failed."


def _drawn() -> dict[str, str]:
    """Each class in the docstring's tree with the one above it."""
    drawing = inspect.getdoc(errors) or ""
    lines = re.findall(r"^([ │├└─]*)(\w+Error)\b", drawing.split("::")[1], re.MULTILINE)
    depths = [(len(indent), name) for indent, name in lines]
    return {
        name: next((above for far, above in reversed(depths[:at]) if far < depth), "Exception")
        for at, (depth, name) in enumerate(depths)
    }


def test_tree() -> None:
    """The tree in the module's docstring is the tree of the classes."""
    classes = inspect.getmembers(errors, inspect.isclass)
    ours = [cls for _, cls in classes if issubclass(cls, PostHogError)]

    assert _drawn() == {cls.__name__: cls.__bases__[0].__name__ for cls in ours}
