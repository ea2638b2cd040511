from support.emulator_api import Api


class TestDifferences:
    def test_null_items(self, now: Api, then: Api) -> None:
        """Today's server removes null addresses; the older one keeps them."""
        sent = {"app_urls": ["a", None]}

        assert now.change(now.make(), **sent).json()["app_urls"] == ["a"]
        assert then.change(then.make(), **sent).json()["app_urls"] == ["a", None]

    def test_linked_flag(self, now: Api, then: Api) -> None:
        """Today's server rewrites a written flag number."""
        sent = {"session_recording_linked_flag": {"id": "7", "key": "f"}}
        answers = [api.change(api.make(), **sent).json() for api in (now, then)]

        assert [answer["session_recording_linked_flag"]["id"] for answer in answers] == [7, "7"]

    def test_webhook(self, now: Api, then: Api) -> None:
        """The webhook is gone from today's server, without a word."""
        sent = {"slack_incoming_webhook": "https://hooks.example.com"}

        assert "slack_incoming_webhook" not in now.change(now.make(), **sent).json()
        assert then.change(then.make(), **sent).json()["slack_incoming_webhook"]

    def test_newer_settings(self, now: Api, then: Api) -> None:
        """What the docs page lacks, the older server ignores."""
        sent = {"base_currency": "EUR"}

        assert now.change(now.make(), **sent).json()["base_currency"] == "EUR"
        assert "base_currency" not in then.change(then.make(), **sent).json()


class TestMerge:
    def test_survey_config(self, either: Api) -> None:
        """Sent keys lie over stored ones; null clears."""
        project = either.make(survey_config={"appearance": {"a": 1}, "x": 1})
        merged = either.change(project, survey_config={"appearance": {"b": 2}}).json()
        cleared = either.change(project, survey_config=None).json()

        assert merged["survey_config"] == {"appearance": {"b": 2}, "x": 1}
        assert cleared["survey_config"] is None

    def test_replay_config(self, either: Api) -> None:
        """Objects inside are merged too."""
        project = either.make(session_replay_config={"ai_config": {"opt_in": True}})
        sent = {"record_canvas": True, "ai_config": {"preferred_events": ["x"]}}
        merged = either.change(project, session_replay_config=sent).json()

        assert merged["session_replay_config"] == {
            "record_canvas": True,
            "ai_config": {"opt_in": True, "preferred_events": ["x"]},
        }

    def test_modifiers(self, now: Api, then: Api) -> None:
        """Modifiers are merged today, and were replaced."""
        first, second = {"debug": True}, {"timings": True}
        answers = [
            api.change(api.make(modifiers=first), modifiers=second).json() for api in (now, then)
        ]

        assert [answer["modifiers"] for answer in answers] == [first | second, second]
