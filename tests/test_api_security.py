"""Who may ask, what is closed, and what every response carries."""

from __future__ import annotations

import re
import socket
import uuid

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
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/answers",
        "/api/v1/profiles",
        "/api/v1/queue",
        "/api/v1/library/documents",
        "/gradio_api/queue/join",
        "/screens/profiles",
        "/screens/profiles/chosen",
        "/screens/library/documents",
    ],
)
def test_a_page_of_another_site_cannot_post(http, headers, path):
    assert http.post(path, json=ASKED, headers=headers).status_code == 403
    as_form = headers | {"Content-Type": "application/x-www-form-urlencoded"}
    assert http.post(path, content=b"name=Eve&role=mentor", headers=as_form).status_code == 403
    as_text = headers | {"Content-Type": "text/plain"}  # what a page may send anywhere without asking first
    assert http.post(path, content=b'{"name": "Eve", "role": "mentor"}', headers=as_text).status_code == 403


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE", "OPTIONS"])
def test_a_page_of_another_site_can_use_no_other_method_either(http, method):
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": method}
    response = http.request(method, "/api/v1/conversations/c-1", headers=headers)
    assert response.status_code == 403
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "path", ["/", "/screens/profiles", "/config", "/gradio_api/queue/join", "/counterpoint/chat.js"]
)
def test_only_the_api_takes_other_methods_than_get_and_post(http, method, path):
    response = http.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"


def test_an_address_of_the_api_names_every_method_it_takes(http):
    response = http.put("/api/v1/conversations/c-1")
    assert response.status_code == 405
    assert response.headers["allow"] == "DELETE, GET, PATCH"


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
        ("GET", "/api/v2/answers"),
        ("GET", "/api"),
    ],
)
def test_what_is_not_in_use_is_closed(http, method, path):
    response = http.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/counterpoint/../server.py",
        "/counterpoint/..%2f..%2fpyproject.toml",
        "/counterpoint/vendor/../../../pyproject.toml",
        "/screens/",
        "/screens/../config",
        "/screens//etc/passwd",
        "/api/v1/../../config",
        "/api/v1/docs/../openapi.json",
        "/api/v1/docs/..%2f..%2f__init__.py",
        "/gradio_api/heartbeat/../file=/etc/passwd",
        "//evil.example/",
        "/assets/../../../etc/passwd",
    ],
)
def test_no_path_leads_out_of_its_place(served, path):
    with socket.create_connection(("127.0.0.1", int(served.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert int(answer.split()[1]) in (400, 404, 421)
    assert b"root:" not in answer
    assert b"requires-python" not in answer


def test_no_websocket_is_opened(served):
    with socket.create_connection(("127.0.0.1", int(served.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(
            b"GET /gradio_api/queue/join HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert b" 101 " not in connection.recv(65_536).partition(b"\r\n")[0]


HOSTILE = [
    [None, None, None, None],
    [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}, "", "", ""],
    [["x"] * 50, {"a": 1}, 7, True],
    ["<img src=//evil.example/x>", "../../x", "long", '{"pattern": "dvt", "reason": "x"}'],
    ["x" * 25_000, "c-1", "brief", ""],
    ["Does a weak calf cause knee pain?", "c-1", "brief", '{"pattern": {"$ne": 1}, "reason": ["x"], "turn": 1e99}'],
    [],
    "x",
]


@pytest.mark.parametrize("data", HOSTILE)
def test_a_raw_call_to_a_private_endpoint_of_the_chat_meets_the_same_checks(http, data):
    functions = [entry["id"] for entry in http.get("/config").json()["dependencies"]]
    assert len(functions) >= 3
    for number in [*functions, 99, -1, "reply"]:
        session = uuid.uuid4().hex
        joined = http.post(
            "/gradio_api/queue/join",
            json={"data": data, "fn_index": number, "session_hash": session, "trigger_id": None},
        )
        if joined.status_code == 200:
            told = heard(http, session)
            assert "root:" not in told
            assert "Traceback" not in told
            assert "<img src=//evil" not in told
    assert http.get("/healthz").status_code == 200


def heard(http, session):
    """Return what the chat says in a session, until it has said all."""
    with http.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        told = ""
        for line in stream.iter_lines():
            told += line
            if '"msg":"process_completed"' in line or '"msg":"close_stream"' in line or "unexpected_error" in line:
                break
        return told


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
