"""What tests share; the fixtures are in ``tests/conftest.py``.

PostHog, emulated on a port, for all tests but those in ``unit``:

- ``emulator_api``: calls it with a key or a session.
- ``posthog_ui``, ``posthog_actions``: a person in its own UI, and the requests that reach it.

PostHog, faked in the process, for unit tests:

- ``fake_posthog``: its projects in a dict; ``fake_posthog_secrets``: tokens, keys and the rest.
- ``scripted_transport``: responses one by one, for the client's own tests.
- ``refusals``: its error responses.
- ``clock``: time that only sleeping moves on.

The engine:

- ``cli_engine``: the real Pulumi CLI; ``state_file``: the state that it keeps.
- ``quick_stack``: an empty stack, copied. ``native_resources``: the classes of both fronts.
- ``wire_engine``: its part over gRPC, with no CLI; ``fronts``: what differs between the fronts.
- ``mocked_programs``: Pulumi's mocks in its place.
- ``inline_program``: a program inside the test's process.
- ``example_reader``: somebody who follows the README of an example.

The fault matrix: ``fault_*``, ``faults``, ``faulty_transport``, ``replay``. Random programs:

- ``program_declared``, ``program_rules``: what is declared, and how a rule is written.
- ``program_edits``, ``program_hands``, ``program_machine``: edits, changes by hand, commands.
- ``program_stack``, ``program_view``: the stack, what must hold, what PostHog has.
- ``program_seeds``: the few for the real CLI.

Programs and values:

- ``dependent``: a resource that uses a secret token; ``echo``: one that gives back what it gets.
- ``setting_values``: a good value of every setting; ``our_resources``: what there is of resources.
- ``declared_secrets``, ``project_provider``, ``rotation_steps``: what providers are called with.
"""
