import inspect
import re

import pytest
from support.refusals import envelope, refusal

from posthog_pulumi import errors
from posthog_pulumi.errors import (
    DataGuardError,
    PostHogError,
    SettingIgnoredError,
    concerning,
    redacted,
)


class TestText:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Key phx_abcdefGH01 is bad", "Key phx_… is bad"),
            ("token=phc_abcdefgh&x", "token=phc_…&x"),
            ("'phs_ab-cd_ef'", "'phs_…'"),
            ("pha_abcdefgh", "pha_…"),
            ("phx_… and phc_ are prefixes", "phx_… and phc_ are prefixes"),
            ("two\nlines\tand  gaps\r\n", "two lines and gaps"),
        ],
    )
    def test_redacted(self, text: str, shown: str) -> None:
        """Whatever a message quotes, it is one line with no key or token."""
        assert redacted(text) == shown

    def test_server_words(self) -> None:
        """PostHog's own words are redacted as well."""
        error = refusal(400, envelope("phx_abcdefgh\nis odd."))

        assert str(error).startswith("PostHog says: phx_… is odd. ")

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
            " run `pulumi state delete` on it instead."
        )

    def test_own_advice(self) -> None:
        """The one who raises may know better what to do."""
        error = PostHogError("It failed.", advice="Do this.", request="GET /api/x/")

        assert str(error) == "It failed. Do this. (GET /api/x/)"

    def test_ignored_setting(self) -> None:
        """A value that PostHog does not take is the program's to change."""
        assert str(SettingIgnoredError("It kept 1.")) == (
            "It kept 1. Declare what PostHog keeps, or remove the setting from the program."
        )


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
    ours = [cls for _, cls in classes if cls.__module__ == errors.__name__]

    assert _drawn() == {cls.__name__: cls.__bases__[0].__name__ for cls in ours}
