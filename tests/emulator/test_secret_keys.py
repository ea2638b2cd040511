import re
from typing import Any

import pytest
from support.emulator_api import Api, refusal

REFUSED: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "everything": (
        {"scopes": ["*"]},
        ("Wildcard scope '*' is not allowed for project API keys. Please specify explicit scopes."),
        "scopes",
    ),
    "no scope at all": ({"scopes": ["x"]}, "Invalid scope: x", "scopes"),
    "another scope": (
        {"scopes": ["project:read"]},
        (
            "Scope 'project:read' can not be assigned to a project secret API key. "
            "Allowed scopes: endpoint:read, feature_flag:read"
        ),
        "scopes",
    ),
    "nothing": ({"scopes": []}, "This list may not be empty.", "scopes"),
    "a long label": (
        {"label": "x" * 41},
        "Ensure this field has no more than 40 characters.",
        "label",
    ),
    "a taken label": (
        {"label": "taken"},
        "Project secret API key with label 'taken' already exists.",
        None,
    ),
}


def keys(project: Any, rest: str = "") -> str:
    """The path of a project's secret API keys."""
    return f"/api/projects/{project['id']}/project_secret_api_keys/{rest}"


def make(api: Api, project: Any, label: str = "CI", scope: str = "feature_flag:read") -> Any:
    """Make a secret API key."""
    response = api.key.post(keys(project), json={"label": label, "scopes": [scope]})
    assert response.status_code == 201, response.text
    return response.json()


def test_value_is_shown_once(api: Api) -> None:
    """Only create and roll show a value."""
    project = api.make()
    made = make(api, project)
    listed = api.key.get(keys(project)).json()["results"]
    read = api.key.get(keys(project, made["id"])).json()
    rolled = api.key.post(keys(project, f"{made['id']}/roll/")).json()

    assert re.fullmatch(r"phs_\w{48}", made["value"])
    assert len(made["mask_value"]) == 11
    assert [item["value"] for item in [*listed, read]] == [None, None]
    assert rolled["value"] not in (None, made["value"])
    assert rolled["last_rolled_at"] is not None


def test_newest_first(api: Api) -> None:
    """Keys are listed newest first."""
    project = api.make()
    labels = [make(api, project, label)["label"] for label in ("a", "b", "c")]
    listed = api.key.get(keys(project)).json()

    assert [item["label"] for item in listed["results"]] == labels[::-1]
    assert listed["count"] == 3


@pytest.mark.parametrize(("sent", "detail", "attr"), REFUSED.values(), ids=REFUSED)
def test_refused(api: Api, sent: dict[str, Any], detail: str, attr: str | None) -> None:
    """What a key may not be is refused with PostHog's words."""
    project = api.make()
    make(api, project, "taken")
    body = {"label": "new", "scopes": ["endpoint:read"]} | sent
    response = api.key.post(keys(project), json=body)

    assert (response.status_code, response.json()["detail"], response.json()["attr"]) == (
        400,
        detail,
        attr,
    )


def test_change(api: Api) -> None:
    """Label and scopes can be changed; one's own label is not taken."""
    project = api.make()
    made = make(api, project)
    sent = {"label": "CI", "scopes": ["endpoint:read"]}
    changed = api.key.patch(keys(project, made["id"]), json=sent)

    assert changed.status_code == 200
    assert changed.json()["scopes"] == ["endpoint:read"]


def test_delete(api: Api) -> None:
    """A deleted key is not found."""
    project = api.make()
    made = make(api, project)

    assert api.key.delete(keys(project, made["id"])).status_code == 204
    assert refusal(api.key.get(keys(project, made["id"])))[:2] == (404, "not_found")


def test_limit(api: Api) -> None:
    """A project has fifty keys at most."""
    project = api.make()
    for number in range(50):
        make(api, project, str(number))
    response = api.key.post(keys(project), json={"label": "x", "scopes": ["endpoint:read"]})

    assert refusal(response)[2] == (
        "You can only have 50 project secret API keys. "
        "Remove an existing key before creating a new one."
    )


def test_who(api: Api) -> None:
    """Reading needs `project:read`, writing `project:write` and an admin."""
    project = api.make()
    reader = api.member(15, scopes=["project:read"])
    body = {"label": "x", "scopes": ["endpoint:read"]}

    assert reader.key.get(keys(project)).status_code == 200
    assert refusal(reader.key.post(keys(project), json=body))[2] == (
        "API key missing required scope 'project:write'"
    )
    assert api.member().key.post(keys(project), json=body).status_code == 403


def test_strangers(api: Api) -> None:
    """Another organization's project is a 403, no number a 404."""
    project = api.make()

    assert Api(api.tenant.new_tenant()).key.get(keys(project)).status_code == 403
    assert refusal(api.key.get(keys({"id": "x"})))[2] == "Project not found."


def test_once(api_2025: Api) -> None:
    """The older server has none of it."""
    assert api_2025.key.get(keys(api_2025.make())).status_code == 501
