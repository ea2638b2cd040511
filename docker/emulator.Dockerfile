# A PostHog for tests: docker build --file docker/emulator.Dockerfile --tag posthog-emulator .
FROM python:3.14-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY posthog_pulumi ./posthog_pulumi
RUN python -m venv /opt/emulator \
    && /opt/emulator/bin/pip install --no-cache-dir --disable-pip-version-check ".[emulator]"

FROM python:3.14-slim-bookworm
COPY --from=build /opt/emulator /opt/emulator
RUN install --directory --owner=65534 --group=65534 /data
USER 65534:65534
EXPOSE 8010
HEALTHCHECK --interval=5s --start-period=30s CMD \
    ["/opt/emulator/bin/python", "-c", "import urllib.request as http; http.urlopen('http://127.0.0.1:8010/_emulator/server')"]
ENTRYPOINT ["/opt/emulator/bin/posthog-pulumi", "emulator", "--host=0.0.0.0"]
