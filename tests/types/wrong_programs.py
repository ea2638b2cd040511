"""What a program may not write: type checkers report each line that is marked, and no other."""

from pulumi import Output, ResourceOptions

import posthog_pulumi as posthog

posthog.PostHogProject("web", timezon="UTC")  # wrong: misspelt
posthog.PostHogProject("web", timezone=1)  # wrong: type
posthog.PostHogProject("web", timezone=Output.from_input(1))  # wrong: type of an Output
posthog.PostHogProject("web", business_model="b2g")  # wrong: choice
posthog.PostHogProject("web", {"name": "Web"})  # wrong: an object
posthog.PostHogProject("web", path_cleaning_filters=[{"alias": "x"}])  # wrong: no regex
posthog.PostHogProject("web", session_recording_linked_flag={"id": "1", "key": "k"})  # wrong: id
posthog.PostHogProject("web", rotate_api_token_when_changed="2026")  # wrong: not an object  # noqa: S106
posthog.PostHogProject("web", api_token="phc_1")  # wrong: an output  # noqa: S106
posthog.PostHogProject(name="Web")  # wrong: no name in Pulumi
posthog.PostHogProject.get("web", 7)  # wrong: a number
posthog.PostHogProject.get("web", "7", "acme")  # wrong: options come third
posthog.PostHogProjectSecretToken("token")  # wrong: of no project
posthog.PostHogProjectSecretApiKey("key", project_id="7", label="k")  # wrong: no scopes
posthog.PostHogProductIntent("intent", project_id=7, product_type="x")  # wrong: a number
posthog.PostHogProvider("eu", "https://eu.posthog.com")  # wrong: no keyword
posthog.get_project("7", provider=ResourceOptions())  # wrong: no provider
posthog.get_project(7)  # wrong: a number
posthog.get_project(Output.from_input("7"))  # wrong: an Output

defaults: posthog.PostHogProjectArgs = {"timezon": "UTC"}  # wrong: misspelt
text: str = posthog.get_project("7").api_token  # wrong: it is an Output
nothing = posthog.get_organization().nmae  # wrong: misspelt
number: Output[int] = posthog.PostHogProject("web").api_token  # wrong: a text
