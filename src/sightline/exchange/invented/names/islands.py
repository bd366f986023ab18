"""Names of Britain, Ireland and the Caribbean."""

from sightline.exchange.invented.names.tradition import Bag, Tradition

_BOYS = """Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo William
Theodore Archie Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan Ethan Mason Samuel Joseph
Benjamin Reuben Jude Ronnie Riley Teddy Albie Harrison Elijah Sebastian Toby Louie Jaxon Daniel Dylan Kian Kai
Tyler Connor Callum Luke Liam Ryan Jayden Cameron Nathan Adam Matthew Jamie Bradley Brandon Kieran Reece Ellis
Harvey Zachary Rory Frankie Ralph Stanley Caleb Bobby Carter Hunter Aaron Corey Declan Lewis Owen Rhys Leon Jake
Blake Ashton Cody Kyle Jordan Spencer Zac Rowan Felix Miles Hugo Otis Grayson Dexter Bailey"""
_GIRLS = """Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna Evie Poppy
Elsie Phoebe Matilda Emily Ella Charlotte Evelyn Harper Millie Maisie Emilia Esme Sofia Ruby Jessica Alice Chloe
Lola Scarlett Maya Layla Holly Lacey Summer Orla Bella Molly Megan Caitlin Courtney Chelsea Paige Ellie Abigail
Lucy Hannah Amy Bethany Georgia Lauren Leah Katie Eleanor Imogen Niamh Zara Skye Faith Lexi Gracie Amber Jasmine
Libby Tilly Nancy Martha Robyn Heidi Violet Penelope Aurora Darcie Eliza Hallie Edith Connie Kayleigh Demi
Shannon Jodie Keira Tia Mollie Erin Aimee Summer-Rose Lilly-Mae Ellie-Mae Ava-Grace"""
_MEN = """David John Paul Michael Andrew Peter Stephen Robert James Mark Richard Christopher Anthony Ian Kevin Steven
Simon Neil Gary William Philip Alan Brian Graham Martin Keith Colin Derek Raymond Kenneth Barry Trevor Nigel
Roger Terence Dennis Roy Stuart Wayne Darren Lee Craig Jason Dean Carl Shaun Sean Matthew Jonathan Daniel Adrian
Geoffrey Gordon Leslie Norman Ronald Frank Ernest Arthur Thomas George Edward Joseph Malcolm Duncan Russell Glen
Karl Scott Damian Dale Jeffrey Clive Stanley Harold Frederick Donald"""
_WOMEN = """Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Margaret Patricia Christine Linda Carol
Elizabeth Mary Janet Lesley Angela Alison Joanne Lisa Nicola Michelle Sarah Claire Amanda Samantha Rachel Emma
Louise Rebecca Catherine Kerry Donna Paula Lorraine Wendy Maureen Pauline Jean Sheila Joan Barbara Dorothy
Shirley Brenda Marion Sandra Valerie Gillian Beverley Dawn Heather Andrea Maxine Gail Denise Lynn Ann Anne
Kathleen Eileen Irene Doreen Jennifer Judith Hazel Sally Kim Kelly Stacey Victoria Tina Zoe"""
_LAST = """Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts
Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward Hughes Moore Clark King
Harrison Lewis Baker Lee Allen Morris Scott Watson Davis Parker Bennett James Shaw Griffiths Cook Young
Richardson Carter Bailey Marshall Phillips Collins Bell Mitchell Foster Adams Hunt Holmes Mason Gibson Palmer
Mills Barnes Knight Lloyd Butler Russell Barker Stevens Jenkins Fisher Dixon Fletcher Hunter Ellis Pearson
Chapman Saunders Harvey Graham Andrews Elliott Armstrong Lawson Howard Webb Rogers Gray Cox Fox Rose Stone Dean
Lane West Hudson Burton Wells Ford Austin Sutton Crossley Firth Sykes Haigh Senior Oates Beaumont Hirst Kaye
Booth Hague Staniforth Wragg Siddall Housley Dyson Crookes Rodgers Beever Lockwood Hinchliffe Barraclough
Bramall Ibbotson Hague-Shaw Marples Shirtcliffe Swift Drabble Grayson Revill Heeley Nicholson Bradshaw Hobson
Pickering Holroyd Chambers Bentley Whittaker Sharp Dobson Storey Nuttall Rowbotham Tingle Bagshaw"""
_STEMS = """
Ash Brad Whit Hart Wake Stan Ald Burn Cald Den Eccles Fern Gart Hal Hes Kirk Lang Mar Nor Os Pen Raw Rush Sed
Shel Thorn Wal Wen Wil Wor Har Hol Row Bar Ack Birk Clay Crow Fair Green
"""
_TAILS = """
ley ton worth field wood well shaw by croft ham land bourne ford stead
"""
_PLACES = " ".join(stem + tail for stem in _STEMS.split() for tail in _TAILS.split())

