"""Settings: environment ``COUNTERPOINT_*``, then ``.env``, then ``counterpoint.toml``, then the defaults."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.prompt import FINGERPRINT as PROMPT
from corpus.encoder import DEFAULT_MODEL
from corpus.index import IndexSettings
from corpus.inference import inference_fingerprint
from guardrails.types import Detail


class Settings(BaseSettings):
    """What a deployment may choose; every name is also an environment variable with COUNTERPOINT_ before it."""

    model_config = SettingsConfigDict(
        env_prefix="COUNTERPOINT_", env_file=".env", toml_file="counterpoint.toml", extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("counterpoint"),
        description="data folder: index, records, the clinic's own library",
    )
    encoder: str = Field(default=DEFAULT_MODEL, description="sentence-transformers model, by name or path")
    detail: Detail = Field(default=Detail.BRIEF, description="brief or full answers by default")
    nli_model: str | None = Field(
        default=None, description="NLI cross-encoder on this machine, by path or name, asked about free sentences"
    )
    database_url: str | None = Field(default=None, description="records elsewhere than in the data folder")
    model: str | None = Field(default=None, description="language model that drafts, provider:name; none by default")
    model_base_url: str | None = Field(default=None, description="an OpenAI-compatible server, or the provider's own")
    model_api_key: SecretStr | None = Field(default=None, description="else the provider's own variable")
    model_seconds: float = Field(default=40.0, gt=0, le=600, description="for all drafting of one answer")
    model_retries: int = Field(default=2, ge=0, le=10, description="after a failure that may pass")
    model_max_tokens: int = Field(default=4_000, ge=256, le=100_000, description="of one reply")
    model_price_in: float | None = Field(default=None, ge=0, description="of a million tokens read, any currency")
    model_price_out: float | None = Field(default=None, ge=0, description="of a million tokens written")

    @field_validator("model", "model_base_url", "model_api_key", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("model")
    @classmethod
    def _named_by_provider(cls, value: str | None) -> str | None:
        return None if value is None else checked_model(value)

    @field_validator("model_base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://localhost")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("expected an address such as http://127.0.0.1:8000/v1")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the TOML file after the environment and ``.env``."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def index(self) -> IndexSettings:
        """What the index is made from and where it lies."""
        return IndexSettings(home=self.home.expanduser().absolute(), encoder=self.encoder)

    @property
    def provider(self) -> str | None:
        """Whose model drafts, as LangChain names it, such as ``openai`` or ``ollama``."""
        return self.model.partition(":")[0] if self.model else None

    def fingerprint(self, detail: Detail, model: str | None = None) -> str:
        """Return a fingerprint of all that changes an answer; `model` is the name of the one that drafts."""
        parts = [self.encoder, detail, "extractive/1"]
        if model is not None:
            parts += [model, PROMPT, str(self.model_base_url), str(self.model_max_tokens)]
        if self.nli_model:
            parts.append(inference_fingerprint(self.nli_model))
        return "sha256:" + hashlib.sha256("|".join(parts).encode()).hexdigest()


def checked_model(name: str) -> str:
    """Return the name of a model, white space around it removed.

    Raises:
        ValueError: it is not in the form provider:name.
    """
    provider, colon, rest = name.strip().partition(":")
    if not (colon and provider.replace("_", "").isalnum() and rest.strip()) or any(c.isspace() for c in name.strip()):
        raise ValueError(f"expected provider:name such as openai:gpt-4o-mini or ollama:llama3.1, got {name!r}")
    return name.strip()
