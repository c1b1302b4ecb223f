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
