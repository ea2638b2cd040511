"""The native provider, for programs in every language of Pulumi, on the same steps."""
