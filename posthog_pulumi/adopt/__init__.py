"""From live projects to Pulumi's import file, and to the program that declares them."""
