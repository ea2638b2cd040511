from pathlib import Path
from urllib.parse import urlsplit

import trustme
from support.fronts import Name
from support.local_servers import serving, speaking_tls, tls_for, tunnel_to
from support.posthog_actions import secret_token, signed_in
from support.posthog_ui import Ui
from support.secret_scan import leaks
from support.wire_engine import WireEngine

from posthog_pulumi.provider import SecretTokenProvider

HOST = "ph.example"
PASSWORD = "password-of-the-proxy"  # noqa: S105  # of a proxy that lives as long as a test


def test_secrets_pass_a_proxy_unseen(ui: Ui, tmp_path: Path, front: Name) -> None:
    """TLS, an authority of one's own and a proxy, as the usual variables name them.

    The provider's process does its work through the proxy, which sees the name of the host only;
    neither it nor what the process prints with ``POSTHOG_PULUMI_LOG=debug`` shows a secret.
    """
    authority, file = trustme.CA(), tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    project, port = ui.create(name="Web"), urlsplit(ui.tenant.url).port or 0
    with (
        speaking_tls(port, tls_for(HOST, authority)) as tls,
        serving(tunnel_to(tls)) as proxy,
    ):
        environ = {
            "SSL_CERT_FILE": str(file),
            "HTTPS_PROXY": f"http://me:{PASSWORD}@127.0.0.1:{proxy.port}",
            "NO_PROXY": "",
            "POSTHOG_PULUMI_LOG": "debug",
        }
        config = {**signed_in(ui), "host": f"https://{HOST}"}
        with WireEngine(SecretTokenProvider(), config, environ, front=front) as engine:
            made = engine.up("token", project_id=project)
            engine.refresh("token")
    secrets = {
        "key": ui.tenant.api_key,
        "session": ui.tenant.session_id,
        "token": secret_token(ui, project),
        "API token": ui.project(project)["api_token"],
    }
    texts = {"proxy": "\n".join(proxy.heads), "printed": engine.stderr}

    assert made.outputs["token"] == secrets["token"]
    assert {head.partition("\r\n")[0] for head in proxy.heads} == {f"CONNECT {HOST}:443 HTTP/1.1"}
    assert "rotate_secret_token/ 200" in engine.stderr
    assert leaks(texts, secrets) == {}
    assert leaks({"printed": engine.stderr}, {"password": PASSWORD}) == {}
