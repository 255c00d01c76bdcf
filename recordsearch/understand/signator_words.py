"""Words by which titles, groups and people are told apart: general knowledge, lower case."""

_TITLE_WORDS = """
accountant acting adjunct administrator adviser advisor advocate ambassador analyst architect
archivist artist assistant associate attorney auditor author bishop campaigner candidate captain ceo
cfo chair chairman chairperson chairs chairwoman chancellor chaplain chief cio ciso clerk cochair
cofounder commander commissioner comptroller constable consultant controller convener coo
coordinator councillor councilman councilmember councilor councilwoman counsel cto curator custodian
deacon dean delegate deputy detective director directors distinguished economist editor educator
emerita emeritus engineer examiner executive facilitator fellow former founder general governor head
historian imam inspector instructor interim investigator journalist judge lawyer lead leader
lecturer legislative liaison librarian lieutenant litigation magistrate manager managing mayor
member minister nurse officer ombudsman ombudsperson organiser organizer owner paralegal partner
pastor physician planner policy postdoctoral president priest principal professor prosecutor provost
psychologist publisher rabbi rector registrar reporter representative researcher resident retired
reverend scholar scientist secretary senator senior sergeant sheriff sociologist solicitor
specialist spokesperson staff steward strategist student superintendent supervisor teacher
technician technologist treasurer trustee vice visiting writer
"""

TITLE_WORDS = frozenset(_TITLE_WORDS.split())
"""Words that titles are made of."""

_TITLE_CORE = """
accountant administrator adviser advisor advocate ambassador analyst architect archivist artist
assistant associate attorney auditor author bishop campaigner candidate captain ceo cfo chair
chairman chairperson chairs chairwoman chancellor chaplain chief cio ciso clerk cochair cofounder
commander commissioner comptroller constable consultant controller convener coo coordinator
councillor councilman councilmember councilor councilwoman counsel cto curator custodian deacon dean
delegate detective director directors economist editor educator emerita emeritus engineer examiner
executive facilitator fellow founder governor head historian imam inspector instructor investigator
journalist judge lawyer lead leader lecturer liaison librarian lieutenant magistrate manager mayor
member minister nurse officer ombudsman ombudsperson organiser organizer owner paralegal partner
pastor physician planner president priest professor prosecutor provost psychologist publisher rabbi
rector registrar reporter representative researcher resident scholar scientist secretary senator
sergeant sheriff sociologist solicitor specialist spokesperson steward strategist student
superintendent supervisor teacher technician technologist treasurer trustee writer
"""

TITLE_CORE = frozenset(_TITLE_CORE.split())
"""Those of them that by themselves are a title."""

_GROUP_WORDS = """
academy access action advocates agency alliance alliances american americans archdiocese army
asian assembly associates association associations bakers bank bar barbers black board books
bookstore branch brigade brotherhood bureau cafe campaign campaigns catholic caucus center centers
centre chamber chapter christian church circle citizens city civil cleaners clearinghouse clinic
club coalition collaborative collectif collective college commission committee committees commons
community company confederation conference congregation congress conservancy consortium convention
coop cooperative corporation corps council councils county data defenders defense democracy
department digital diocese district education elders electronic employees equality equity families
farmers fathers federation fellowship firm forum foundation fraternity freedom friends front fund
fundación funders global group groups guild guilds health homeless homelessness hospital house
housing hub human immigrants inc incorporated initiative initiatives institute institutes
institution interfaith international internet jewish jews journalists justice lab laboratory labs
latino latinx law lawyers league legal lgbtq liberties liberty librarians library llc llp local
lodge ltd media ministries ministry mission mosque mothers movement municipal museum music muslim
national neighborhood neighborhoods neighbors network networks ngo now nurses observatory office
organisation organization organizations organizing pacific parents parish parliament partners
partnership party patrons pc physicians plc pllc police policy post presbytery press prevention
prison prisoners privacy program project projects protection reform research residents resource
resources rights roundtable sanctuary scholars school schools scientists seminary services sisters
society solidarity solutions sorority space spaces station street students studio surveillance
survivors synagogue synod systems table task taskforce teachers team technologies technology
temple tenants trust union unions united universities university vendors veterans voices
volunteers voters watch women workers works workshop workshops youth
"""

