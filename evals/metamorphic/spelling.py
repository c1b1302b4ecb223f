"""British and American words of a clinic: spelling first, and the few words that are others altogether."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BOTH_WAYS = """
anaemia anemia · anaemic anemic · anaesthesia anesthesia · anaesthetic anesthetic · apnoea apnea · caesarean cesarean ·
centre center · centred centered · centimetre centimeter · centimetres centimeters · counselling counseling ·
diarrhoea diarrhea · dyspnoea dyspnea · fibre fiber · fibres fibers · foetal fetal · gynaecological gynecological ·
haemarthrosis hemarthrosis · haematoma hematoma · haemophilia hemophilia · haemorrhage hemorrhage ·
haemoglobin hemoglobin · ischaemia ischemia · ischaemic ischemic · kilometre kilometer · kilometres kilometers ·
leukaemia leukemia · litre liter · litres liters · manoeuvre maneuver · manoeuvres maneuvers · metre meter ·
metres meters · millimetre millimeter · millimetres millimeters · mum mom · oedema edema · oedematous edematous ·
oesophageal esophageal · oestrogen estrogen · orthopaedic orthopedic · orthopaedics orthopedics ·
paediatric pediatric · paediatrics pediatrics · paraesthesia paresthesia · paraesthesiae paresthesias ·
plough plow · pretence pretense · sceptical skeptical · programme program · programmes programs · pyjamas pajamas ·
theatre theater · tumour tumor · tumours tumors · ageing aging · grey gray · judgement judgment ·
travelled traveled · travelling traveling · cancelled canceled · labelled labeled · modelling modeling ·
skilful skillful · behaviour behavior · behaviours behaviors · colour color · colours colors ·
discolouration discoloration · favour favor · favours favors · favouring favoring · favoured favored ·
favourite favorite · flavour flavor · harbour harbor · honour honor · humour humor · labour labor ·
neighbour neighbor · odour odor · rigour rigor · rigours rigors · rumour rumor · vapour vapor · vigour vigor ·
analyse analyze · analysed analyzed · analysing analyzing · catalyse catalyze · paralysed paralyzed ·
physiotherapist physical_therapist · physiotherapists physical_therapists · physiotherapy physical_therapy ·
trainers sneakers
"""
# The American word of these is another one of its own, or is written in Britain too.
_ONE_WAY = """
practise practice · practising practicing · practised practiced · enrol enroll · fulfil fulfill · kerb curb ·
licence license · mould mold · tonne ton · tyre tire · tyres tires · learnt learned · burnt burned · spelt spelled ·
leant leaned · leapt leaped · whilst while · fortnight two_weeks · physio physical_therapy ·
physios physical_therapists · knackered exhausted
"""
# Verbs in -ise, and their nouns in -isation.
_STEMS = """
apolog catastroph categor central character emphas familiar final formal general hospital ideal immobil individual maxim
memor minim mobil neutral normal optim organ personal priorit random real recogn scrutin special stabil standard summar
symbol synchron util visual
"""
_VERB_ENDINGS = ("e", "es", "ed", "ing", "er", "ation")


def _pairs(table: str) -> dict[str, str]:
    entries = (entry.split() for entry in table.split("·"))
    return {british: american.replace("_", " ") for british, american in entries}


_SAME_WORD = _pairs(_BOTH_WAYS) | {f"{s}is{end}": f"{s}iz{end}" for s in _STEMS.split() for end in _VERB_ENDINGS}
AMERICAN = _SAME_WORD | _pairs(_ONE_WAY)
"""The American word for each British one."""
BRITISH = {american: british for british, american in _SAME_WORD.items()}
"""The British word for each American one."""


def respelt(text: str) -> str | None:
    """Return `text` in American words where it has British ones, else the other way; None where it has neither.

    >>> respelt("Pitting oedema, knee stabilised")
    'Pitting edema, knee stabilized'
    >>> respelt("Is the edema a problem?")
    'Is the oedema a problem?'
    >>> respelt("Calf first?") is None
    True
    """
    versions = (_replaced(text, table) for table in (AMERICAN, BRITISH))
    return next((changed for changed in versions if changed != text), None)


def _replaced(text: str, table: Mapping[str, str]) -> str:
    longest_first = sorted(table, key=lambda w: (-len(w), w))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    return pattern.sub(lambda m: _cased(table[m.group().lower()], m.group()), text)


def _cased(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word
