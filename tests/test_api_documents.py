"""A clinic's documents over HTTP: looked at, put on the shelf, taken off; refused early where they do not fit."""

from __future__ import annotations

import resource
import socket
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.api_people import Person, stranger
from ui.limits import DOCUMENT_BODY

PATH = "/library/documents"
HOPS = b"# Our hop protocol\n\nHop once the heel rise is above 90 % of the other side and pain is 2 of 10 or less.\n"


@pytest.fixture(scope="module")
def ana(served):
    with Person(served, "mentor") as person:
        yield person


def upload(person, content=HOPS, name="hops.md", **fields):
    return person.post(PATH, files={"file": (name, content)}, data=fields)


def peak_bytes():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_a_trial_tells_what_would_be_kept_and_keeps_nothing(ana):
    before = ana.get("/library").json()
    response = upload(ana, trial="true")
    assert response.status_code == 200
    assert response.json()["trial"]
    assert "above 90 %" in response.json()["passages"][0]["text"]
    assert ana.get("/library").json() == before


def test_only_a_mentor_changes_the_library(served):
    with Person(served) as ben, stranger(served) as nobody:
        refused = [upload(ben), upload(nobody), upload(ben, trial="true"), ben.delete(f"{PATH}/clinic-x")]
    assert [response.status_code for response in refused] == [403] * 4
    assert "mentor" in refused[0].json()["detail"]


@pytest.mark.slow
def test_a_document_is_found_once_it_is_there_and_gone_once_it_is_taken_off(ana):
    text = b"# Kangaroo protocol\n\nKangaroo hops on sand begin eleven weeks after repair, twelve a set.\n"
    ana.timeout = 600  # the index is built before it answers
    added = upload(ana, text, "kangaroo.md", title="Kangaroo protocol <b>2026</b>")
    assert added.status_code == 201, added.text
    source = added.json()["id"]
    assert added.headers["location"] == f"/api/v1/library/sources/{source}"
    assert ana.get(f"/library/sources/{source}").json()["title"] == "Kangaroo protocol <b>2026</b>"
    found = ana.get("/library/search", params={"q": "kangaroo hops on sand"}).json()["items"]
    assert found[0]["passage"]["source_id"] == source
    again = upload(ana, text, "copy.md")
    assert again.status_code == 409
    assert source in again.json()["detail"]
    assert ana.delete(f"{PATH}/{source}").status_code == 204
    assert ana.get(f"/library/sources/{source}").status_code == 404
    assert ana.delete(f"{PATH}/{source}").status_code == 404


def test_what_came_with_counterpoint_cannot_be_taken_off(ana):
    response = ana.delete(f"{PATH}/barker-calf-rehab")
    assert response.status_code == 409
    assert "no uploaded document" in response.json()["detail"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.md", "empty"),
        (b"MZ\x00\x01", "setup.exe", "expected a file ending in"),
        (b"%PDF-1.7 broken", "broken.pdf", "PDF"),
        (b"PK\x03\x04broken", "broken.docx", "damaged"),
        (b"\x00" * 100, "binary.md", "its content is"),
        (b"%PDF-1.4\n", "no.md", "its name says"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_without_our_paths(ana, content, name, says):
    response = upload(ana, content, name, trial="true")
    assert response.status_code == 422
    assert says.lower() in response.json()["detail"].lower()
    assert tempfile.gettempdir() not in response.text


@pytest.mark.parametrize("name", ["../../etc/passwd.md", "C:\\x\\y.md", "\u202egnp.md", "a" * 300 + ".md", "..", ".md"])
def test_a_files_name_never_leads_anywhere(ana, name):
    response = upload(ana, name=name, trial="true")
    assert response.status_code in (200, 422)
    assert "passwd" not in response.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"year": "12"}, 422),
        ({"doi": "x"}, 422),
        ({"viewpoint": "no-such-school"}, 409),
        ({"title": "x" * 301}, 422),
        ({"title": "x" * 100_000}, 413),
    ],
)
def test_particulars_that_do_not_fit_are_refused(ana, fields, status):
    response = upload(ana, trial="true", **fields)
    assert response.status_code in (status, 400)
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_no_form_is_refused(ana):
    assert ana.post(PATH, json={"file": "x"}).status_code == 422
    assert ana.post(PATH, content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code in (400, 422)
    two = ana.post(PATH, files=[("file", ("a.md", HOPS)), ("file", ("b.md", HOPS))])
    assert two.status_code in (400, 413, 422)


@pytest.mark.parametrize("path", ["/api/v1/library/documents", "/screens/library/documents"])
@pytest.mark.parametrize("length", [DOCUMENT_BODY + 1, 300_000_000, 10**18])
def test_a_document_that_says_it_is_too_long_is_refused_before_a_byte_of_it_is_read(served, path, length):
    with socket.create_connection(("127.0.0.1", int(served.rpartition(":")[2])), timeout=10) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        connection.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode())
        answer = connection.recv(65_536)
    assert b" 413 " in answer.partition(b"\r\n")[0]
    assert b"20 MB" in answer
    assert b"connection: close" in answer.lower()


def test_a_document_that_grows_too_long_as_it_comes_is_cut_off_and_never_held_in_memory(served, ana):
    before = peak_bytes()
    sent = 0

    def pieces():
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="long.txt"\r\n\r\n'
        for _ in range(300):
            sent += 1_000_000
            yield b"x" * 1_000_000

    headers = {"Content-Type": "multipart/form-data; boundary=x", **ana.headers}
    try:
        with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
            status = client.post("/api/v1/library/documents", content=pieces(), headers=headers).status_code
    except httpx.HTTPError:  # the server hung up in the middle
        status = 413
    assert status == 413
    assert sent < 60_000_000
    assert peak_bytes() - before < 60_000_000


def test_nothing_of_an_upload_stays_behind(ana):
    upload(ana, trial="true")
    left = [path for path in Path(tempfile.gettempdir()).glob("counterpoint-upload-*") if path.exists()]
    assert left == []
