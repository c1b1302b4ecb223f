"""The examples in the API's description, made from real replies: ``python -m tests.api_examples`` renews them.

Long lists are cut, so that an example can be read; nothing else is changed.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "ui" / "api" / "examples"
QUESTION = {"question": "34M runner, SLHR 14 L v 27 R, anterior knee pain. Calf rehab?", "detail": "brief"}
DOCUMENT = (
    b"# Our hop protocol\n\nHop once the heel rise is above 90 % of the other side and pain is 2 of 10 or less.\n"
)
READS = {
    "library": "/api/v1/library",
    "sources": "/api/v1/library/sources?limit=1",
    "source": "/api/v1/library/sources/leppanen-2024",
    "passages": "/api/v1/library/passages?limit=1",
    "passage": "/api/v1/library/passages/barker-calf-rehab:31a",
    "questions": "/api/v1/library/questions?limit=1",
    "question": "/api/v1/library/questions/{question}",
    "schools": "/api/v1/library/schools?limit=1",
    "school": "/api/v1/library/schools/calf-focused",
    "red-flags": "/api/v1/library/red-flags?limit=1",
    "red-flag": "/api/v1/library/red-flags/dvt",
    "search": "/api/v1/library/search?q=dose%20of%20calf%20raises&limit=1",
    "measures": "/api/v1/measures?limit=1&computed=true",
    "measure": "/api/v1/measures/heel-rise",
    "alive": "/healthz",
    "ready": "/readyz",
}
_KEPT = 2
_LONGEST_TEXT = 600


def cut(value: Any) -> Any:
    """Return `value` with lists cut to two entries and long texts to some lines."""
    if isinstance(value, dict):
        return {name: cut(held) for name, held in list(value.items())[:40]}
    if isinstance(value, list):
        return [cut(held) for held in value[:_KEPT]]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return value[:_LONGEST_TEXT] + "…"
    return value


def cut_answer(document: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with its first sections and what they cite."""
    sections = [{**s, "claims": s["claims"][:_KEPT]} for s in document["sections"][:3]]
    cited = {n for s in sections for c in s["claims"] for n in c["citations"]}
    citations = [c for c in document["citations"] if c["number"] in cited]
    return cut({**document, "sections": []}) | {"sections": sections, "citations": citations}


def _write(name: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Ask a server of our own for every example, and write them."""
    from starlette.testclient import TestClient

    from assistant.door import Assistant
    from assistant.records.store import Records
    from assistant.settings import Settings
    from tests.homes import copy_home
    from ui.server import make_app

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        copy_home(Settings().index.home / "index", home / "index")
        with Records(home) as records:
            client = TestClient(make_app(Assistant(Settings(home=home)), records), base_url="http://127.0.0.1:7860")
            _library(client)
            _measures(client)
            _reviews(client)


def _library(client: Any) -> None:
    first = client.get("/api/v1/library/questions?limit=1").json()["items"][0]["id"]
    for name, path in READS.items():
        _write(name, cut(client.get(path.format(question=first)).raise_for_status().json()))


def _measures(client: Any) -> None:
    from ui.api.measure_inputs import MEASURES

    results = {m.name: client.post(f"/api/v1/measures/{m.name}/result", json=m.sample).json() for m in MEASURES}
    _write("measure-results", {name: cut(result) for name, result in results.items()})


def _reviews(client: Any) -> None:
    """Walk a physio's and a mentor's way, and write what each step gives."""
    physio, mentor = (
        client.post("/api/v1/profiles", json={"name": name, "role": role, "school": school}).json()
        for name, role, school in (("Ben Ortiz", "physio", None), ("Ana Petrova", "mentor", "whole-chain"))
    )
    client.headers["Counterpoint-Profile"] = physio["id"]
    answer = client.post("/api/v1/answers", json={**QUESTION, "conversation": "c-1f2e"}).json()
    at, case = f"/api/v1/answers/{answer['id']}", "/api/v1/conversations/c-1f2e"
    told = {
        "profile": mentor,
        "profiles": client.get("/api/v1/profiles").json(),
        "answer": answer,
        "commitment": client.post(f"{at}/commitment", json={"text": "Calf first, then the whole leg."}).json(),
        "feedback": client.post(f"{at}/feedback", json={"thumb": "down", "reasons": ["too long"]}).json(),
        "feedbacks": client.get(f"{at}/feedback").json(),
        "case": client.patch(case, json={"title": "Runner, right knee"}).json(),
        "conversations": client.get("/api/v1/conversations").json(),
        "conversation": client.get(case).json(),
        "case-file": client.get(f"{case}.json").json(),
    }
    item = f"/api/v1/queue/{client.post('/api/v1/queue', json={'answer_id': answer['id'], 'note': 'Which dose?'}).json()['id']}"
    client.headers["Counterpoint-Profile"] = mentor["id"]
    form = {"citations": {"1": "supports"}, "viewpoints": {"calf-focused": "fair"}, "verdict": "accept", "finish": True}
    told |= {
        "queue": client.get("/api/v1/queue").json(),
        "queue-choices": client.get("/api/v1/queue/choices").json(),
        "queue-item": client.put(f"{item}/reservation").json(),
        "review": client.put(f"{item}/review", json=form).json(),
        "comment": client.post(f"{item}/comments", json={"text": "Did you test the soleus?"}).json(),
        "comments": client.get(f"{item}/comments").json(),
        "document": client.post(
            "/api/v1/library/documents", files={"file": ("hops.md", DOCUMENT)}, data={"trial": "true"}
        ).json(),
    }
    told |= {
        "reviews": client.get("/api/v1/reviews").json(),
        "agreement": client.get("/api/v1/reviews/agreement").json(),
        "digest": client.get("/api/v1/reviews/digest").json(),
        "two-minutes": client.get(f"{item}/two-minutes").json(),
        "approvals": client.get("/api/v1/approvals").json(),
        "approval": client.get(f"{at}/approval").json(),
    }
    client.headers["Counterpoint-Profile"] = physio["id"]
    again = client.post("/api/v1/answers", json={**QUESTION, "conversation": "c-1f2f"}).json()
    like = client.get(f"/api/v1/answers/{again['id']}/like").json()
    _write("like", like | {"answer": cut_answer(like["answer"])})
    told["unread"] = client.get("/api/v1/queue/unread").json()
    for name, value in told.items():
        assert value.get("type") != "about:blank", (name, value)
        _write(name, _readable(value))


def _readable(value: dict[str, Any]) -> dict[str, Any]:
    """Return a reply cut short, each whole answer in it cut so that what it cites stays."""
    if value.get("schema") == "counterpoint/answer/1":
        return cut_answer(value)
    whole = {name: cut_answer(held) for name, held in value.items() if name == "document"}
    answers = {
        name: [cut_answer(one) for one in held[:1]]
        for name, held in value.items()
        if isinstance(held, list) and name == "answers"
    }
    return cut(value) | whole | answers


if __name__ == "__main__":
    main()
