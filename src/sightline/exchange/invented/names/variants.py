"""One name, many spellings: transliterations, short forms, and what is heard over a telephone."""

from collections.abc import Mapping

_TRANSLITERATIONS = """
Mohammed Muhammad Mohamed Mohammad Muhammed Mohamad Mahomed
Hussain Hussein Hussien Hossain Husain Hossein
Ahmed Ahmad Achmed Ahmet
Yusuf Yousef Yousuf Yusif Youssef Yosef
Hassan Hasan Hassen
Omar Umar Omer
Usman Osman Uthman Othman
Ibrahim Ebrahim Ibraheem
Abdullah Abdulla Abdallah Abdullahi
Aisha Ayesha Aysha Aesha Asha Aaisha
Fatima Fatema Fatimah Fadumo
Khadija Khadijah Khadeeja Khadra
Zainab Zaynab Zeinab Zaineb
Maryam Mariam Miriam Maryan Mariyam
Sumaya Sumayya Sumaiya Sumayah
Saleh Salih Salah
Qassim Kassim Qasim Kasim
Mustafa Mostafa Mustapha
Choudhury Chaudhry Chowdhury Choudhary Chaudhary
Rehman Rahman Rahmaan
Mahmood Mahmoud Mehmood Mahmud
Iqbal Ikbal
Kauser Kausar Kosar
Begum Begam
Miah Mia Miya
Uddin Udin Uddeen
Haque Hoque Haq Huq
Shahid Shaheed
Bilal Belal
Zubair Jubair Zubeir
Tariq Tarik Tareq
Khalid Khaled
Saeed Said Saied
Jamal Gamal
Nguyen Ngyuen Nguen
Huynh Huyhn
Wojcik Wojczik
Wojciech Wojchech
Kowalski Kovalski
Szymanski Shimanski Szimanski
Krzysztof Kristof Christoph
Lukasz Lucas
Michal Michael
Katarzyna Katarina
Agnieszka Agnieska
Horvath Horvat Horvatova Horvathova
Balog Balogova Balogh
Jozef Josef Joseph
Gheorghe George
Alexandru Alexander
Stefan Stephen
Chukwuemeka Emeka
Oluwaseun Seun
Abdirahman Abdurahman Abdirahmaan
Warsame Warsama
Xhevdet Jevdet
Muhamad Muhammad
Catherine Katherine Kathryn Cathryn
Stephen Steven
Geoffrey Jeffrey
Sean Shaun Shane
Aidan Aiden Ayden
Niamh Neve Neave
Siobhan Shevaun
Caoimhe Keeva Kweeva
Saoirse Sersha
Isabella Izabella
Zoe Zoey
Clarke Clark
Thompson Thomson
Philip Phillip
Phillips Philips
Kelly Kelley
Davies Davis
Shaw Shore
Burton Berton
Reid Read Reed
Brown Browne
Smith Smyth
Allen Allan
Stephens Stevens
Johnston Johnson
"""
_NICKNAMES = """
Mohammed Mo Mohd
Muhammad Mo Mohd
Mohamed Mo
Abdullah Abdul
Abdirahman Abdi
Abdullahi Abdi
Oliver Ollie
Alexander Alex
Alfie Alf
Theodore Theo Teddy
Archie Arch
William Will Billy
Thomas Tom Tommy
Joshua Josh
Samuel Sam
Benjamin Ben
Harrison Harry
Daniel Danny Dan
Matthew Matt
Nathan Nate
Jacob Jake
Joseph Joe
James Jamie Jim
Edward Eddie Ted
Zachary Zac
Christopher Chris
Michael Mick Mike
Anthony Tony
Andrew Andy
Stephen Steve
Steven Steve
Robert Bob Rob
Richard Rick Dick
David Dave
Peter Pete
Kenneth Ken
Terence Terry
Ronald Ron
Leslie Les
Jonathan Jon
Patrick Paddy Pat
Isabella Bella Izzy
Amelia Millie
Charlotte Lottie Charlie
Olivia Liv Livvy
Matilda Tilly
Florence Flo
Jessica Jess
Abigail Abi Abby
Eleanor Ellie Nell
Elizabeth Liz Beth Betty
Margaret Maggie Peggy
Patricia Pat Trish
Susan Sue
Deborah Debbie
Jacqueline Jackie
Catherine Kate Cathy
Samantha Sam
Rebecca Becky
Victoria Vicky
Jennifer Jenny
Christine Chris
Kathleen Kath
Bethany Beth
Caitlin Cait
Georgia Georgie
Katarzyna Kasia
Malgorzata Gosia
Agnieszka Aga
Aleksandra Ola
Magdalena Magda
Zuzanna Zuzia
Krzysztof Krzys Chris
Tomasz Tomek
Piotr Piotrek Peter
Jakub Kuba
Oluwaseun Seun
Babatunde Tunde
Chukwuemeka Emeka
Temitope Temi
Damilola Dami
Alexandra Alex
Alexandru Alex
Cristian Cris
Ionut Ion
Isaiah Zay
Nathaniel Nate
Jermaine Jay
Dominik Dom
Ladislav Laco
Jozef Jozko
"""
# What a tired ear makes of a sound: from and to, applied once to a name that holds the first.
MISHEARD: tuple[tuple[str, str], ...] = (
    ("th", "f"), ("ph", "f"), ("ck", "k"), ("b", "p"), ("d", "t"), ("m", "n"), ("v", "f"), ("s", "f"), ("g", "k"),
    ("ee", "ea"), ("ie", "ee"), ("ou", "oo"), ("ai", "ay"), ("sh", "ch"), ("z", "s"), ("gh", "g"), ("kh", "k"), ("aa", "a"),
    ("er", "a"), ("ey", "y"), ("ll", "l"), ("nn", "n"), ("q", "k"), ("w", "v"), ("cz", "ch"), ("wr", "r"), ("kn", "n"),
    ("i", "e"), ("e", "i"), ("o", "u"), ("u", "a"),
)  # fmt: skip


def _groups(text: str, *, both_ways: bool) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        names = tuple(line.split())
        heads = names if both_ways else names[:1]
        for name in heads:
            found.setdefault(name, tuple(other for other in names if other != name))
    return found


TRANSLITERATIONS = _groups(_TRANSLITERATIONS, both_ways=True)
NICKNAMES = _groups(_NICKNAMES, both_ways=False)
