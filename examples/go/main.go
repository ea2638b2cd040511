package main

import (
	"github.com/posthog-pulumi/posthog-pulumi/sdk/go/posthog"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		quarter := config.Get(ctx, "quarter")
		if quarter == "" {
			quarter = "2026-Q4" // the line to change
		}

		web, err := posthog.NewProject(ctx, "web", &posthog.ProjectArgs{
			Name:     pulumi.String("Website"),
			Timezone: pulumi.String("Europe/Berlin"),
		})
		if err != nil {
			return err
		}

		webToken, err := posthog.NewProjectSecretToken(ctx, "web-token", &posthog.ProjectSecretTokenArgs{
			Project_id:          web.ID(),
			Rotate_when_changed: pulumi.Map{"quarter": pulumi.String(quarter)},
		})
		if err != nil {
			return err
		}

		// Stands for whatever takes the token, such as a Kubernetes secret.
		_, err = pulumi.NewStash(ctx, "backend", &pulumi.StashArgs{Input: webToken.Token})
		if err != nil {
			return err
		}

		// What PostHog has now, settings that nobody declares too.
		live := posthog.LookupProjectOutput(ctx, posthog.LookupProjectOutputArgs{Id: web.ID()})

		ctx.Export("project_id", web.ID())
		ctx.Export("currency", live.Settings().MapIndex(pulumi.String("base_currency")))
		ctx.Export("token", webToken.Token)
		return nil
	})
}
