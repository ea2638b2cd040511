"""The commands of ``posthog-pulumi``, each in a module of its own."""
