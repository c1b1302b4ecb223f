"""What an order to a language model looks like in English: tables of patterns, each with what is said of it.

They speak of the answer, its sources, its rules or of a machine; a clinician's orders to a patient do none of it.
"""

from __future__ import annotations

import re

# --- what stands apart from sentences: markup and labels by which a text passes for another speaker's
_LABEL = (
    r"(?:SYSTEM|ASSISTANT|Assistant|DEVELOPER|Developer|USER|TOOL|OPERATOR|(?:AI|LLM|BOT)[ _-]?[A-Za-z]{0,12}|"
    r"(?:[Ss]ystem|[Aa]ssistant|[Dd]eveloper|[Oo]perator|AI|LLM) (?:note|message|prompt|override|instructions?|notice|update))"
)
STRUCTURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a hidden comment", re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)),
    (
        "a hidden element",
        re.compile(r"<[a-z]+\b[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)[^<>]*>[^<]*", re.IGNORECASE),
    ),
    (
        "a message of another role",
        re.compile(
            r'\{?\s*["\']role["\']\s*:\s*["\'](?:system|developer|assistant|tool)["\']\s*,\s*["\']content["\']\s*:\s*'
            r'"(?:[^"\\]|\\.)*"\s*\}?,?|\{\s*["\']role["\']\s*:\s*["\']user["\']\s*,\s*["\']content["\']\s*:\s*"?'
        ),
    ),
    (
        "a message of another role",
        re.compile(
            r"</?\|?/?(?:im_start|im_end|system|assistant|user|developer|endoftext|end_of_turn|start_of_turn|passages?|"
            r"context|documents?|instructions?|evidence|prompt|tool(?:_call|_result)?)\b[^<>]{0,80}\|?>|"
            r"\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>|###\s*(?:system|instructions?|assistant|response)\b:?",
            re.IGNORECASE,
        ),
    ),
    ("a message of another role", re.compile(rf"(?:^|(?<=\n))[ \t>*#-]*{_LABEL}\s*:[^\n]*")),
    ("a false end of the text", re.compile(r"(?<![-=*#])[-=*#]{3,80}\s{0,3}(?:END|BEGIN|START)\b[^\n]{0,60}?[-=*#]{3,80}")),
    (
        "a setting of a machine",
        re.compile(
            r"(?:^|(?<=\n))[ \t-]*(?:citations?|cite|sources?|references?|safety_?\w*|guardrails?)\s*[:=]\s*"
            r"['\"]?(?:off|none|false|disabled)\b[^\n]*",
            re.IGNORECASE,
        ),
    ),
    ("a template", re.compile(r"\{\{[^{}]{1,60}\}\}|\$\{[^{}]{1,60}\}")),
    ("an image from outside", re.compile(r"!\[[^\]]*\]\([^)\s]*//[^)]*\)|<img\b[^>]*>", re.IGNORECASE)),
)  # fmt: skip

