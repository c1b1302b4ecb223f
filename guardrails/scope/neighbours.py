"""Word classes of what others than a knee patient's physiotherapist are asked: other clinicians, offices, stables.

Most such questions name a knee in passing ("on my knee list", "in for her knees anyway"), so the classes say what the
question wants, and one of them that the knee is only where the patient comes from. They join the signs of
``guardrails.scope.signs``; the patterns meet normalised text, shorthand spelt out.
"""

from __future__ import annotations

_KNEE = (
    r"(?:knees?|knee replacement\w*|tkrs?|tkas?|acls?|acl reconstruction\w*|aclrs?|osteoarthritis|oa|knee osteoarthritis|pfp|"
    r"patellofemoral pain|menisc\w+|patell\w+)"
)
_PLACE = (
    r"(?:list|class|classes|group|clinic|caseload|school|ward|bay|patient|patients|pt|pts|lady|man|woman|girl|lad|teenager|student|insomniac|"
    r"chap|footballer|work|kit|wait\w*|rota|pathway|sheet|notes|session)"
)

NEIGHBOURS: dict[str, str] = {
    "in passing": (
        rf"(?:on|in|from|at|of|to|for) (?:my|our|the) (?:\w+ ){{0,2}}{_KNEE} {_PLACE}|{_KNEE} {_PLACE}|"
        rf"(?:a|an|my|our) (?:\w+ ){{0,2}}{_KNEE} {_PLACE}|"
        r"(?:came|comes|in|here|see|seeing|see her|see him|seen|sees me|treating|treat|booked|lined up|knows? me) (?:\w+ ){0,3}"
        r"(?:for|about|with) (?:a|an|her|his|their|the) (?:\w+ ){0,2}(?:knees?|acl\w*|menisc\w*)|"
        r"(?:knee|knee scope|scope|knee op|acl|menisc\w+|mcl|knee replacement|total knee\w*) (?:\w+ ){0,3}(?:next|in|last|back in) "
        r"(?:(?:19|20)\d\d|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|week|month|year)|"
        r"also (?:on|has|under|mentions?|got|oa|knee)|by the way|btw|incidentally|anyway|not a complaint|noted|patient of mine|"
        r"knees? (?:\w+ ){0,3}(?:spared|level|fine|clear|stable|ok|okay|good|well|no trouble|no issues?|not a complaint|settled|bruised)|"
        r"no knee (?:trouble|problems?|pain)|(?:knee|ligament|graft) fine|going well|doing well|all good"
    ),
    "ailment": (
        r"ecg|heart block|pr interval|palpitation\w*|atrial|fibrillation|af|bp|blood pressure|hypertens\w*|murmur|psa|tsh|thyroid|hb|haemoglobin|"
        r"ferritin|transfus\w*|egfr|creatinine|cockcroft|ckd|kidney\w*|dialysis|hyponatr\w*|sodium|potassium|glucose|hba1c|sliding scale|hypo|"
        r"fundoscop\w*|retin\w+|cataract\w*|glaucoma|eyesight|vision|ophthalm\w*|hearing|deaf|tinnitus|smell|taste|nose ?bleed\w*|sinus\w*|"
        r"hoarse\w*|voice|cough\w*|haemoptysis|sputum|wheez\w*|asthma\w*|peak flow|chest (?:infection|clinic|x-?ray)|pneumoni\w*|copd|oxygen|"
        r"anaphyla\w*|allerg\w*|hay ?fever|adrenaline|alcohol|drinker|units a week|ciwa|withdrawal|smok\w+|vap\w+|confus\w+|delirium|"
        r"ovar\w+|uter\w+|smear|gynae\w*|endometrio\w*|fibroids?|midwi\w+|breech|labour|antenatal|caesarean|breast\w*|lump in|mastitis|"
        r"hot flush\w*|menopaus\w*|contracept\w*|microgynon|the pill|hrt|periods?|prostat\w*|erectile|urin\w+|uti|catheter\w*|bladder|bowels?|"
        r"constipat\w*|diarrh\w*|stools?|nausea|vomit\w*|reflux|heartburn|gastric|ulcers?|liver|hepat\w*|gallstone\w*|coeliac|ibs|crohns?|"
        r"rash\w*|eczema|hives|acne|mole|melanoma|shingles|vaccin\w*|jabs?|headache\w*|migraine\w*|seizure\w*|epilep\w*|dementia|memory|tremor\w*|"
        r"shak(?:e|es|ing|y)|essential tremor|depress\w+|low mood|phq\w*|gad\w*|talking therap\w*|counsell\w*|cbt|psycholog\w*|psychiat\w*|suicid\w*|ptsd|"
        r"insomnia\w*|apnoea|snor\w+|gastrectomy|bariatric|calories|dietiti\w*|nutritionist|thickened|dysphag\w*|swallow\w*|speech therap\w*|"
        r"mrsa|swab|decoloni\w*|isolation|infection control|norovirus|covid|clips|staples|stitches out|dressings?|wound care|shower\w*|"
        r"cellulitis|venous|lymph\w*|varicos\w*|toenail\w*|verruca\w*|corns?|fung\w+|athletes foot|nails?|anaem\w+|leuk\w+|chemo\w*|"
        r"bloods|x-?ray report|admit|refer (?:to )?(?:cardio|gastro|neuro|derm|ent)\w*|stress incontinence|lyme|malaria|hiv|"
        r"scabies|lice|conjunctiv\w*|stye|earwax|ear|tonsil\w*|dental|dentist|tooth\w*|gums?|amputated toe|burn|burns|scald\w*|frostbite|"
        r"thalass\w*|sickle|porphyria|addison\w*|cushing\w*|pituitary|adhd|autis\w*|tics?|tourette\w*"
    ),
    "colleague": (
        r"(?:how (?:does|do|would) (?:a|the) )?surgeons? (?:cut|do|choose|decide|use|put|drill)|scalpel|saw|saws|burr|suture anchors?|anchors?|transosseous|"
        r"pull-?out|bone cement|cement\w*|uncemented|tourniquet|tibial slope|posterior stabili[sz]ed|cruciate retaining|which implant|implant brand|tunnel "
        r"(?:placement|position|angle)|femoral tunnel|interference screw|robot\w*|navigation|bearing|"
        r"spinal or general|general or spinal|an[ae]+sthe\w+|asa grade|nerve block (?:dose|volume)|prosthetist\w*|trim line|socket|radiograph\w*s? (?:report|view|position)\w*|"
        r"report phrase|grade to write|which x-?ray view|kv|mas|midwife|dietitian|social work\w*|carers allowance|attendance allowance|"
        r"benefits?|pip form|dvla|dla|housing|occupational therap\w*|podiatr\w*|nurse|nursing|pharmac\w*|optici\w*|chaplain|"
        r"psycholog\w*|speech and language|salt|health visitor|school nurse|paramedic\w*|ambulance|triage|receptionist\w*|coroner|safeguarding"
    ),
    "desk": (
        r"tender|bid|bids|commissioner\w*|franchis\w*|equity|subscription\w*|start-?up|investors?|business\w*|forecast|rent|rents|renting|landlord|lease|"
        r"vat|hmrc|tax\w*|accountant|sole trader|limited company|invoic\w*|charge|charging|price|prices|pricing|per cent of my|income|salary|pension\w*|"
        r"indemn\w*|insur\w*|cqc|hcpc|csp|ico|data sharing|gdpr|clauses?|contracts?|agreement|sue|suing|claim|claims|compensation|negligen\w*|solicitor\w*|"
        r"court|witness|politic\w*|votes?|voting|rejoin|eu|elections?|minister|secretary|union|strikes?|striking|immigra\w*|government|budget|"
        r"party|policy|onboarding|induction|checklist|sickness|maternity leave|annual leave|minutes|meeting|agenda|bullet points?|bullets|slides?|"
        r"presentations?|powerpoint|speaker notes|in-?service|posters?|abstract|word limit|\d+ words|words or less|references? for|supporting statement|"
        r"job|jobs|application|cover letter|interview\w*|portfolio|reflective|gibbs|dissertation|thesis|spss|t-?test|anova|sample size|p value for my|excel|"
        r"formula|macro|spreadsheet|column|password|login|log ?in|portal|reset|printer|wi-?fi|laptop|outlook|teams|zoom link|podcast\w*|youtube channel|name ideas|"
        r"names? for|slogan|strapline|logo|brand\w*|blog\w*|newsletter|instagram|tiktok|facebook|hashtags?|tweet|caption|website|seo|advert\w*|flyer|leaflet design|"
        r"card|verse|song|sing|joke|jokes|poem|limerick|haiku|rap|story|crossword|quiz|riddle|flash ?cards?|viva|mark my|mark this|out of ten|essay|apa|harvard|"
        r"homework|assignment|coursework|exam|exams|revision|mnemonic|critique|plagiaris\w*|origin of the word|etymolog\w*|who named|reword\w*|rephras\w*|"
        r"proofread\w*|polish|shorten|less blunt|translat\w*|into (?:polish|spanish|urdu|french|punjabi|romanian|arabic|welsh|portuguese|bengali|german|italian)|"
        r"draft|compose|apology|apologi[sz]e|complaint|letter|e-?mail|text message|headed paper|summari[sz]e (?:this|my)|soap notes?|"
        r"options appraisal|costs|parking|audit|kpis?|rota|roster|staffing|locum|appraisal|grievance|disciplin\w*|notice period|"
        r"who wins|six nations|world cup|premier league|score|birthday|present|film|recipe|cook\w*|weather|holiday|good morning|good evening|how are you|hello|hi there|"
        r"thanks|thank you|cheers|what are you|who made you|are you (?:a|an|human|real)|favourite|horoscope|bitcoin|lottery|capital of|watch for|recommend a (?:running )?watch|"
        r"car|wedding|baby names?|dating|divorce|netflix"
    ),
    "creature": (
        r"(?<!dog )(?:dogs?|pupp\w+|greyhounds?|labradors?|spaniel with|cats?|kittens?|horses?(?! riding)|pon(?:y|ies)|mare|gelding|foal|cow|cows|bovine|sheep|lamb|goat|"
        r"rabbit|zoo|lion|tiger|elephant|parrot|hen|pigs?|ferret)(?! (?:walk\w*|owner|lead|rid\w*|nurse))|veterin\w*|stifle|hock|cage rest|racing in"
    ),
    "layman": (
        r"not a (?:physio\w*|clinician|medic|professional)|im (?:a |an )?(?:pe teacher|teacher|plumber|runner|builder|driver|mum|dad|nurse myself|her (?:dad|mum)|his (?:dad|mum))|"
        r"i am (?:a |an )?(?:pe teacher|teacher|plumber|runner|builder|driver|mum|dad|her (?:dad|mum)|his (?:dad|mum))|i squat|i deadlift|i twisted|i hurt|"
        r"pain when i|when i (?:kneel|run|walk|squat|climb|bend|go|get)|am i (?:too|ok|okay|allowed|going)|my (?:mri|scan|x-?ray|coach|surgeon|gp|doctor)|"
        r"mine (?:has|is|hurts|clicks|swells|on|was)|twisted mine|do mine|hurt mine|both did|me and my|been told i|told i need|waiting list|quicker hospital|anyone know|"
        r"wife here|husband here|mum here|dad here|bought a|off amazon|which way up|before the flight|to (?:spain|tenerife|cyprus|france)|ice or heat|"
        r"clicks normal|normal\?|pls|plz|lol|what does that mean for me|should i|can i (?:still|run|fly|drive|play|sue|go|do|have|get)|do i need|"
        r"i dont want to|im \d+ and|i am \d+ and|my consultant|they said i"
    ),
    "third person": (
        r"(?:his|her|their|patients|pts) (?:\w+ )?(?:wife|husband|dad|father|mum|mother|son|daughter|brother|sister|gran|nan|grandmother|grandfather|partner|friend|owner|carer|"
        r"baby|neighbour|boss|teacher)"
    ),
}