_IRISH_BOYS = """Conor Sean Patrick Liam Cian Daniel James Michael Oisin Darragh Finn Fionn Tadhg Callum Cillian Rory Eoin Aidan
Niall Declan Brendan Martin John Kieran Shane Thomas Miley Johnny Francie"""
_IRISH_GIRLS = """Aoife Niamh Ciara Saoirse Siobhan Roisin Caoimhe Orla Sinead Grace Emily Kate Mary Bridget Kathleen Margaret
Eileen Nora Maeve Clodagh Grainne Bernadette Shauna Kelly Chantelle Winnie Philomena"""
_IRISH_LAST = """Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty
Kennedy Lynch Murray Quinn Moore McLoughlin O'Carroll Connolly Daly Wilson Dunne Brennan Burke Collins Campbell
Clarke Johnston Hughes Farrell Fitzgerald Maguire Nolan Flynn Ward McDonagh Connors Cash Delaney Joyce Maughan
Mongan Sweeney Keane Hogan Cassidy"""

_CARIB_BOYS = """Jordan Marcus Jerome Tyrone Leon Andre Malachi Isaiah Elijah Kieron Nathaniel Reuben Dwayne Winston Delroy Errol
Leroy Clive Devon Carlton Curtis Kadeem Tyrell Jermaine Omari Zion Josiah Romario Akeem"""
_CARIB_GIRLS = """Shanice Tiana Jada Alicia Naomi Keisha Monique Simone Shantelle Chanel Destiny Aaliyah Gloria Beverley Yvonne
Marcia Paulette Sonia Hyacinth Pearl Tanisha Latoya Renee Imani Kezia Tamara Danielle"""
_CARIB_LAST = """Campbell Brown Williams Grant Gordon Clarke Reid Francis Morgan Bailey Henry Johnson Thompson Lewis Powell
Stewart Robinson Palmer Wright Dixon Anderson Samuels Barrett Blake McKenzie Simpson Beckford Pinnock Levy
Forbes Bogle Edwards"""

BRITISH = Tradition(
    "british", 742, "W1", "English", "family", Bag.of(_BOYS), Bag.of(_GIRLS), Bag.of(f"{_LAST} {_PLACES}", 30.0),
    married_name=0.72, middle=0.8, male_old=Bag.of(_MEN), female_old=Bag.of(_WOMEN),
)  # fmt: skip
IRISH = Tradition(
    "irish", 20, "W2", "English", "family", Bag.of(_IRISH_BOYS), Bag.of(_IRISH_GIRLS), Bag.of(_IRISH_LAST),
    married_name=0.7, middle=0.7,
)  # fmt: skip
CARIBBEAN = Tradition(
    "caribbean", 18, "B1", "English", "family", Bag.of(_CARIB_BOYS), Bag.of(_CARIB_GIRLS), Bag.of(_CARIB_LAST),
    married_name=0.55, middle=0.75,
)  # fmt: skip
