"""What happens to a project at each of Pulumi's steps: decisions of ``plan`` carried out."""
