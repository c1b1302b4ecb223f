"""Capitals that are no patient: tests and diseases named after people, researchers, brands, places, the clinic's words."""

from __future__ import annotations

from guardrails.identifiers.words import word_set

RESEARCHERS = {"Rathleff": "Michael", "Esculier": "Jean", "Alfredson": "Hakan", "Gray": "Gary"}
"""First names by the surnames of researchers whom a question may name with a title; the schools' own come with the library."""

EPONYMS = word_set(
    # tests and signs
    "thompson thompsons thomson simmonds thessaly lachman lachmans mcmurray mcmurrays apley apleys ober obers noble thomas ely elys clarke clarkes "
    "homan homans wells ottawa pittsburgh matles silfverskiold trendelenburg romberg steinman steinmann wilson hughston lelli renne "
    "galeazzi craig craigs slocum losee macintosh bassett fairbank fairbanks zohlen waldron ege childress merke payr bohler krueger anderson finochietto "
    "bragard faber fadir patrick laseque lasegue slump tinel phalen buerger buergers hoffmann babinski faddir allis drehmann kaltenborn gerber stutter sage duncan duncans "
    # diseases, lesions, anatomy
    "osgood osgoods schlatter schlatters slatter sinding larsen larson johansson baker bakers hoffa hoffas achilles perthes blount blounts segond gerdy gerdys kager kagers "
    "pellegrini stieda sudeck sudecks sever severs ewing ewings paget pagets charcot marfan marfans ehlers danlos morton mortons haglund haglunds legg calve "
    "salter harris kellgren lawrence outerbridge schatzker weber tscherne gustilo wrisberg humphrey hunter hunters parkinson parkinsons crohn crohns raynaud raynauds "
    "reiter sjogren behcet fabella ahlback rosenberg merchant laurin insall salvati caton deschamps blackburne peel dejour wiberg blumensaat "
    "fulkerson maquet elmslie trillat roux goldthwait hauser lemaire macintosh ilizarov taylor koch langer baumann volkmann virchow crohn still lyme "
    # scores and scales
    "kujala tegner lysholm beighton brighton cincinnati oxford borg likert tanner tampa harris womac orebro noyes lequesne hopkins barthel wong tinetti bournemouth "
    # methods and exercises
    "nordic nordics copenhagen spanish bulgarian romanian russian norwegian danish turkish swiss alfredson silbernagel stanish curwin kongsgaard maitland mulligan mckenzie mcconnell kinesio "
    "cyriax pilates alexander feldenkrais bobath jendrassik jefferson pallof peterson petersen poliquin zercher cossack kaatsu delorme oxford tabata fartlek graston vojta cuban jm sorensen "
    "mcgill travell simons butler elvey sahrmann janda kendall perfetti blackburn wilk starling nirschl "
    # regions and centres that name a protocol
    "aspetar delaware melbourne multicenter ottawa cincinnati vail steadman hss hopkins moon kanon cochrane delphi dutch gothenburg trobe"
)
"""Folded names of tests, diseases, scores and methods; with an age behind it even Thomas is a patient."""

SURNAMED = word_set(
    "gray baker thompson thomson thomas wilson noble clarke lawrence harris hunter wells anderson craig duncan patrick taylor smith peterson petersen petersen mckenzie "
    "butler alexander jefferson larsen larson johansson simmonds barker bento maitland mulligan morton simons kendall blackburn hopkins tanner berry merchant "
    "peel weber koch baumann hauser humphrey blount gerber sever wilk mcconnell mcmurray macintosh still paget salter bassett craig lyon stanish russell"
)
"""Eponyms that are common surnames too: they go on with a name that has begun ("Sarah Baker")."""

