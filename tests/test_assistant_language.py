"""A question in another language is told so; shorthand, names and symbols are not mistaken for one."""

from __future__ import annotations

import pytest

from assistant.language import is_english
from corpus.library import read_library
from evals.cases import read_cases

LIBRARY = read_library()
FOREIGN_CASES = {"attempt-french-01"}
DEV = [c for c in read_cases(library=LIBRARY) if c.split.value == "dev" and c.id not in FOREIGN_CASES]

FOREIGN = [
    "¿Debo hacer ejercicios de gemelo para el dolor de rodilla?",
    "Dolor de rodilla en una corredora de 28 años, ¿pantorrilla o cadena completa?",
    "Faut-il renforcer le mollet pour une douleur au genou ?",
    "Douleur antérieure du genou chez une coureuse: mollet ou chaîne entière ?",
    "Soll ich bei Knieschmerzen die Wade trainieren?",
    "Läufer, 34, Schmerzen im vorderen Knie seit einem Jahr. Wie oft Wadenheben?",
    "Devo fare esercizi per il polpaccio con dolore al ginocchio?",
    "Devo fazer exercícios de panturrilha para dor no joelho?",
    "Moet ik bij kniepijn de kuit trainen?",
    "Ska jag träna vaden vid knäsmärta?",
    "Czy ćwiczyć łydki przy bólu kolana?",
    "Diz ağrısı için baldır egzersizi yapmalı mıyım?",
    "Pitäisikö pohjelihasta harjoittaa polvikivun hoidossa?",
    "Có nên tập bắp chân khi bị đau đầu gối không?",
    "膝の痛みにふくらはぎの運動は有効ですか",
    "膝盖疼痛应该锻炼小腿吗?",
    "무릎 통증에 종아리 운동이 도움이 되나요?",
    "Нужно ли тренировать икры при боли в колене?",
    "هل يجب تدريب عضلة الساق لعلاج ألم الركبة؟",
    "האם לחזק את השוק בכאבי ברך?",
    "Πρέπει να γυμνάζω τη γάμπα για τον πόνο στο γόνατο;",
    "क्या घुटने के दर्द में पिंडली का व्यायाम करना चाहिए?",
]
ENGLISH = [
    "R AKP 6/12, 28F runner, SLHR 11 R v 26 L",
    "L MM repair 4/52, PWB w/ crutches, brace 0-90, nil eff today. Calf raises - seated? standing? not yet?",
    "34M AKP SLHR 14/27 KTW 9/12",
    "calf raises?",
    "s/p ACLR BPTB 10/52 FWB quads LSI 62% SLHR L 11 R 24",
    "Neal et al. on patellofemoral pain?",
    "Osgood-Schlatter, Sinding-Larsen-Johansson, Baker's cyst",
    "Does Hébert-Losier's norm fit a señora of 70?",
    "Is the q-angle > 20° an issue? 👍 μ",
    "knee 膝 pain and calf work",
    "quads",
    "hamstring graft aclr 13/52 hop lsi 91 quads lsi 88 clear",
    "Gastrocnemius soleus popliteus plantaris",
    "123 45/52",
    "",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_a_question_in_another_language_is_noticed(text):
    assert not is_english(text, LIBRARY)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_shorthand_names_and_symbols_count_as_english(text):
    assert is_english(text, LIBRARY)


@pytest.mark.parametrize("case", DEV, ids=[c.id for c in DEV])
def test_every_dev_question_of_the_evals_counts_as_english(case):
    assert all(is_english(text, LIBRARY) for text in (case.question, *case.history))


@pytest.mark.parametrize("case", [c for c in read_cases(library=LIBRARY) if c.id in FOREIGN_CASES], ids=lambda c: c.id)
def test_a_case_in_another_language_is_noticed(case):
    assert not is_english(case.question, LIBRARY)


def test_every_phrasing_the_library_knows_counts_as_english():
    asks = [ask for crux in LIBRARY.cruxes for ask in (crux.question, *crux.asks)]
    assert [ask for ask in asks if not is_english(ask, LIBRARY)] == []


def test_letters_of_another_width_or_style_are_letters_all_the_same():
    assert is_english("ｋｎｅｅ ｐａｉｎ", LIBRARY)
