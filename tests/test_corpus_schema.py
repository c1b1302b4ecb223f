"""The published schema: it is that of the types, every file of the library fits it, and a broken one does not."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from corpus.library import KINDS, PACKAGED
from corpus.schema import FILE, modeline, schema, text
from corpus.yamlfile import YamlFile

FILES = sorted(PACKAGED.rglob("*.yaml"))


def test_the_published_schema_is_that_of_the_types():
    assert FILE.read_text(encoding="utf-8") == text(), "write it anew: python -m corpus.schema"


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGED)))
def test_every_file_of_the_library_fits_the_schema_and_names_it(path, validator):
    data = json.loads(json.dumps(YamlFile(path).data, default=str))
    assert [e.message for e in validator.iter_errors(data)] == []
    assert path.read_text(encoding="utf-8").startswith(modeline(path)), "add it: python -m corpus.schema"


@pytest.mark.parametrize(
    "broken",
    [
        {"surces": []},
        {"sources": [{"id": "x"}]},
        {"sources": {}},
        {"terms": [{"name": "x", "synonyms": ["y"], "colour": "red"}]},
        {
            "ledger": [
                {"claim": "x:a", "searched": {"date": "2026-11", "queries": ["x"]}, "links": [{"passage": "y:1"}]}
            ]
        },
    ],
)
def test_what_does_not_fit_is_refused(broken, validator):
    assert not validator.is_valid(broken)


def test_every_kind_of_entry_is_in_it():
    assert set(schema()["properties"]) == set(KINDS)