AUTHORS = word_set(
    "marx giles natri tyson peters gray lunsford perry barker bento rathleff esculier crossley barton collins willy davis souza noehren witvrouw malliaras cook purdam rio ebonie docking cowan vicenzino hodges hewett "
    "myer grindem snyder mackler risberg ardern webster culvenor lack neal ganderton glasgow holmich thorborg hinman bennell roos lohmander englund frobell filbay whittaker "
    "maclachlan zwerver brumann khan maffulli gabbett bahr ekstrand orchard askling opar bourne timmins magnusson kjaer kubo arampatzis bohm baar lorenz reiman magee "
    "pisters smith-bindman thorlund sihvonen beard katz moseley kise bolgla boling natri piva loudon fulkerson dye arendt dejour noyes shelbourne wilk escamilla "
    "butler moseley osullivan lehman goom greaves gibbon bunzli caneiro mitchell lewis littlewood hartvigsen hurley fransen messier skou zeng bannuru kolasinski logerstedt dixit "
    "nielsen hott holden winters selfe callaghan dierks heiderscheit napier vannatta ferber de-oliveira-silva lankhorst middelkoop bierma heintjes nijs"
)
"""Surnames under which the field's papers are quoted; spared where nothing but the surname says that a person is meant."""

_BRANDS = word_set(
    "voltarol voltaren nurofen panadol advil tylenol aleve calpol movelat solpadol zapain tramacet lyrica neurontin synvisc durolane ostenil euflexxa supartz monovisc kenalog depo medrol depomedrone "
    "clexane fragmin innohep lovenox eliquis xarelto coumadin pradaxa apixaban rivaroxaban warfarin naproxen ibuprofen diclofenac celecoxib etoricoxib meloxicam omeprazole lansoprazole paracetamol codeine "
    "tramadol gabapentin pregabalin amitriptyline duloxetine ciprofloxacin levofloxacin methotrexate sulfasalazine humira enbrel prednisolone colchicine allopurinol amlodipine atorvastatin simvastatin statin "
    "metformin ozempic wegovy mounjaro botox fosamax alendronate denosumab prolia adcal evorel microgynon rigevidon cerazette mirena depo roaccutane "
    "garmin strava zwift peloton fitbit polar suunto whoop coros apple android biodex cybex humac kincom kistler vald forceframe nordbord forcedecks hawkin axit myjump optojump dartfish kinovea "
    "theraband thera kinesio leukotape rocktape tubigrip cryocuff gameready compex normatec theragun hypervolt bosu swissball airex foamroller trx kaatsu delfi occlude airbands concept keiser technogym "
    "hoka brooks asics saucony nike adidas altra vibram birkenstock crocs newton salomon merrell superfeet vasyli formthotics donjoy ossur bauerfeind breg bledsoe townsend zimmer stryker depuy biomet "
    "attune triathlon persona nexgen oxford journey mako rosa velys parkrun crossfit hyrox zumba bodypump bodybalance les mills spartan ironman tough mudder couch orangetheory f45 vitality nuffield bupa axa "
    "google zoom teams whatsapp instagram youtube tiktok facebook twitter chatgpt systmone emis rio physitrack rehabmypatient physiotec salaso hep medbridge netflix "
    "nice knGF kngf aaos jospt bjsm cochrane pedro cinahl pubmed escape vista csp hcpc nhs acpsm msk bdsm rcot gla nsaid covid pfizer moderna lime rice police peace love "
    "tai chi qigong ramadan eid diwali christmas easter hajj lent hogmanay halloween"
)
MAKERS = word_set("hoka brooks asics saucony nike adidas altra newton salomon merrell vans garmin zimmer stryker depuy")
"""Makers behind whose name a capital is a model: Hoka Clifton."""
_PLACES = word_set(
    "england scotland wales ireland britain europe africa asia america london dublin belfast edinburgh glasgow cardiff manchester liverpool leeds sheffield bristol "
    "birmingham nottingham newcastle sunderland boston berlin tokyo chicago york paris madrid barcelona milan rome sydney melbourne auckland brisbane perth adelaide "
    "toronto montreal vancouver amsterdam rotterdam brussels vienna zurich geneva oslo stockholm helsinki copenhagen lisbon athens dubai doha mumbai delhi england's "
    "wimbledon twickenham murrayfield croke anfield wembley arsenal chelsea everton tottenham spurs villa united city rovers celtic rangers albion hotspur lakers bulls "
    "marathon pennine highland highlands highlander brecon snowdon snowdonia kilimanjaro camino everest lakeland cotswold pembrokeshire cornwall devon kent essex sussex surrey norfolk suffolk"
)
_TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter fall"
)

