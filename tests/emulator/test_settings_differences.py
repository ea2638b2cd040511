from support.emulator_api import Api


class TestDifferences:
    def test_null_items(self, api: Api, api_2025: Api) -> None:
        """Servers since 2026 remove null addresses; older ones keep them."""
        sent = {"app_urls": ["a", None]}

        assert api.change(api.make(), **sent).json()["app_urls"] == ["a"]
        assert api_2025.change(api_2025.make(), **sent).json()["app_urls"] == ["a", None]

    def test_linked_flag(self, api: Api, api_2025: Api) -> None:
        """Servers since 2026 rewrite a written flag number."""
        sent = {"session_recording_linked_flag": {"id": "7", "key": "f"}}
        responses = [each.change(each.make(), **sent).json() for each in (api, api_2025)]

        assert [response["session_recording_linked_flag"]["id"] for response in responses] == [
            7,
            "7",
        ]

    def test_webhook(self, api: Api, api_2025: Api) -> None:
        """Servers since 2026 have no webhook, without a word."""
        sent = {"slack_incoming_webhook": "https://hooks.example.com"}

        assert "slack_incoming_webhook" not in api.change(api.make(), **sent).json()
        assert api_2025.change(api_2025.make(), **sent).json()["slack_incoming_webhook"]

    def test_newer_settings(self, api: Api, api_2025: Api) -> None:
        """What the docs page lacks, the older server ignores."""
        sent = {"base_currency": "EUR"}

        assert api.change(api.make(), **sent).json()["base_currency"] == "EUR"
        assert "base_currency" not in api_2025.change(api_2025.make(), **sent).json()


class TestMerge:
    def test_survey_config(self, either_api: Api) -> None:
        """Sent keys lie over stored ones; null clears."""
        project = either_api.make(survey_config={"appearance": {"a": 1}, "x": 1})
        merged = either_api.change(project, survey_config={"appearance": {"b": 2}}).json()
        cleared = either_api.change(project, survey_config=None).json()

        assert merged["survey_config"] == {"appearance": {"b": 2}, "x": 1}
        assert cleared["survey_config"] is None

    def test_replay_config(self, either_api: Api) -> None:
        """Objects inside are merged too."""
        project = either_api.make(session_replay_config={"ai_config": {"opt_in": True}})
        sent = {"record_canvas": True, "ai_config": {"preferred_events": ["x"]}}
        merged = either_api.change(project, session_replay_config=sent).json()

        assert merged["session_replay_config"] == {
            "record_canvas": True,
            "ai_config": {"opt_in": True, "preferred_events": ["x"]},
        }

    def test_modifiers(self, api: Api, api_2025: Api) -> None:
        """Modifiers are merged since 2026, and were replaced."""
        first, second = {"debug": True}, {"timings": True}
        responses = [
            each.change(each.make(modifiers=first), modifiers=second).json()
            for each in (api, api_2025)
        ]

        assert [response["modifiers"] for response in responses] == [first | second, second]
