"""The words that generated pages are made of."""

LEVELS = (
    "Foundations of", "Practical", "Advanced", "Everyday", "Certified", "Applied", "Modern", "Essential", "Hands-on",
    "Professional", "Intensive", "Introductory", "Confident", "Leading", "Mastering", "Evening", "Weekend",
    "Accredited", "Refresher", "Safe",
)  # fmt: skip
SUBJECTS = (
    "payroll accounting", "forklift driving", "sourdough baking", "pottery glazing", "beehive keeping", "crane rigging",
    "dental hygiene", "garden design", "watch repair", "stage lighting", "harbour pilotage", "horse grooming",
    "museum lettering", "bicycle mechanics", "roof thatching", "wine tasting", "rope access", "tax filing",
    "customs clearance", "aquarium care", "choir conducting", "hotel reception", "laser cutting", "tunnel ventilation",
    "piano tuning", "bread milling", "cheese maturing", "fire marshalling", "asbestos surveying", "drone surveying",
    "warehouse picking", "school catering", "boiler servicing", "contract drafting", "grant writing", "stone carving",
    "sign language", "web accessibility", "database tuning", "incident handling", "speech coaching", "knife sharpening",
    "timber framing", "solar fitting", "lift inspection", "weather forecasting", "sail mending", "paper conservation",
    "puppet making", "tyre changing",
)  # fmt: skip
SETTINGS = (
    "", "for Hospitals", "for Schools", "for Small Shops", "for Councils", "for Charities", "for Airports",
    "for Shipyards", "for Hotels", "for Festivals", "for Farms", "for Laboratories", "for Museums", "for Theatres",
    "for Insurers", "for Banks", "for Kitchens", "for Railways", "for Foresters", "for Broadcasters",
)  # fmt: skip
VENDORS = ("harbour-board", "north-guild", "craft-council", "open-academy", "trade-house")
PEOPLE = (
    "team leaders", "apprentices in their second year", "owners of small firms", "volunteers", "site managers",
    "people returning to work", "technicians", "safety officers", "buyers and planners", "self-employed traders",
    "supervisors of night shifts", "newly appointed heads of department", "office staff", "auditors", "trainers",
)  # fmt: skip
THINGS = (
    "the daily plan", "a fault report", "the log book", "a risk sheet", "the order of work", "a cost estimate",
    "the tool store", "a handover", "the inspection list", "a client brief", "the waste figures", "a season's stock",
)  # fmt: skip
LEADS = (
    "A course on {subject} that starts from {thing} and ends with a plan of your own.",
    "Learn {subject} the way {who} use it at work, with a trainer who still does the job.",
    "Everything {who} need to begin with {subject}, tried out on real cases.",
    "{subject} looks simple until {thing} goes wrong; this class shows what to do then.",
)
LENGTHS = (
    "The class takes {number} days.", "It is held over {number} days.", "A {number}-day class.",
    "Plan {number} half-days for it.", "It runs for {number} weeks, one evening a week.",
)  # fmt: skip
AUDIENCES = (
    "The class is meant for {who} who deal with {subject}:",
    "Who should come to learn {subject}:",
    "We made this for people who answer for {thing}, among them:",
)
PREREQUISITES = (
    "None.", "No previous experience of {subject} is needed.",
    "You should have worked with {subject} for at least a year.",
    "Participants should have read the house rules and know how {thing} is kept.",
    "At least six months of experience as one of the {who} is expected.",
)  # fmt: skip
OBJECTIVES = (
    "Explain what {subject} is for, and what it is not", "Keep {thing} so that others can read it",
    "Spot the three usual mistakes before they cost money", "Set up {thing} for a new site",
    "Speak with {who} about what they need", "Judge when {subject} should be left to a specialist",
    "Plan a week of {subject} with the people at hand", "Check {thing} in under ten minutes",
    "Write down what was decided, and why", "Put a stop to work that is not safe",
    "Train {who} in the first steps of {subject}", "Compare two suppliers fairly",
)  # fmt: skip
TOPICS = (
    "Tools for {subject}", "Rules and records", "{thing} step by step", "Working with {who}", "Costs and waste",
    "Common faults in {subject}", "Planning a season", "Safety on site", "Handing over", "A case from last year",
    "Reading drawings and tables", "Talking to clients", "Quality checks", "What the law asks",
)  # fmt: skip
MARKS = (
    "The {code} exam is passed with at least {mark}%.",
    "You pass the {code} assessment with a score of {mark}% or more.",
    "A minimum passing score of {mark}% is required for the {code} certificate.",
    "To earn the {code} certificate you need {mark} per cent in the final test.",
)  # fmt: skip
RETAKES = (
    "Who tries within {days} days of receiving the password and stays below {mark}% gets a second attempt at no cost.",
    "If you take the test within {days} days of the class and do not pass, one further attempt is free.",
    "A second attempt is free for those who make the first within {days} days after the class.",
)
CREDITS = ("Attending earns {pdus} PDUs.", "You can claim {pdus} PDUs for taking part.")
NO_EXAM = (
    "There is no assessment for this class; everyone receives a certificate of attendance.",
    "No exam is taken. You leave with a certificate of attendance.",
)
FORMATS = (
    "Live online in small groups, with the camera on.", "In person at our workshop, from nine to four.",
    "Taught live online; the last session is held on site.", "Self-paced with two live meetings.",
)  # fmt: skip
HEADINGS = ("How we work", "What you take home", "Why it matters", "Before you come", "The trainers", "A typical day")
SENTENCES = (
    "Most of the time goes into practice, and {thing} is passed around until everyone has held it.",
    "The trainer has worked in {subject} for years and brings cases that did not end well.",
    "Groups stay small, so that {who} can ask what they would not ask in a hall.",
    "After every exercise we look at what happened to {thing} and what it would have cost.",
    "Nobody is asked to speak in front of the class who does not want to.",
    "What you write during the course is yours, {thing} included.",
    "Many who come are {who}, and most of them come back with a colleague.",
    "A short film shows {subject} as it was done a hundred years ago, and what of it is still true.",
    "Rules change; we send a page whenever one that concerns {subject} does.",
    "You will hear from {who} who did it another way and were glad of it.",
    "Breaks are long enough for a walk, and lunch is simple.",
    "The material is printed, because {thing} is easier to follow on paper.",
    "We keep a list of good tools for {subject} and take no money for naming them.",
    "In the last hour each person plans the first steps for {thing} back at work.",
    "If something stays unclear, the trainer answers letters for a month.",
    "It helps to bring an example of {thing} from your own place of work.",
)