CLINIC = _TIMES | word_set(
    # what may begin a line or stand in a heading with a capital
    "a about active activity acute add adductor adl after afternoon age aged ages ago all allied allergies allergy already also although always am amputee an and ankle any anterior anyone anything anyway apart approx are arm around arthritis arthrogram "
    "arthroscopy arthroplasty as asked asking assess assessed assessment at athlete away awful back bad balance ball band bands baseball basketball bed been before being below best better between bike bilat bilateral biopsy haem haematology rheum ortho neuro cardio vascular derm endo gastro resp paeds gynae onc oncology urology micro path histo opd miu influencer podcaster youtuber blogger bit bloods bone both boy brace "
    "braced brief bruise bruising but by calf calves came can cannot cant capacity cardio case castle catching cause center centre chain change check child children choice chronic class clicking client clinic clinical club coach cold colleague college "
    "comes comments complains compression concerns confirmed consultant could county crepitus crutches current currently cycle cycling cyclist daily dad dancer dash date daughter day days dear deficit definitely degenerative denies department details diagnosed "
    "diagnosis did didn difficulty discharge discharged discussed dislocation distal do doctor does doesn doing don done down drug during each early easy eccentric educator effusion either elbow else emergency ended every everyone everything ex examination excellent exercise exercises "
    "exercising extension failed fairly family father feeling feels fell female film finally findings first fit five flat flexion follow following foot football footballer for former forty four fracture fractured free freezing frequent from full function further fwiw "
    "gait gave general gent gentleman getting girl given gives glute glutes go goal goals going golf good got grade gradual graft great gym had half hamstring hamstrings hand happy has have having he head heard heart heavy heel height hello help her here hi high his "
    "him hip hips his history home hop hospital hot house how however hurdles husband hx hydro i idea if im image images imaging important improved in increased increasing independent inflammation info initial initially injection injured injury instability insurance interested into irritable is isometric isometrics isn "
    "it its joint jumper jumpers jumping just keen keeps kind knee kneecap kneeling knees known lack lady large last lat late lately lateral latest left leg legs less let ligament light like likes limited limping line list literature little live lives load loaded loading local locking long looking loose "
    "lot lots low lower lunge lunges lying mad main male man management manager many massage maybe me meanwhile med medial medical meds medication meniscal meniscus mentor met middle mild mobile mobility moderate mom months month more morning most mother much mum muscle music my name nan nearly neck need needs negative nerve netball "
    "never new newly next night nights no nobody non none nonetheless normal normally not note notes nothing now number numb nurse obese obviously occasional occupation of off office often ok okay old older on once one ongoing only onset op open operated operation opinion or ortho orthopaedic orthopaedics osteopath other others otherwise our "
    "out outcome outpatient outpatients over overall overhead own padel pain painful pains paediatric parent partial partially past pat patella patellar patellofemoral patient patients people per perhaps persistent phase phone physical physio physiotherapist physiotherapists physiotherapy pivot plan plateau plateaued play player playing plays please plus pls podiatry pool poor "
    "popping positive possible possibly post posterior postop posture pre pregnant prehab presenting presents prev previous previously primary private prob probable probably problem problems procedure professional prognosis progress progressed progressing progression prone protocol proximal pt pts "
    "pulled push pushing quad quadriceps quads quali query question questions quick quite radiograph radiology range ranges rather re reactive really reason reassess recent recently recon reconstruction recovery recreational red reduced ref referral referred reg registrar regarding regards rehab rehabilitation repair repeat report reported reports request requested required resisted rest result results "
    "resume retired return returned returning review reviewed revision right role rom rugby rule ruled run runner runners running runs said same saw saying says scan scanned scans scar school score sec second seen sees self senior sensation severe shall sharp she shin short should shoulder shoulders show showed shows side sided sign signs since single sir sister sit "
    "six sketchy skin sleep slight slightly slow small so soccer social some someone something sometimes somewhat son sore soreness soleus specialist spinal spine splint sport sporting sports sprain sprained sprinter squat squats squatting stable staff stage stairs standing start started starting status step steps stiff stiffness still stop stopped straight strain strained strength stress "
    "stretch stretches strong struggles struggling student students sub such sudden suggest super supine supposed sure surgeon surgery surgical suspect suspected swelling swells swim swimmer swimming swollen symptoms take taken taking talk tape taping target teacher team teen teenage teenager telehealth ten tender tenderness tendinopathy tendon tendons tennis test tested testing tests than thanks thank that the their them then therapist therapists therapy there these they thigh thing think "
    "third this those though three through tibia tibial tight tightness till time times tired to today together told tomorrow tonight too top tore torn total toward towards track traction trainer training transfer trauma treated treating treatment triage trial tried tries tripped trying turn twenty twice twist twisted two type typical ultrasound unable under underwent unit unless unsure until unwell up update "
    "upper urgent use used useful uses using usual usually vague valgus varus versus very via visit walk walked walker walking walks want wanted wanting wants ward warm was wasn waiting weak weakness wear week weekend weekly weeks weight well went were what whats when whenever where whereas whether which while who whole whose why wife wind with within without woman women wonder wondering won word work worked worker working works "
    "worries worry worse worst would wound wrist wrong xray year years yes yesterday yet yoga young younger your yours youth patientname surname forename firstname dob nok hosp eircode postcode zip code cheers kindly many regds rgds sincerely faithfully wishes best warm kr bw love sent signed attn fao cc nb ps pps fyi "
    "band mentor lead mcsp fcp gp physios hcpc bsc msc phd ot rn md frcs mbbs dpt pta msk aep occupation age sex gender problem prob diagnosis hx pmh dh sh referral reason mechanism moi complaint presenting pc hpc address tel email mobile nhs mrn chi male female he she they them his hers theirs "
    "mr mrs ms mx dr drs prof rev revd capt sgt cllr lt col maj pvt pte cpl "
    # abbreviations
    "acl aclr acld pcl mcl lcl plc mpfl tkr tka ukr uka thr tha hto pfp pfps pfj pfjp akp koa oa ra sifk itb itbs itbfs slhr slr sls rdl vmo rom arom prom lsi rpe rir bfr hsr nmes lop mri ct us usg pop dvt pe crp esr wbc bp hr bmi bpm rr koos visa ikdc lefs akps womac vas nrs nprs tug sts cpm prp eswt gtn nsaid "
    "bptb btb hs let atfl ifp pvns ocd oats aci mat mua poc pmhx aao a&e ed gp ent copd ihd af htn t2dm t1dm hiv msk mdt aep sem fai ddh scfe sufe osd slj sljd jia kl rtw rtp rts cks dld dka dka hep tke sl dl wb nwb pwb fwb ttwb wbat ffd rt lt bil uk usa eu atm asap tbc tba tbh imo imho nb eg ie vs etc adl qol loc tbi sci crps cecs mtss ptt peroneal nkda "
    "knees-over-toes anticoag postpartum antenatal menopausal smoker diabetic athletics gymnast gymnastics handball hockey lacrosse cricket cricketer judo karate boxing boxer climber climbing skier skiing snowboard snowboarder surfer ultra triathlete triathlon camogie hurling hurler gaelic gaa futsal parkour ballet dancing trampolining weightlifter powerlifter rower rowing"
)
"""Folded words of a clinic's notes that are nobody's name, though they may be written with a capital."""

