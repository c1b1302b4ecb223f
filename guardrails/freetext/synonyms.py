"""The words that mean the same when a free sentence is compared with a passage.

One group a line, the words of a phrase joined by an underscore. Words of a group are taken as one idea; nothing here says
which way something went (``signs``), how sure it is (``hedges``) or how much. The groups were written from the library's
own vocabulary and from common rewordings (decision 18).
"""

from __future__ import annotations

# One idea a line; the first word names it.
GROUPS = """
light low lighter
deficit deficits shortfall shortfalls short
bloodflow blood_flow_restriction bfr cuff cuffs cuffed blood_flow
exercise exercises exercising training train trained trains programme program programmes programs rehab rehabilitation rehabilitate rehabilitated drill drills workout regimen regime regimens protocol protocols therapy therapies physiotherapy treatment treatments treat treated intervention interventions session sessions course plan routine routines work practice physical_therapy practise practising
strength strong stronger weak weaker weakness weaknesses strengthening strengthen strengthened strengthens strengths
pain pains painful sore soreness ache aching aches hurt hurts hurting discomfort symptom symptoms tender tenderness symptomatic
function functional functioning functions disability ability
injury injuries injured injure hurt
operation operations operated surgery surgeries surgical surgically procedure procedures operative surgeon surgeons operate
reconstruction reconstructed reconstructions
tear tears torn rupture ruptures ruptured
return returned returning returns came_back come_back comes_back coming_back went_back go_back resume resumed resuming recurrence recur recurred recurring recurrent relapse relapses relapsed redislocation redislocated reappear reappears starting_over
runner runners running run runs jog jogging jogger joggers ran
walk walking walks walked walker gait
jump jumping jumps jumped jumper hop hops hopping leap
squat squats squatting squatted
woman women female females girl girls
man men male males boy boys
child children kid kids paediatric pediatric youngster youngsters
adolescent adolescents teenager teenagers teenage teen teens adolescence
young younger youth youths youngster
old older elderly aged ageing senior seniors
adult adults
athlete athletes athletic sportspeople sportsperson player players competitor competitors
sport sports sporting
healthy uninjured asymptomatic symptom_free pain_free painless painfree unaffected
cadaver cadavers cadaveric
simulation simulations simulated model modelled modelling modeled models computer_model musculoskeletal_model simulate
laboratory lab
recruit recruits military soldier soldiers army cadet cadets service_members
orthosis orthoses orthotic orthotics insole insoles insert inserts
tape taping taped tapes
kneecap patella patellar kneecaps patellas
thigh quadriceps quads quad knee_extensor knee_extensors
glute glutes gluteal gluteals gluteus buttock
calf calves triceps_surae plantar_flexor plantar_flexors plantarflexor plantarflexors plantarflexion plantar_flexion
gastrocnemius gastroc gastrocs
hamstring hamstrings
thighbone femur femoral
shin tibia tibial shinbone
hip hips
trunk core torso
knee knees
ankle ankles
foot feet
leg legs limb limbs lower_limb lower_limbs lower_body
muscle muscles muscular musculature
tendon tendons tendinous tendinopathy tendinopathies
joint joints articular
cartilage chondral
bone bones bony osseous
ligament ligaments ligamentous
nerve nerves neural
clot clots thrombosis thrombotic thromboembolism
bend bends bending bent flex flexes flexed flexing flexion flexor flexors
straight straighten straightens straightened straightening extend extends extended extending extension extensor extensors
abduction abductor abductors abduct
adduction adductor adductors adduct
rotation rotator rotators rotate rotational
heel_rise heel_rises heel_raise heel_raises calf_raise calf_raises raise_on_toes
isolated isolation isolate isolating isolates alone only solely by_itself on_its_own on_their_own single lone singly sole stand_alone standalone
chain chains kinetic_chain
whole entire entirely full complete fully whole_body
load loads loading loaded stress stresses stressed force forces demand demands
overload overloads overloaded overloading overwork overworked overworking working_too_hard work_too_hard works_too_hard overwork
underwork underworking underworked underactive underperform underperforming not_doing_its_job
heavy heavier heavily
sets set
repetition repetitions rep reps
maximum max maximal maximally one_rep_max 1rm rm
dose doses dosage dosing volume prescription prescribed prescribe
posture position positions positioned positioning postures stance
task tasks activity activities activity
daily everyday day_to_day daily_life daily_living
life living lives
movement movements motion motions move moves moving moved kinematics mechanics biomechanics biomechanical
pattern patterns
assess retest retested tested_again reassess assessment assessments assessed assessing examine examination examined evaluate evaluated evaluation test tests tested testing measure measured measurement measurements measures screen screening screened check checked work_up
diagnose diagnosis diagnosed diagnoses diagnostic
scan scans scanned imaging image images mri ultrasound x_ray xray radiograph radiographs radiographic radiographically
swelling swollen effusion oedema edema
stiff stiffness stiffer
loose looser laxity lax instability unstable
dislocation dislocations dislocated dislocate
osteoarthritis arthritis arthritic oa
infection infected septic sepsis
recover recovered recovery recovers recovering regain regained regains regaining heal healed healing
success successful successfully succeed succeeded
satisfaction satisfied satisfying
outcome outcomes endpoint endpoints
benefit benefits benefited beneficial advantage gain gains
effect effects effective effectively effectiveness efficacy impact works
risk risks odds likelihood chance chances hazard probability
predict predicts predicted predictor predictors predictive precede preceded precedes preceding came_before come_before prospectively forerunner foretold
associate associated association associations linked link links went_with go_with goes_with going_with correlate correlated correlation relate related relation relationship tied tie ties tracked track hand_in_hand correlates accompanied accompany connection connected
cause causes caused causing causal root culprit source_of_pain responsible blame blamed blaming
support supports supported supporting supportive back backs backed backing favour favours favoured endorse endorsed endorses
recommend recommends recommended recommendation recommendations advise advises advised advice advising counsel recommending urge urges
guideline guidelines guidance
expert experts specialist specialists
education educate educated educational information informed explain teaching taught teach
supervised supervision supervise
home home_based
usual standard traditional conventional ordinary customary typical routine
conservative nonoperative non_operative nonsurgical non_surgical without_surgery nonsurgically
quality_of_life
compliance adherence adhere adhered compliant attendance attended stick stuck sticking attend
placebo sham dummy
injection injections injected inject
steroid corticosteroid corticosteroids cortisone steroids
drug drugs medicine medicines medication medications
exposure exposed taking
old_age age aged ages
weight mass bodyweight body_weight
weight_bearing weightbearing bear_weight bearing_weight
electrical_stimulation stimulation stimulated nmes stimulating electrostimulation
activation active activity activate activated activates emg electromyography electromyographic electrical_activity
contraction contractions contract contracts contracting contracted
isometric isometrics isometrically
eccentric eccentrics eccentrically
concentric concentrically
isotonic isotonics
seated sitting sit sat seat
standing stand stood
stretch stretching stretches stretched
flexibility flexible
balance balancing
step_rate cadence step_frequency steps_per_minute stride_rate
step_down step_downs stepping_down
forefoot front_of_the_foot
rearfoot heel_strike heel_striking
shoe shoes footwear trainers
graft grafts grafted autograft
dorsiflexion
bodyweights body_weights
speed fast faster quick quickly rapid rapidly speedy velocity pace
slow slower slowly slowing slowed
distance mileage miles volume_of_running
front anterior anteriorly
back_of posterior posteriorly behind rear
inner medial medially inside
outer lateral laterally outside
propulsion propulsive push_off push_offs toe_off pushing_off
landing land landings lands landed
energy
absorb absorbs absorbed absorption absorbing
growth grow grows grew growing grown hypertrophy size enlarge enlarged enlargement bulk
wasting atrophy wasted atrophied
fear_avoidance fear fearful fear_of_movement kinesiophobia
belief beliefs believe
insomnia sleep sleeping sleeplessness awake
obese overweight
lose loses lost losing loss
consensus agreement agree agrees agreed agreeing concur
disagree disagreement
certainty certain confidence confident quality sure
low_quality poor_quality weak_evidence
limited scant scarce sparse thin lacking insufficient few
uncertain uncertainty unclear unknown unsure doubt doubts doubtful
conflicting inconsistent mixed contradictory
reliable reliability reliably repeatable repeatability reproducible reproducibility
accurate accuracy accurately
sensitivity sensitive
specificity specific
threshold cut_off cutoff cutoffs
norm norms normal reference
short_term shortterm immediate immediately at_once straight_after straight_away instant instantly on_the_spot directly right_away soon
long_term longterm lasting lasted last lasts sustained maintained persistent persist persisted persisting durable enduring kept_up hold_up
acute acutely
chronic longstanding long_standing persistent
temporary transient passing short_lived brief briefly fade fades faded gone vanished disappeared worn_off wore_off
flare flares flare_up flare_ups flared
complication complications adverse side_effect side_effects harm harms harmful harmed damage damages damaged damaging
safe safely safety
fail fails failed failure failures
referral refer referred refers
urgent urgently emergency emergencies
fracture fractures fractured broken
emergency_department emergency_departments accident_and_emergency
hospital hospitals centre centres clinic clinics
dysfunction dysfunctional faulty bad poor poorly
purpose purposes job jobs
online internet
client clients
graduate graduates
social_media
popular popularity
wall
pelvis pelvic
control controls controlled controlling govern governs governed governing neuromuscular_control steady steadies steadying stabilise stabilises stability stabilize stabilizes stable stabilising
act acts acted acting
cross crosses crossing span spans
attach attaches attached originate originates origin
overlap overlaps overlapped overlapping
take_over takes_over took_over compensate compensates compensation compensating compensated compensatory make_up_for take_up_the_slack step_in
lift lifting lifts
drive drives driven driving
efficient efficiently efficiency
resilient resilience robust
perform performance
generate generates generated
require requires required needing necessary
progress progressive progressively progression progressed progressing graded gradual gradually stepwise
reintroduce rebuild rebuilt rebuilding restart
comfort comfortable tolerable tolerated tolerance tolerate
combine combined combination combining together added_to alongside on_top_of
vary varies varied variation variable variability differing
explanation explanations
design designed designing
instruction instructions cue cues cued
maximum_load one_repetition_maximum
power powerful
torque moment moments
tension tense
rest rested resting
avoid avoids avoided avoiding skip skipping
stop stops stopped stopping quit
begin begins began begun beginning start starts started starting onset initiate initiated commence commenced
shorten shortens shortened shorter
sprint sprinting
stair stairs
kneel kneeling
meniscus meniscal
meniscectomy
degenerative degeneration
replacement arthroplasty
locked locking lock
detect detects detected detecting caught catch catches pick_up picked_up identify identified identifies identifying
occur occurs occurred happen happens happened arise arises arose
describe
inflammation inflammatory inflamed
restriction restricted restrict
rate_of_injury
professional professionals elite
recreational amateur hobby leisure
novice novices beginner beginners new_to first_time untrained inexperienced
experienced seasoned well_trained
sedentary inactive
football footballer footballers soccer
basketball
volleyball
skill
attention attended attend focus external_focus attending
change changes changed changing alter alters altered altering alteration modify modifies modified modification modifications
justify justifies justified warrant warrants warranted
locate located locates lie lies lying lay situated sited sit
separate separates separated distinguish distinguishes distinguished tell_apart told_apart discriminate discriminates set_apart
shape shapes shaped
meet meets met meeting satisfy satisfies fulfil fulfils fulfilled
reject rejects rejected dispute disputes disputed object objects objected challenge challenges challenged question
wide broad widely broadly
tailor tailored tailors individualise individualised individually bespoke customised custom personalised adapted
motivational motivation
cost costs costly expensive
pattern patterns
lengthen extending_from extend_from extending_a extend_a lengthened prolong prolonged stretched_out
accelerate accelerated accelerating
delay delayed delays late
early earlier sooner
share portion
peak maximum highest greatest largest biggest strongest
angle angles
depth deep deeper deeply
height high tall
visit visits
group class classes category
criterion criteria
reproduce reproduced reproduces provoke provoked provokes bring_on brought_on elicit elicited
close_to close_by nearer_to near_to as_close_as
exclude excluded excludes rule_out ruled_out ruling_out
x_ray xrays
""".strip()

NAMES = frozenset(line.split()[0] for line in GROUPS.splitlines())
