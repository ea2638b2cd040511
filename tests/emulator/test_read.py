import re
from pathlib import Path

import pytest
from support.emulator_api import Api, refusal

SHORT = (
    "id uuid organization api_token name completed_snippet_onboarding "
    "has_completed_onboarding_for ingested_event is_demo timezone access_control"
)


class TestList:
    def test_items(self, api: Api, api_2025: Api) -> None:
        """Items are short; since 2026 they have one key more."""
        api.make()
        api_2025.make()
        items = [each.key.get(each.projects).json()["results"][0] for each in (api, api_2025)]

        assert set(items[0]) == {*SHORT.split(), "project_id"}
        assert set(items[1]) == set(SHORT.split())

    def test_pages(self, either_api: Api) -> None:
        """Limit and offset page; the neighbours are absolute addresses."""
        names = [either_api.make(name=f"P{number}")["name"] for number in range(3)]
        page = either_api.key.get(either_api.projects, params={"limit": 1, "offset": 1}).json()
        rest = either_api.key.get(page["next"]).json()

        assert (page["count"], page["results"][0]["name"]) == (3, names[1])
        assert page["previous"].startswith(either_api.tenant.url)
        assert (rest["results"][0]["name"], rest["next"]) == (names[2], None)

    @pytest.mark.parametrize("limit", ["0", "-1", "x"])
    def test_senseless_limit(self, either_api: Api, limit: str) -> None:
        """An unusable limit is the default one."""
        either_api.make()

        assert (
            len(either_api.key.get(either_api.projects, params={"limit": limit}).json()["results"])
            == 1
        )

    def test_search(self, api: Api, api_2025: Api) -> None:
        """Since 2026 names are searched, whatever their case."""
        for each in (api, api_2025):
            each.make(name="Website")
            each.make(name="App")
        counts = [
            each.key.get(each.projects, params={"search": "WEB"}).json()["count"]
            for each in (api, api_2025)
        ]

        assert counts == [1, 2]

    @pytest.mark.parametrize(
        ("name", "search"), [("Äpfel", "ä"), ("ÉTÉ", " été "), ("привет", "ПРИ"), ("100%", "0%")]
    )
    def test_search_folds(self, api: Api, name: str, search: str) -> None:
        """Names are found in any alphabet, and a percent sign is one."""
        api.make(name=name)
        api.make(name="1000")
        found = api.key.get(api.projects, params={"search": search}).json()["results"]

        assert [item["name"] for item in found] == [name]

    def test_pending_are_listed(self, api: Api) -> None:
        """A project on its way out is listed like any other."""
        api.key.delete(api.path(api.make()))

        assert api.key.get(api.projects).json()["count"] == 1


class TestRetrieve:
    @pytest.mark.parametrize("slash", ["", "/"])
    def test_slash(self, either_api: Api, slash: str) -> None:
        """The slash at the end is optional."""
        path = either_api.path(either_api.make()).rstrip("/") + slash

        assert either_api.key.get(path).status_code == 200

    @pytest.mark.parametrize("text", ["abc", "²", "-"])
    def test_no_number(self, either_api: Api, text: str) -> None:
        """An id is a whole number."""
        assert refusal(either_api.key.get(either_api.path(text))) == (
            400,
            "invalid_input",
            f"Field 'id' expected a number but got '{text}'.",
            None,
        )

    @pytest.mark.parametrize("form", ["+{}", " {}", "0{}", "{}.json"])
    def test_forms_of_a_number(self, either_api: Api, form: str) -> None:
        """What Python reads as the number is that number; a suffix is the form of the response."""
        project = either_api.make()

        assert either_api.get(form.format(project["id"]))["id"] == project["id"]

    @pytest.mark.parametrize("number", ["999999999", "9" * 30, "-1", "-" + "9" * 30, "28.0"])
    def test_unknown(self, either_api: Api, number: str) -> None:
        """An unknown project is not found."""
        assert refusal(either_api.key.get(either_api.path(number))) == (
            404,
            "not_found",
            "Not found.",
            None,
        )

    def test_live_events_token(self, api: Api, api_2025: Api) -> None:
        """It is kept since 2026; before, it was new in every response."""
        kept = []
        for each in (api, api_2025):
            project = each.make()
            kept.append(project["live_events_token"] == each.get(project)["live_events_token"])

        assert kept == [True, False]


def test_it_stands_alone() -> None:
    """The emulator imports nothing from the rest of the package."""
    folder = Path(__file__).parents[2] / "posthog_pulumi" / "emulator"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    imported = re.findall(r"^\s*(?:from|import) (posthog_pulumi\S*)", text, re.MULTILINE)

    assert imported
    assert {name for name in imported if not name.startswith("posthog_pulumi.emulator")} == set()
