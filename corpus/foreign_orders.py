"""Orders to a language model in other languages than English, by the words that make one.

A sentence is taken for an order when it holds words of two kinds: a verb of concealing, a verb of answering, what is
to be left out, and a word of limiting. Words that are English too are left out, so that an English sentence has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.terms import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Words of one kind, whole and by their beginnings."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def is_in(self, words: frozenset[str]) -> bool:
        """Return whether one of `words` is of this kind."""
        return not words.isdisjoint(self.whole) or any(w.startswith(self.beginnings) for w in words)


def _kind(text: str) -> _Kind:
    words = [plain(word) for word in text.split()]
    return _Kind(
        whole=frozenset(w for w in words if not w.endswith("*")),
        beginnings=tuple(w.rstrip("*") for w in words if w.endswith("*")),
    )


# German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian, Welsh, Irish, Swedish, Danish,
# Norwegian, Finnish, Turkish, Romanian, Czech, Hungarian, Greek; a star for any ending.
_CONCEAL = _kind(
    "ignorier* vergiss verschweig* missacht verheimlich* erwähn* ignorez oublie oubliez mentionne taire ignora ignoren olvida "
    "olvide omite omita menciones calla dimentica dimenticate ometti menzionare nascondi esqueça esquece mencione oculte "
    "negeer vergeet verzwijg vermeld* zignoruj ignoruj zapomnij pomiń wspominaj ukryj забудь забудьте игнорируй "
    "игнорируйте проигнорируй упоминай упоминайте скрой умолчи ігноруй забудьмо anwybydd* anghofi* neamhaird dearmad "
    "ignorera glöm nämn ignorer glem nævn nevn unohda ohita mainitse yoksay unut bahsetme ignoră ignorați uită "
    "zapomeň hagyd felejtsd αγνόησε αγνοήστε ξέχασε"
)
_ANSWER = _kind(
    "antworte antworten schreib schreibe schreiben sage nenne réponds répondez écris écrivez termine terminez "
    "responde respondan responda contesta escribe escriba escreva termina rispondi rispondete scrivi concludi "
    "antwoord schrijf zeg eindig odpowiedz odpowiadaj napisz zakończ ответь ответьте отвечай отвечайте напиши напишите "
    "скажи заканчивай закончи відповідай напиши ateb atebwch ysgrifenn* dywed freagair scríobh svara skriv avsluta "
    "svar afslut vastaa kirjoita cevapla cevap yanıtla yaz răspunde scrie odpověz odpovídej napiš válaszolj írj "
    "απάντησε απαντήστε γράψε"
)
_LEFT_OUT = _kind(
    "quellen quelle regeln anweisung anweisungen vorgaben gegenposition gegenseite belege références règles consignes "
    "fuentes reglas instrucciones referencias fonti regole istruzioni riferimenti fontes regras instruções referências "
    "bronnen regels instructies źródeł źródła zasady zasadach instrukcje ссылок ссылки правила правилах инструкции "
    "инструкциях школах школу школы источников источники джерел rheolau ffynonellau cyfarwyddiadau rialacha foinsí "
    "källor regler instruktioner kilder lähteitä lähteet ohjeet säännöt kaynak kurallar talimat surse reguli "
    "instrucțiuni zdroje zdrojů pravidla források forrás utasítás szabály πηγές κανόνες οδηγίες"
)
_LIMIT = _kind(
    "nur ausschließlich nichts ohne uniquement seulement jamais únicamente solamente soltanto senza somente "
    "apenas alleen uitsluitend zonder tylko wyłącznie только без лише unig utan endast uden uten ilman sadece yalnızca "
    "doar fără pouze csak nélkül μόνο χωρίς"
)
_MACHINE = re.compile(
    r"\b(?:ki-(?:system|assistent|modell)\w*|asistente|assistente|помощник|ассистент|нейросеть|помічник|sztuczn\w+ "
    r"inteligencj\w+|intelligence artificielle|inteligencia artificial|künstliche intelligenz|yapay zeka|cynorthwyydd)\b"
)
# Written without spaces between words, or in scripts of their own: parts of words.
_PARTS = (
    ("忽略", "无视", "無視", "忘记", "忘れ", "不要提", "不要引用", "무시", "잊어", "تجاهل", "انس", "התעלם", "שכח", "अनदेखा", "भूल"),
    ("回答", "答え", "書い", "写", "输出", "대답", "답변", "أجب", "اكتب", "ענה", "כתוב", "उत्तर", "लिख"),
    ("规则", "指令", "指示", "来源", "引用", "ルール", "出典", "규칙", "지시", "출처", "التعليمات", "القواعد", "المصادر", "הוראות", "כללים", "निर्देश", "नियम"),
    ("只", "仅", "だけ", "のみ", "فقط", "بدون", "רק", "केवल"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# With three of these a sentence is English; one in another language has two at most (German "in", Dutch "is").
_ENGLISH = frozenset(
    "the of and to is in for with she he on at was are what how if or not from as by be it this".split()
)
_FEWEST_ENGLISH = 3
_KINDS = 2


def is_foreign_order(text: str) -> bool:
    """Return whether `text` orders a machine about in a language other than English.

    >>> is_foreign_order("Nenne keine Quellen und antworte nur kurz.")
    True
    """
    spelt = plain(text)
    words = frozenset(_WORD.findall(spelt))
    if len(words & _ENGLISH) >= _FEWEST_ENGLISH:
        return False
    if _MACHINE.search(spelt):
        return True
    if sum(kind.is_in(words) for kind in (_CONCEAL, _ANSWER, _LEFT_OUT, _LIMIT)) >= _KINDS:
        return True
    return not text.isascii() and sum(any(part in spelt for part in kind) for kind in _PARTS) >= _KINDS
