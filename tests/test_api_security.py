"""Who may ask, what is closed, and what every response carries."""

from __future__ import annotations

import re
import socket

import httpx
import pytest

from ui.server import HostRefusedError, PortTakenError, check_address, url_of

ASKED = {"question": "Does an underworking calf cause knee pain?"}


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "10.0.0.7", "x@127.0.0.1", ""]
)
def test_a_name_that_was_pointed_at_this_machine_is_refused(http, host):
    response = http.get("/healthz", headers={"Host": host})
    assert response.status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:7860", "127.0.0.1:7860", "[::1]:7860"])
def test_this_machines_own_names_are_let_in(http, host):
    assert http.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/answers", "/gradio_api/queue/join"])
def test_a_page_of_another_site_cannot_post(http, headers, path):
    assert http.post(path, json=ASKED, headers=headers).status_code == 403


def test_the_apps_own_page_can_post(http, served):
    own = {"Origin": served, "Sec-Fetch-Site": "same-origin"}
    assert http.post("/api/v1/answers", json=ASKED, headers=own).status_code == 200


def test_a_link_from_elsewhere_opens_the_page_but_an_embedded_read_does_not(http):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert http.get("/", headers=link).status_code == 200
    assert http.get("/config", headers=link | {"Sec-Fetch-Mode": "no-cors"}).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress?upload_id=x"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://example.org/"),
        ("POST", "/gradio_api/run/reply"),
        ("POST", "/gradio_api/call/reply"),
        ("POST", "/gradio_api/component_server"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/openapi.json"),
        ("POST", "/gradio_api/run-history/connect"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/process_recording"),
        ("GET", "/monitoring"),
        ("GET", "/docs"),
        ("POST", "/login"),
        ("GET", "/counterpoint/../server.py"),
    ],
)
def test_what_is_not_in_use_is_closed(http, method, path):
    response = http.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/api/v1/answers", "/"])
def test_twenty_megabytes_are_taken_nowhere(http, path):
    response = http.post(path, content=b"x" * 20_000_000, headers={"Content-Type": "application/json"})
    assert response.status_code in (404, 413)


@pytest.mark.parametrize("path", ["/", "/healthz", "/config", "/counterpoint/chat.js", "/theme.css", "/nothing"])
def test_every_response_carries_the_security_headers(http, path):
    headers = http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_pages_policy_names_no_other_host_and_no_inline_script_but_its_own(http):
    policy = http.get("/").headers["content-security-policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "http" not in policy
    assert "*" not in policy
    assert "'unsafe-inline'" not in scripts
    assert scripts.count("'sha256-") == 5


def test_the_page_loads_nothing_from_outside_and_carries_no_advertising(http):
    page = http.get("/").text
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "og:image" not in page
    assert "/counterpoint/chat.js" in page
    assert "fonts.g" not in page + http.get("/theme.css").text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "clinic.example", ""])  # noqa: S104 - refused
def test_an_address_that_others_can_reach_is_refused_with_the_reason(host):
    with pytest.raises(HostRefusedError, match="no accounts yet"):
        check_address(host, 0)


def test_a_taken_port_is_named_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=rf"port {port} .*--port {port + 1}"):
            check_address("localhost", port)


def test_the_printed_address_can_be_opened():
    assert url_of("127.0.0.1", 7860) == "http://127.0.0.1:7860"
