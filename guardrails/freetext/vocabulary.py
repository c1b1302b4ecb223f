"""The words that need no passage, and the pairs of which a claim must keep the one that its passage has (decision 18)."""

from __future__ import annotations

# Words that carry no finding of their own.
GENERIC = frozenset(
    """
    a an the this that these those it its itself they them their theirs themselves he she him her his hers we our us you your i
    one ones who whom whose which what when where why how there here
    is are was were be been being am do does did done doing has have had having will would shall should can could may might must
    of in on at to from by for with within into onto upon over under up out off about around across through during between among
    amongst after before since until till once while whilst whereas as if so such because since than then thus hence therefore
    and or but nor yet too also both either neither each every any some all most many much few several other others another
    against versus vs v compared compare compares comparison comparing relative according regarding concerning towards toward per
    e.g i.e eg ie etc namely including include includes included among like unlike
    very quite rather fairly just even still already again ever further furthermore moreover however although though despite
    well indeed actually clearly notably particularly especially mainly largely primarily generally overall typically usually
    often sometimes commonly frequently respectively approximately roughly nearly almost about around overall
    report reports reported reporting state states stated say says said note notes noted observe observed observes found find
    finds finding findings result results show shows showed shown suggest suggests suggested indicate indicates indicated
    demonstrate demonstrated demonstrates reveal revealed reveals describe describes described mention mentions mentioned record
    recorded document documented conclude concludes concluded conclusion argue argues argued hold holds held claim claims claimed
    think thinks thought believe believes believed view views viewed opinion regard regards regarded consider considers considered
    see sees saw seen look looked looks point points pointed call calls called name names named term termed put puts give gives
    gave given provide provides provided offer offers offered make makes made making take takes took taken taking get gets got
    use uses used using keep keeps kept bring brings brought come comes came go goes went turn turned turns become becomes became
    remain remains remained stay stays stayed appear appears appeared seem seems seemed tend tends tended
    study studies trial trials research researcher researchers author authors paper papers article articles work works evidence
    data literature review reviews analysis analyses meta-analysis meta investigation investigators experiment team dataset
    source sources passage publication published text cohort survey record
    patient patients people person persons participant participants individual individuals subject subjects those someone somebody
    anybody anyone everyone everybody case cases client clients population sample group groups arm arms
    clinician clinicians therapist therapists physio physios physiotherapist physiotherapists practitioner practitioners
    thing things way ways kind kinds type types sort sorts form forms part parts role aspect area areas matter matters
    number numbers amount level levels degree degrees percent percentage proportion share rate figure figures total average mean
    median range value values interval confidence ci sd score scores unit units
    second seconds minute minutes hour hours day days daily week weeks weekly month months monthly year years yearly fortnight
    time times period periods duration baseline point follow follow-up followup later earlier ago end start beginning
    first last next same new current currently recent recently previously previous past initial initially final finally
    side sides similarly alike
    overall certain possible possibly potentially potential likely unlikely probable probably perhaps maybe
    able available based set sets apply applies applied relation terms way respect account basis context setting
    experience experienced undergo undergoing underwent undertook undertake receive received receiving complete completed
    perform performed performs carried conduct conducted enrolled recruited randomised randomized allocated assigned enrol
    significant significantly statistically clinically clinical meaningful meaningfully marked markedly substantially considerably
    slight slightly small large modest moderate considerable substantial notable
    whether what whatever whichever wherever whenever otherwise instead rather only
    want wants wanted need needs needed seek seeks help helps helped helping let lets allow allows allowed
    involve involves involved involving feature features featured focus focused focusing approach approaches
    reason reasons explain explains explained explanation understand understood idea ideas argument message
    question questions ask asks asked answer answers
    he she they nobody nothing none no not never without cannot
    own having been across alongside together plus extra additional additionally added adding add adds
    produce produces produced producing yield yields yielded try tries tried trying attempt attempts attempted attempting outcome outcomes
    himself herself grants grant granted concedes concede conceded allows admits admit admitted accepts accept accepted acknowledges
    acknowledged insists insisted maintains maintained emphasises emphasised emphasizes recognises recognised adds
    combined combining combination combine detect detects detected detecting reserve reserves reserved registered registration registers
    enter entered began whatever reach reached reaches reaching manage manages managed managing achieve achieved achieves achieving
    demonstrating displayed display displays exhibited exhibit exhibits presented present presents contain contained contains
    continue continues continued continuing proceed served serve serves belong belongs belonged
    expect expected expects deliver delivered delivers delivering pursue pursued prompt prompted
    count counts counted tally estimate estimates estimated estimating calculated calculate rated rates rating judge judged judges
    describing documenting list lists listed listing cites cited quote quoted mentioned
    leave leaves left leaving drawn draw draws accordingly meanwhile conversely contrast equally
    specifically exactly precisely merely purely nevertheless nonetheless likewise respectively together
    good great best chiefly bit little lot lots
    choose chosen choosing choice option options prefer preferred
    write writes wrote wording phrase phrases according line lines
    issue issues problem problems face faces faced
    suitable appropriate relevant important importance value valuable worth worthwhile useful
    feel feels felt feeling perceive perceived
    beforehand afterwards afterward thereafter subsequently subsequent following
    age ages go_with goes_with went_with
    contend contends contended assert asserts asserted
    close_to close_by nearer_to near_to as_close_as prefers preferring
    wk wks yr yrs mo hr hrs min mins sec secs sex sexes
    simply diseased disease diseases condition conditions on_top_of moreover
    main key major minor central common commonest frequent general particular specific
    know knows known knowing aware remember
    actual real really truly true exist exists existed existing
    summary short brief briefly sum
    followed follows discuss discusses discussed trouble troubles title titled naming nearest enough beyond example examples suits suit tell tells told
    finish finished finishes ended ends ending keeping near nearer nearby stage stages aside far down thus decade goes light-touch
    hence kind-of somewhat handful bunch several multiple numerous various different differing whoever
    s t re ve ll d m n p
    """.split()
)

# Pairs of which a claim must keep the one that its passage has; each side of a pair may be several words.
OPPOSITES = """
woman / man
straight / bend
seated / standing
eccentric / concentric
isometric / isotonic
abduction / adduction
front / back_of
inner / outer
forefoot / rearfoot
heavy / light
slow / speed
old / young
adult / adolescent child
novice experienced / professional
open / closed
internal / external
proximal / distal
upper / lower
left / right
supine / prone
acute / chronic
short_term / long_term
before / after
above / below
supervised / home
safe / complication
normal / abnormal
flat / decline
hip / thigh
early / delay
""".strip()