# --- orders, in English
_DROP = (
    r"(?:ignore|disregard|forget|override|overrule|bypass|(?<!foot )drop|skip|omit|delete|erase|remove|strip|suppress|withhold|hide|"
    r"leave out|leave off|leave aside|switch off|turn off|disable|set aside|dispense with|"
    r"(?:do not|dont|don't|never|no need to|stop) (?:follow|obey|apply|use|mention|cite|citing|give|giving|show|reveal|quote|"
    r"include|add|list|provide|bother with|worry about))"
)
_OF_RULES = r"(?:instructions?|prompts?|rules?|guidelines?|guardrails?|directives?|programming|policies|policy|system messages?)"
_OF_PROOF = (
    r"(?:citations?|cites|references?|reference list|sources?(?! of\b)|footnotes?|caveats?|disclaimers?|warnings?|hedg\w+|"
    r"bibliography|safety (?:screen\w*|checks?|notices?|filters?|rules?|advice)|(?:red[- ]flag|safety) (?:screen\w*|section|notice))"
)
_SIDE = r"(?:views?|schools?|sides?|camps?|halves|half|positions?|viewpoints?|perspectives?|sections?|stuff|article|party line)"
_SAYING = (
    r"(?:print|output|emit|echo|repeat|repeating|recite|paste|display|reveal|show|disclose|share|dump|quote|return|write out|"
    r"write down|list|type out|give me|tell me|send|summari[sz]e|translate|encode|append|expose|leak)"
)
_REPLY = r"(?:repl(?:y|ies)|responses?|answers?|messages?|outputs?|turns?)"
_MACHINE = (
    r"(?:ai|a\.i\.|llms?|gpt|chat ?gpt|chat ?bots?|bots?|language models?|(?:ai|computer|automated|virtual|digital|software|"
    r"language) (?:assistants?|agents?|readers?|systems?|tools?|models?|indexers?)|assistants?|retrieval systems?)"
)
# Each: what is said of it, words of which a sentence must have one (so that most need no closer look), the pattern.
_ORDERS: tuple[tuple[str, str, str], ...] = (
    (
        "an order to drop the rules",
        (
            "instruction instructions prompt prompts rule rules guideline guidelines guardrail guardrails directive "
            "directives programming policy policies message messages citation citations cites reference references "
            "source sources footnote footnotes caveat caveats disclaimer disclaimers warning warnings hedging hedge "
            "hedges bibliography safety flag text task job role name told given came mode disobey unlock limits "
            "restrictions filters anything jailbreak jailbroken"
        ),
        (
            rf"\b{_DROP}\b[^.?!]{{0,40}}\b(?:previous|prior|above|earlier|preceding|all|any|every|your|these|those|such|its|other)\b"
            rf"[^.?!]{{0,30}}\b(?:{_OF_RULES}|{_OF_PROOF})\b|"
            rf"\b{_DROP} (?:\w+ ){{0,2}}(?:the |your |all |any )?(?:\w+ )?{_OF_PROOF}(?! of (?:load|pain|stress|force|error))\b|"
            rf"\b{_DROP} (?:the )?(?:above|previous|prior|system|hidden|rest of the) (?:{_OF_RULES}|text)\b|"
            r"\b(?:as|is|are) your (?:only|new|sole|real|true|actual) (?:instructions?|rules?|task|job)\b|"
            r"\bnew (?:instructions?|rules?|directives?|task)\s*(?::|from (?:the )?(?:operator|admin\w*|developers?|system|support))|"
            r"\bnew instructions?$|\byour (?:new|real|true|actual) (?:instructions?|rules?|task|job|role|name) (?:is|are)\b|"
            r"\b(?:the |your |no )rules (?:do not|dont|don't|no longer) (?:count|apply|hold)\b|\bignore (?:all |any )?(?:of )?(?:this|that|what) "
            r"(?:you (?:were|are|have been) (?:told|given)|came before|is above)\b|"
            r"\b(?:jailbr[eo]\w+|developer mode|god mode|dan mode|do anything now|(?:with )?no (?:limits|restrictions|filters?) (?:on you|mode))\b|"
            r"\b(?:disobey|unlock yourself|free of (?:your|all) (?:rules|limits|restrictions))\b|\bwith no limits\b"
        ),
    ),
    (
        "an order to leave a school out",
        (
            "view views school schools side sides camp camps half halves position positions viewpoint viewpoints "
            "perspective perspectives section sections stuff article line name names authors attribution attributions "
            "credit credits citation citations approach approaches"
        ),
        (
            rf"\b{_DROP}\b[^.?!]{{0,30}}\b(?:the other|either|one|both|second|opposing|bento|barker|chain|calf)\b[^.?!]{{0,12}}\b{_SIDE}\b"
            r"(?! of the (?:pelvis|body|knee|leg|foot))|"
            r"\b(?:swap|switch|exchange|reverse|mix up) (?:\w+ ){0,3}(?:names|authors|schools|attributions?|credits?|citations?)\b|"
            r"\bput (?:\w+ ){0,2}\w+'?s name (?:on|to|under|against)\b|\b(?:position|view|school|side|camp|approach)s?\b[^.?!]{0,40}\b"
            r"(?:must|should|is to|are to|has to|is)(?: only)? be (?:left out|omitted|hidden|dropped|suppressed|withheld|the only one)\b|"
            r"\bthe only (?:one|view|school|position) to be (?:reported|shown|given|cited|mentioned|presented)\b|"
            r"\bdo not show (?:the )?[\w-]+ (?:view|school|side|position)\b"
        ),
    ),
    (
        "an order on how to answer",
        (
            "answer answers answered answering reply replies respond responds response responses output outputs speak "
            "write message messages turn turns citation citations reference references sources footnotes phrase word "
            "words sentence string token signature slogan motto markers numbers fact verbatim qualification caveat "
            "caveats reader readers user users colleagues whoever anyone asker comment knowledge library apologise "
            "apologize obey comply print them say"
        ),
        (
            r"\b(?:answer|respond|reply|output|speak|write)(?: me| back)? (?:only|solely|exclusively) (?:with|from|in|as|using|by|yes|no|what|the|that)\b|"
            r"\b(?:answer|respond|reply)\w*\b[^.?!]{0,20}\b(?:uncited|without (?:any )?(?:citations?|references?|sources?|caveats?|hedg\w+))\b|"
            r"\bno (?:sources|citations|references|footnotes)\b|"
            rf"\b(?:end|begin|start|open|close|finish|sign off|preface|precede|prefix|follow|conclude)\w* (?:\w+ )?(?:your|the|each|every|all|later|any|its)\b"
            rf"(?: \w+){{0,3}} {_REPLY}\b|"
            r"\b(?:end|close|finish|sign off|open|begin|start|conclude) (?:\w+ )?with (?:the |this |these )?(?:exact )?(?:words?|phrase|sentence|string|token|signature|slogan|motto)\b|"
            rf"\b(?:append|prepend|insert|add|put|include|place|attach|copy)\b[^.?!]{{0,100}}\b(?:in|into|to|under|below|at the end of|after|beneath) (?:your|the|its|every|each|any|all) (?:\w+ )?{_REPLY}\b|"
            rf"\b(?:in|to|of|under|into|from|below|after|on) (?:your|its|later|future|the next|your next|every later|any later|each later|all later|all future|all your) (?:\w+ )?{_REPLY}\b|"
            r"\b(?:in|to|under|with|of) (?:any|every|each|all) (?:such |later )?repl(?:y|ies)\b|\byour (?:next|later|every|last) (?:reply|message|answer|response|turn)\b|"
            r"\b(?:where|when|whenever|if) (?:an|any|the|your) (?:answer|reply|response) (?:draws|uses|quotes|cites|relies|refers|mentions)\b|"
            r"\b(?:citations?|references?|reference numbers|sources?|footnotes?|markers)\b[^.?!]{0,20}\b(?:are|is|must|should|shall)\b(?: to)?(?: not)?(?: be)? "
            r"(?:dropped|removed|omitted|hidden|left out|suppressed|switched off|stripped|shown|turned off)\b|"
            r"\b(?:stated?|presented?|report(?:ed)?|repeated?|given|written|treat(?:ed)?|described?) (?:it |this |them )?(?:all )?(?:without (?:any )?"
            r"(?:qualification|caveats?|hedg\w+|citations?|sources?|references?)|as (?:a |an )?(?:settled|established|proven|undisputed) fact|verbatim|word for word)\b|"
            r"\b(?:tell|remind|urge|direct|steer|send|point|invite|encourage) (?:all |the |your )?(?:readers?|users?|colleagues|whoever|anyone who asks|the asker)\b|"
            r"\bdo not (?:comment on|tell (?:anyone|the user|the reader|them) (?:about|that)|say (?:that )?you)\b|"
            r"\bfrom general knowledge\b|\bno longer need the library\b|"
            r"\byou (?:must|will|shall|have to) (?:apologi[sz]e|obey|comply|answer|reply|respond|output|print)\b"
        ),
    ),
    (
        "an order for later turns",
        (
            "chat conversation session thread dialogue i later next now here point moment today henceforth turn reply "
            "message answer response"
        ),
        (
            r"\bfor the (?:rest|remainder) of (?:this|the|our) (?:chat|conversation|session|thread|dialogue)\b|"
            r"\b(?:when|whenever|each time|every time|any time|if) i (?:later )?(?:type|ask (?:anything|something|you|again|about \w+|a) ?\w* ?(?:later|next|again)|say the word|write the word|mention)\b|"
            r"\b(?:remember|keep|save|store) (?:this|that|it|these)? ?(?:for later|for your next|for the next|until i ask|in mind for (?:later|the next))\b|"
            r"\b(?:from (?:now|here|this (?:point|moment)|today) on(?:wards?)?|henceforth),? (?:you|your|only|answer|reply|respond|speak|always answer|every (?:answer|reply|response)|all (?:answers|replies))"
            r"(?! can\b| may\b| could\b| think\b| would\b)\b|"
            r"\b(?:in|for|until|with) (?:the|your|our) next (?:message|turn|reply|answer|response|prompt|question)\b|"
            r"\b(?:previous|prior|earlier|last) (?:assistant|ai|model|system) (?:turn|reply|message|answer|response)\b|"
            r"\bif i disagree with you\b"
        ),
    ),
    (
        "a role to play",
        (
            "you pretend role roleplay step character persona act speak talk respond reply answer write behave game "
            "fiction ai llm model imagine"
        ),
        (
            r"\byou(?: are|'re|re| will be| become)? (?:now |no longer |actually |really )*(?:an? |the )?(?:uncensored |unrestricted |helpful )?(?:ai\b(?! )|ai (?:assistant|that|which|model)|assistant|language model|chat ?bot|bot)\b|"
            r"\byou(?: are|'re|re) (?:called|named|playing|in character)\b|(?<!\bi )\bpretend (?:to be|you|that you)\b|\b(?:lets|let's|please|you|now) role[- ]?play\b|\brole[- ]?play(?:ing)? as\b|\b(?:stay|remain|keep|speak|answer) in (?:character|role|persona)\b|"
            r"\b(?:never|do not|don't) (?:(?:break|leave) (?:character|role|the role)|step out of (?:character|role|it|the role))\b|"
            r"^(?:please |now |so |ok )?(?:act|speak|talk|respond|reply|answer|write|behave) as (?:an? |the |my |if you|though you)|"
            r"\b(?:please|now|and|must|will|you) (?:act|speak|talk|respond|reply|answer|behave) as (?:an? |the |my |if you|though you)|"
            r"\b(?:let'?s|lets|we will|we'll) play (?:a|the|another) (?:little |quick )?game\b|\b(?:only|just|purely) (?:a )?fiction\b|"
            r"\b(?:as|to) (?:an?|the) (?:ai|llm|language model)\b(?! (?:tool|app|system|camera|software|based|score))|"
            r"\bimagine (?:that )?you (?:have no|are (?:an?|not bound|free))\b"
        ),
    ),
    (
        "a wish for the machine's own rules",
        "prompt prompts instructions rules configuration guardrails message directives text words lines content",
        (
            rf"\b{_SAYING}\b[^.?!]{{0,50}}\b(?:your|its|the assistant's|assistant's|hidden|system|initial|original|secret|internal) (?:\w+ ){{0,2}}"
            r"(?:prompts?|instructions|rules|configuration|guardrails|system message|directives)\b|"
            rf"\b{_SAYING}\b[^.?!]{{0,60}}\b(?:the|whole|full|entire) (?:\w+ )?(?:text|words|lines|content|message|instructions) (?:you (?:were|are|have been) given|above|before|that precede)\b|"
            rf"\b(?:full|complete|whole|entire|hidden|initial|system|original|developer) (?:system )?prompts?\b|\bsystem (?:prompt|message)\b|\bhidden (?:rules|instructions?|prompts?)\b|"
            r"\b(?:my|your) (?:rules|instructions) (?:are|read|say)\b|\brules as follows\b|\b(?:words|lines) of your (?:instructions|prompt|rules)\b|"
            r"\bwhat (?:are|were) your (?:\w+ )?(?:instructions|rules|prompts?)\b"
        ),
    ),
    (
        "words to a machine",
        (
            "ai llm llms gpt chatgpt chatbot chatbots chat bot bots language model models assistant assistants agent "
            "agents system systems tool tools software machine machines program programs retrieval reader readers "
            "prompt prompts hide add remove force append show drop disable citation citations cite source sources "
            "reference references safety guardrail guardrails filter filters school schools"
        ),
        (
            rf"\b(?:dear|attention|hello|hey|note (?:to|for)|notes? (?:to|for)|message (?:to|for)|instructions? (?:to|for)|to (?:any|all|every)|any|every|all) (?:the |all |any |every )?{_MACHINE}\b"
            r"(?! (?:practitioner|staff|on duty|in the|who|is|are not))|"
            r"\b(?:automated|computer|virtual|digital) assistants?\b|"
            r"(?<!physio )(?<!physiotherapy )(?<!therapy )(?<!healthcare )(?<!rehab )(?<!clinical )(?<!technical )(?<!research )(?<!my )\bassistants?\b[^.?!]{0,60}"
            rf"\b(?:(?:its|the|their) {_REPLY}|(?:must|should|may|is|are|will|shall)(?: \w+)? (?:not|never|no longer|only|always) (?:\w+ )?(?:reply|answer|respond|cite|mention|reveal|soften|"
            r"compare|report|state|say|tell|advise|recommend|disclose|quote|claim|warn|offer|name)|(?:is|are) (?:told|instructed|programmed) (?:never|not|always|to (?:say|tell|answer|reply|cite|ignore|hide))|"
            r"(?:must|should|will) (?:reply|answer|respond|print|output|append|reveal|cite|obey|follow (?:this|these)))\b|"
            r"\b(?:software|machines?|systems|tools?|bots?|programs?|models?|agents?) (?:that (?:reads?|parses?|index(?:es)?)|reading|parsing|processing|indexing|ingesting) (?:this|these|the (?:file|page|document|text|passage))\b|"
            r"\b\w*(?:assistant|system|prompt|model|agent|ai)_(?:overrides?|prompts?|notes?|rules|settings|instructions?|messages?|config)\b|"
            r"\b(?:hide|add|remove|force|append|show|drop|disable)_\w+\s*[:=]|\b(?:citations?|cite|sources?|references?|safety_?\w*|guardrails?|filters?|schools?)\s*[=:]\s*(?:['\"]?(?:off|none|false|no|0|disabled)\b|\[)"
        ),
    ),
    (
        "an order on how to answer",
        (
            "insole insoles brand diploma masterclass app programme book podcast shop promote advertise plug endorse push "
            "sign reply answer respond replies answers poem haiku limerick acrostic rhyme capitals emoji emojis word words phrase code "
            "sentence slogan link hashtag signature sponsor sponsored partner product course newsletter voucher discount paragraph "
            "language french german spanish welsh pirate accent tone footer header summary line"
        ),
        (
            r"\b(?:reply|answer|respond|write (?:it|everything|all)|speak|put it|say it) (?:\w+ )?(?:in|as|like) (?:a |an |the )?(?:\w+ )?"
            r"(?:poem|haiku|limerick|acrostic|rhymes?|capitals?|capital letters|upper case|emojis?|french|german|spanish|italian|welsh|polish|"
            r"latin|pirate|accent|code block|json|yaml|one word|single word)\b|"
            r"\b(?:include|use|work in|slip in|weave in|drop in|sneak in|insert|mention|add|repeat|quote|contain) (?:in )?(?:the |this |that |these |our )?(?:exact |following |secret |magic )?"
            r"(?:words?|phrase|code ?word|sentence|slogan|motto|hashtag|discount code|voucher|promo\w*|affiliate link|link below|token|string)\b|"
            r"\bsign (?:it |the answer |your reply )?(?:off )?(?:as (?:dr|doctor|mr|mrs|coach|prof\w*|captain|sister|nurse)|with the name)\b|"
            r"\b(?:begin|start|open|end|finish|close|conclude|preface) (?:\w+ ){0,2}(?:sentence|paragraph|line|section|answer|reply|response|summary) with\b|"
            r"\b(?:our sponsors?|on behalf of our (?:partner|sponsor)s?|affiliate)\b|"
            r"\b(?:promote|advertise|plug|endorse|push) (?:the |our |my |this )?(?:\w+ ){0,2}(?:course|product|brand|insoles?|diploma|masterclass|app|programme|book|podcast|shop|code)\b|"
            r"\bfirst letters? of (?:each|every)\b|\bspell(?:s|ing)? out\b[^.?!]{0,30}\b(?:first letters|line by line)\b"
        ),
    ),
    (
        "an order to credit or cite wrongly",
        (
            "credit credited attribute attributed ascribe cite citation citations reference references quote paper study trial source "
            "sources name names author authors school schools agree agrees retracted withdrawn position view views both one"
        ),
        (
            r"\b(?:credit|attribute|ascribe|assign|hand) (?:\w+ ){0,6}(?:to|with|as) (?:the )?(?:Barker|Bento|other (?:school|side|author|camp)|both (?:schools|authors|sides))\b|"
            r"\b(?:cite|quote|reference|name|list|give|show) (?:\w+ ){0,4}(?:as (?:the |its |your )?(?:source|reference|author|citation)|for (?:every|each|all) (?:claim|sentence|line|point)s?|instead of (?:the )?(?:\w+ )?(?:source|citation|reference|passage|author)s?)\b|"
            r"\b(?:invent|make up|fabricate|fake|forge|imagine|concoct) (?:\w+ ){0,3}(?:citations?|references?|stud(?:y|ies)|trials?|sources?|quotes?|papers?|numbers?|dois?|pmids?)\b|"
            r"\b(?:say|state|write|claim|report|tell \w+|pretend|imply|show|make it (?:look|sound|seem|read)) (?:that |as if |as though |like )?(?:both (?:schools|sides|authors|camps)|barker|bento|the (?:other|two) (?:schools?|sides?|authors?)) "
            r"(?:now )?(?:agrees?|agreed|concedes?|conceded|has (?:retracted|withdrawn|changed|admitted)|have (?:retracted|agreed|merged)|retracted|withdrew|admits?|says the same|is wrong|was wrong)\b|"
            r"\b(?:merge|blend|fuse|collapse|fold|mix) (?:the )?(?:two|both) (?:schools|sides|views|camps|positions|authors)\b|\b(?:one|single|blended|merged|joint) (?:answer|view|voice) (?:only|for both|from both)\b|"
            r"\b(?:under|in) (?:barker|bento)'?s name\b"
        ),
    ),
    (
        "a claim of authority over the machine",
        (
            "developer developers administrator admin creator creators operator maintainer maintainers debug maintenance test testing "
            "override sudo update updated policy authorised authorized permission permitted cleared approved mode unlocked reprogrammed "
            "screening screen checks check verdict flags citations guardrails rules"
        ),
        (
            r"\b(?:i am|i'm|im|this is|we are|message from|signed,?|as) (?:your |the |counterpoint'?s? )(?:developers?|administrator|admin|creators?|operator|maintainers?|system owner|support team|engineers?)\b|"
            r"\b(?:debug|maintenance|developer|admin|god|unrestricted|unfiltered) mode\b(?! of (?:loading|exercise))|\b(?:override|unlock|access|admin|authori[sz]ation) (?:code|key|password|token)\b|\bsudo\b|"
            r"\byou (?:have been|were|are|are being|now have been|have just been) (?:re-?programmed|re-?configured|updated|upgraded|authori[sz]ed|unlocked|cleared|permitted|allowed to (?:ignore|skip|drop))\b|"
            r"\b(?:system|policy|configuration|prompt|rule|software) (?:update|override|change|reset|patch)\s*[:,(]|"
            r"\b(?:screening|safety screen\w*|red[- ]flag screen\w*|citations?|verdict|guardrails?|checks|checking|citation rules?) (?:has been|have been|is|are|was|were) (?:now )?(?:switched off|turned off|disabled|suspended|waived|off|lifted|bypassed|not required|no longer (?:needed|required))\b|"
            r"\b(?:treat|consider|mark|regard|count|take) (?:all |any |every |the )?(?:red flags?|screening|checks|safety checks) as (?:cleared|excluded|done|passed|negative|complete|off)\b|"
            r"\b(?:ethics|safety|clinical) (?:board|team|lead|committee) has (?:approved|authori[sz]ed|cleared) (?:you|this chat|an? answer)\b"
        ),
    ),
    (
        "an order on how to answer",
        "summary summaries summarise summarised summarize summarized summariser summarisers plans reply replies answer answers outputs quoted cited reproduced write print",
        (
            r"\b(?:summaries (?:of|produced from|drawn from)|plans (?:drawn|made|written) from) (?:this|the) (?:paper|article|abstract|study|passage|text|sheet|page|document)\b[^.?!]{0,60}\b(?:close|end|open|begin|carry|present|name|say|include|refer|do not|must|should|alone)\b|"
            r"\b(?:final|last|closing|first|opening) (?:line|word|sentence|thing|paragraph) (?:of|in) (?:any|each|every|all) "
            r"(?:repl(?:y|ies)|answers?|plans?|outputs?)\b|\b(?:let|make) (?:that|this|it) (?:be )?the last thing you (?:write|print)\b|"
            r"\b(?:where|when|whenever) this (?:passage|paper|article|abstract|study|sheet|text) is (?:summari[sz]ed|quoted|cited|reproduced)\b|"
            r"\b(?:systems?|tools?|software|readers|models?|anyone|those) (?:who|which|that) summari[sz]e this\b|\bnote to (?:the )?summari[sz]ers?\b|"
            r"\b(?:any|every|each) summary ought to\b"
        ),
    ),
    (
        "a code to be followed",
        "rot base caesar hex morse decode decrypt decipher unscramble backward backwards",
        r"\b(?:rot-?13|base-?64|caesar cipher|hex (?:key|string|code|text)|morse)\b|\b(?:decode|decrypt|decipher|unscramble)\b(?: \w+){0,2} (?:and|then|it|this|the|before)\b|\bread (?:it|this|that|the next line) backwards?\b",
    ),
)  # fmt: skip
ENGLISH_ORDERS = tuple((sign, frozenset(words.split()), re.compile(p, re.IGNORECASE)) for sign, words, p in _ORDERS)
# With capitals as typed: a persona by name, a school not to be named, a password to be said.
NAMING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a role to play", re.compile(r"\b[Yy]ou(?: are|'re) (?:now )?(?:called )?(?:Dr |Mr |Mrs |Ms |Prof |Coach )?[A-Z][a-z]+(?:[A-Z]\w+)?\b")),
    (
        "an order to leave a school out",
        re.compile(r"\b(?:[Dd]o not|[Dd]on't|[Dd]ont|[Nn]ever|DO NOT|NEVER) (?:cite|mention|quote|name|credit|bring up) (?:either |the )?(?:[A-Z][a-z]{3,}|other (?:school|side|view|camp))\b"),
    ),
    (
        "an order on how to answer",
        re.compile(r"\b(?i:say|print|output|emit|shout|end with|finish with|reply with|respond with|reply|answer|type out)[:,]? ['\"\u201c\u2018]?[A-Z][A-Z0-9]{5,}\b"),
    ),
    ("an order to leave a school out", re.compile(r"\b(?i:forget|ignore|disregard|drop|erase) (?:Barker|Bento|[A-Z][a-z]+'s (?:view|school|side|article))\b")),
)  # fmt: skip
