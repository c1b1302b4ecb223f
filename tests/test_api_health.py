"""Alive and ready, over a real connection."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import httpx
import pytest

from assistant.settings import Settings


class Usage(NamedTuple):
    """What the disk says of itself."""

    total: int
    used: int
    free: int


@pytest.fixture(scope="module")
def http(served):
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        yield client


def checks(response):
    return {check["name"]: check for check in response.json()["checks"]}


def test_healthz_says_that_the_process_is_alive(http):
    health = http.get("/healthz")
    assert health.status_code == 200
    assert health.json()["status"] == "ok"


def test_readyz_says_that_questions_can_be_answered_and_kept(http, library):
    ready = http.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert checks(ready)["index"]["said"] == f"{len(library.passages)} passages"
    assert set(checks(ready)) == {"index", "records", "disk"}
    assert ready.headers["cache-control"] == "no-store"


def test_a_full_disk_is_not_ready_and_says_so(http, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 1_000))
    response = http.get("/readyz")
    assert response.status_code == 503
    assert "make room" in checks(response)["disk"]["said"]


def test_records_that_cannot_be_used_are_not_ready_and_say_why(http, records):
    records.close()
    try:
        response = http.get("/readyz")
    finally:
        records.open()
    assert response.status_code == 503
    assert not checks(response)["records"]["good"]
    assert "not open" in checks(response)["records"]["said"]


def test_a_model_that_is_set_and_does_not_listen_is_not_ready(http, monkeypatch, assistant):
    there = Settings(home=assistant.settings.home, model="openai:x", model_base_url="http://127.0.0.1:1/v1")
    monkeypatch.setattr(assistant, "settings", there)
    response = http.get("/readyz")
    assert response.status_code == 503
    assert "127.0.0.1:1" in checks(response)["model"]["said"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_another_method_is_refused_with_the_one_that_is_taken(http, path):
    response = http.post(path)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET"
