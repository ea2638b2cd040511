"""What a program may write: type checkers find nothing here, and every public type is used."""

import pulumi
from pulumi import InvokeOptions, Output, ResourceOptions

import posthog_pulumi as posthog

defaults: posthog.PostHogProjectArgs = {
    "timezone": "Europe/Berlin",
    "force_destroy": True,
    "rotate_secret_token_when_changed": {"quarter": "2026-Q4"},
}
flag: posthog.LinkedFlagArgs = {"id": Output.from_input(1), "key": "beta"}
rule: posthog.PathCleaningFilterArgs = {"regex": Output.from_input("^/a"), "alias": "/b"}
masking: posthog.MaskingConfigArgs = {"maskAllInputs": Output.from_input("a").apply(bool)}
payload: posthog.NetworkPayloadCaptureConfigArgs = {"recordBody": False}
ai: posthog.ReplayAiConfigArgs = {"preferred_events": [Output.from_input("sign up")]}
replay: posthog.ReplayConfigArgs = {"ai_config": ai}
groups: posthog.TriggerGroupsArgs = {"version": 2, "groups": []}
policy: posthog.FeatureFlagPolicyConfigArgs = {"require_tags": True}

eu = posthog.PostHogProvider("eu", host="https://eu.posthog.com", api_key=Output.secret("phx_"))
web = posthog.PostHogProject(
    "web",
    ResourceOptions(provider=eu),
    name=None,
    path_cleaning_filters=[rule, Output.from_input(rule)],
    session_recording_linked_flag=flag,
    session_recording_masking_config=masking,
    session_recording_network_payload_capture_config=payload,
    session_recording_trigger_groups=groups,
    session_replay_config=replay,
    feature_flag_policy_config=policy,
)
shop = posthog.PostHogProject("shop", **defaults)
blog = posthog.PostHogProject("blog", **(defaults | {"name": "Our blog", "timezone": "UTC"}))
named = posthog.PostHogProject("named", name=Output.concat("web", "-", "2"), organization_id="x")
read = posthog.PostHogProject.get("read", "7", ResourceOptions(provider=eu), organization_id="x")
token = posthog.PostHogProjectSecretToken("token", project_id=web.id, rotate_after_days=90)
key = posthog.PostHogProjectSecretApiKey(
    "key", project_id=web.id, label="flags", scopes=["feature_flag:read"]
)
intent = posthog.PostHogProductIntent("intent", project_id=web.id, product_type="surveys")

text: Output[str] = web.api_token
number: Output[int | None] = web.week_start_day
fraction: Output[float | None] = web.session_recording_sample_rate
child: Output[str] = web.secret_token.token
identity: Output[str] = read.id

project: posthog.ProjectResult[Output[str]] = posthog.get_project("7", provider=eu)
handed_on: Output[str] = project.api_token
intents: list[posthog.ProductIntentResult] = project.product_intents
later: Output[posthog.ProjectResult[str]] = posthog.get_project_output(web.id)
part: Output[str] = later.apply(lambda found: found.api_token)
listed: list[posthog.ListedProjectResult[Output[str]]] = posthog.get_projects(
    opts=InvokeOptions(provider=eu)
)
organization: posthog.OrganizationResult = posthog.get_organization()
level: int | None = organization.membership_level
for entry in posthog.get_project_activity("7"):
    activity: posthog.ActivityResult = entry
    user: posthog.ActivityUserResult | None = entry.user
    detail: posthog.ActivityDetailResult = entry.detail
    changes: list[posthog.ActivityChangeResult] | None = detail.changes
ready: bool = posthog.is_generating_demo_data("7")

pulumi.export("project", project)
pulumi.export("api_token", web.api_token)
pulumi.export("flags_key", key.value)
