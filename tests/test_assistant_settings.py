"""Where a setting comes from: the environment, then .env, then counterpoint.toml, then the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path
from pydantic import ValidationError

from assistant.settings import Settings
from corpus.encoder import DEFAULT_MODEL
from guardrails.types import Detail


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A working folder and an environment without settings."""
    import os

    for name in [n for n in os.environ if n.upper().startswith("COUNTERPOINT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, *, env=None, toml=None):
    if env is not None:
        (folder / ".env").write_text(f"COUNTERPOINT_DETAIL={env}\nCOUNTERPOINT_HOME=/from-env-file\nOTHER=1\n")
    if toml is not None:
        (folder / "counterpoint.toml").write_text(f'detail = "{toml}"\nhome = "/from-toml"\nencoder = "toml-encoder"\n')


def test_the_defaults_are_brief_the_platforms_folder_and_no_database_elsewhere():
    made = Settings()
    assert (made.detail, made.home, made.encoder) == (Detail.BRIEF, user_data_path("counterpoint"), DEFAULT_MODEL)
    assert made.database_url is None


def test_the_toml_file_goes_before_the_default(elsewhere):
    write(elsewhere, toml="full")
    made = Settings()
    assert (made.detail, made.home, made.encoder) == (Detail.FULL, Path("/from-toml"), "toml-encoder")


def test_the_env_file_goes_before_the_toml_file(elsewhere):
    write(elsewhere, env="full", toml="brief")
    made = Settings()
    assert (made.detail, made.home, made.encoder) == (Detail.FULL, Path("/from-env-file"), "toml-encoder")


def test_the_environment_goes_before_the_env_file(elsewhere, monkeypatch):
    write(elsewhere, env="full", toml="full")
    monkeypatch.setenv("COUNTERPOINT_DETAIL", "brief")
    made = Settings()
    assert (made.detail, made.home) == (Detail.BRIEF, Path("/from-env-file"))


def test_what_is_passed_in_goes_before_all(elsewhere, monkeypatch):
    write(elsewhere, env="full", toml="full")
    monkeypatch.setenv("COUNTERPOINT_HOME", "/from-environment")
    assert Settings(home=Path("/passed-in")).home == Path("/passed-in")
    assert Settings().home == Path("/from-environment")


def test_a_value_that_does_not_fit_is_refused_and_named(monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_DETAIL", "medium")
    with pytest.raises(ValidationError, match=r"detail[\s\S]*'brief' or 'full'"):
        Settings()


def test_a_name_that_is_no_setting_is_ignored(monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_COLOUR", "blue")
    assert not hasattr(Settings(), "colour")


def test_settings_cannot_be_changed_afterwards():
    made = Settings()
    with pytest.raises(ValidationError):
        made.detail = Detail.FULL


def test_a_home_with_a_tilde_or_a_relative_path_becomes_absolute(monkeypatch, elsewhere):
    monkeypatch.setenv("HOME", str(elsewhere))
    assert Settings(home=Path("~/data")).index.home == elsewhere / "data"
    assert Settings(home=Path("data")).index.home == elsewhere / "data"


def test_the_fingerprint_changes_with_all_that_changes_an_answer_and_with_nothing_else():
    made = Settings()
    assert made.fingerprint(Detail.BRIEF) != made.fingerprint(Detail.FULL)
    assert made.fingerprint(Detail.BRIEF) != Settings(encoder="other").fingerprint(Detail.BRIEF)
    assert made.fingerprint(Detail.BRIEF) == Settings(home=Path("/elsewhere")).fingerprint(Detail.BRIEF)
    assert made.fingerprint(Detail.BRIEF).startswith("sha256:")


# --- a language model


def test_no_model_drafts_by_default():
    made = Settings()
    assert (made.model, made.provider, made.model_base_url, made.model_api_key) == (None, None, None, None)
    assert (made.model_seconds, made.model_retries, made.model_max_tokens) == (40.0, 2, 4_000)
    assert (made.model_price_in, made.model_price_out) == (None, None)


def test_a_model_is_named_by_its_provider_and_its_key_is_hidden(monkeypatch):
    monkeypatch.setenv("COUNTERPOINT_MODEL", " ollama:llama3.1:8b ")
    monkeypatch.setenv("COUNTERPOINT_MODEL_API_KEY", "sk-hidden")
    made = Settings()
    assert (made.model, made.provider) == ("ollama:llama3.1:8b", "ollama")
    assert "sk-hidden" not in f"{made!r} {made} {made.model_dump_json()}"
    assert made.model_api_key.get_secret_value() == "sk-hidden"


@pytest.mark.parametrize("name", ["MODEL", "MODEL_BASE_URL", "MODEL_API_KEY"])
def test_an_empty_setting_of_the_model_is_none(monkeypatch, name):
    monkeypatch.setenv(f"COUNTERPOINT_{name}", "  ")
    assert getattr(Settings(), name.lower()) is None


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", ":gpt-4o", "open ai:x", "openai:a b", "../x:y"])
def test_a_model_without_a_provider_is_refused_with_an_example(name):
    with pytest.raises(ValidationError, match="expected provider:name such as openai:gpt-4o-mini"):
        Settings(model=name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model_base_url", "127.0.0.1:8000"),
        ("model_base_url", "file:///etc/passwd"),
        ("model_base_url", "http://"),
        ("model_seconds", 0),
        ("model_seconds", 601),
        ("model_retries", -1),
        ("model_max_tokens", 10),
        ("model_price_in", -1),
    ],
)
def test_a_setting_of_the_model_that_makes_no_sense_is_refused(field, value):
    with pytest.raises(ValidationError, match=field):
        Settings(**{field: value})


def test_the_fingerprint_changes_with_the_model_and_its_address_and_not_with_its_key():
    made = Settings(model="openai:a")
    plain = made.fingerprint(Detail.BRIEF, "openai:a")
    assert plain != made.fingerprint(Detail.BRIEF)
    assert plain != made.fingerprint(Detail.BRIEF, "openai:b")
    assert plain != Settings(model="openai:a", model_base_url="http://localhost/v1").fingerprint(
        Detail.BRIEF, "openai:a"
    )
    assert plain == Settings(model="openai:a", model_api_key="sk-1").fingerprint(Detail.BRIEF, "openai:a")