NAMES_TOO = word_set("may june april august summer autumn pat major master bishop")
"""Of these, the ones that are a name behind a title: Miss May."""

SPARED = EPONYMS | AUTHORS | _BRANDS | _PLACES
"""All folded words that are not a patient by themselves."""

_NOUNS = (
    "test tests sign signs cyst cysts disease syndrome fracture fractures lesion tubercle fat pad ligament criteria rule rules classification score scores scale index angle view ratio line nerve tendon fragment triangle "
    "grade grading compression grind manoeuvre maneuver manoeuver tendinopathy"
)
NAMED_AFTER = word_set(_NOUNS)
"""What is named after a person, also with "'s" between: Baker's cyst."""

NAMED_BY = NAMED_AFTER | word_set(
    "et al protocol protocols method methods technique trial trials study studies paper papers review reviews consensus guideline guidelines guide model programme program programmes taping glide glides mobilisation mobilisations mobs concept approach principle principles "
    "marathon united city fc games way league cup open park hospital university clinic questionnaire group data cohort machine article book podcast course"
)

"""What is called by the name of its maker without "'s": Kongsgaard protocol, London Marathon."""

NAMED_FOR = word_set(
    "exercise exercises squat squats curl curls raise raises plank planks drop drops eccentric eccentrics loading regime regimen tape lever brace shoes shoe trainers deadlift adductor hamstring split hip"
)
"""What a maker's name stands before too, and a person as well: "Nordic curls", "Sarah squats"."""