GROUP_WORDS = frozenset(_GROUP_WORDS.split())
"""Words that names of groups have, and those of people seldom."""

_FIRST_NAMES = """
aaron abigail adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexis alfred
alice alicia alison allen allison amanda amber amelia amir amy ana andrea andrew angel angela
anita ann anna anne annette annie anthony antonio april arthur ashley audrey barbara beatrice ben
benjamin bernard beth betty beverly bill bob bonnie brad bradley brandon brenda brent brett brian
bruce bryan caitlin calvin cameron carl carla carlos carmen carol caroline carolyn carrie
catherine cathy cecilia chad charles charlotte cheryl chloe chris christian christina christine
christopher cindy claire clara clarence clark claudia clifford colin connie connor courtney craig
crystal curtis cynthia dale dan dana daniel danielle danny darlene darren dave david dawn dean
deborah debra denise dennis derek diana diane diego don donald donna doris dorothy doug douglas
duane dylan earl eddie edgar edith eduardo edward edwin eileen elaine eleanor elena elizabeth ella
ellen emily emma enrique eric erica erik erika erin ernest esther ethan eugene eva evan evelyn
faith fatima felicia felix fernando florence frances francis francisco frank fred frederick
gabriel gail gary gene george gerald geraldine gilbert gina glen glenn gloria gordon grace greg
gregory guadalupe gustavo guy hannah harold harriet harry hassan heather hector heidi helen henry
herbert holly hope howard hugh ian ibrahim irene isaac isabel isaiah ivan jack jackie jackson
jacob jacqueline jaime james jamie jan jane janet janice jared jasmine jason javier jay jean jeff
jeffery jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy jo
joan joann joanne joe joel john johnny jon jonathan jordan jorge jose joseph joshua josé joyce
juan juanita judith judy julia julian julie june justin kaitlyn karen karl katherine kathleen
kathryn kathy katie kayla keith kelly ken kenneth kerry kevin kim kimberly kristen kristin
kristina kyle lance larry laura lauren laurie lawrence leah lee leila leo leon leonard leroy
leslie lewis lillian linda lindsay lisa lois lori lorraine louis louise lucas lucia lucy luis luke
luz lydia lynn madison malik manuel marc marcia marcus margaret maria marie marilyn mario marion
marjorie mark martha martin marvin mary mathew matt matthew maureen maurice max maya megan mei
melanie melissa melvin mercedes meredith michael michele michelle miguel mike mildred mindy miriam
mitchell mohamed mohammed molly monica morgan muhammad nancy naomi natalie natasha nathan
nathaniel neil nicholas nicole nina noah nora norma norman olga oliver olivia omar oscar pamela
patricia patrick paul paula pauline pedro peggy penny peter philip phillip phyllis priya rachel
rafael ralph ramon randall randy raul ray raymond rebecca regina renee rhonda ricardo richard rick
ricky rita robert roberta roberto robin rodney roger roland ron ronald rosa rose rosemary ross roy
ruben ruby russell ruth ryan sabrina sally sam samantha samuel sandra sara sarah scott sean sergio
seth shannon sharon shaun shawn sheila shelley sherry shirley sidney silvia simon sofia sonia
sophia spencer stacey stacy stanley stella stephanie stephen steve steven stuart sue susan suzanne
sylvia tamara tammy tanya tara ted teresa terrance terry thelma theodore theresa thomas tiffany
tim timothy tina todd tom tony tracy travis troy tyler valerie vanessa vera vernon veronica vicki
victor victoria vincent viola virginia vivian wade wallace walter wanda warren wayne wendy wesley
william willie wilma xavier yolanda yvonne zachary zoe
"""

FIRST_NAMES = frozenset(_FIRST_NAMES.split())
"""Common first names in the United States, of women and men, from many languages."""
