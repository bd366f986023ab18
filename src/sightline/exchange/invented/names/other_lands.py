"""Names of Polish, Slovak Roma, Romanian, Albanian, Nigerian, Indian, Chinese and Vietnamese families."""

from sightline.exchange.invented.names.tradition import Bag, Tradition

_POL_BOYS = """Jakub Kacper Filip Szymon Antoni Jan Mateusz Michal Piotr Pawel Tomasz Krzysztof Marcin Lukasz Grzegorz Adam
Andrzej Dawid Oskar Wojciech Rafal Robert Sebastian Damian Mariusz Dariusz Bartosz Patryk Igor Tymon"""
_POL_GIRLS = """Zuzanna Julia Maja Lena Hanna Zofia Alicja Oliwia Natalia Anna Katarzyna Malgorzata Agnieszka Magdalena Joanna
Monika Ewa Aleksandra Karolina Paulina Justyna Kinga Wiktoria Nikola Amelia Beata Dorota Iwona Sylwia Edyta"""
_POL_LAST = """Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Kozlowski
Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Nowakowski Pawlowski Michalski Adamczyk Dudek Zajac
Wieczorek Jablonski Krol Majewski Olszewski Jaworski Wrobel Malinowski Pawlak Witkowski Walczak Stepien Gorski
Rutkowski Sikora Baran"""
_ROMA_BOYS = """Jan Jozef Milan Dusan Ladislav Marek Roman Dominik Kevin Patrik Erik Denis Samuel Rastislav Stefan Vladimir
Tibor Jaroslav Miroslav Richard Sebastian Kristian Alex Rudolf Emil"""
_ROMA_GIRLS = """Maria Jana Anna Zuzana Monika Vanesa Nikola Kristina Denisa Sandra Viera Helena Ruzena Marcela Iveta Dominika
Natalia Jessica Vanessa Lucia Renata Erika Klaudia Tamara Eva"""
_ROMA_LAST = """Horvath Pokuta Tulej Dunka Balog Giba Rac Lakatos Kaleja Cicko Badzo Zigo Ferenc Bily Gabor Holub Kandrac Mirga
Sandor Gazi Conka Pecha Tancos Demeter Polak Oracko"""
_ROM_BOYS = """Andrei Alexandru Mihai Stefan Ionut Cristian Florin Gabriel Adrian Marian Vasile Gheorghe Ion Constantin Nicolae
Marius Daniel Darius Luca Matei David Robert Razvan Bogdan Costel Petru Sorin"""
_ROM_GIRLS = """Maria Elena Ioana Andreea Alexandra Mihaela Cristina Ana Daniela Gabriela Florentina Simona Roxana Larisa Bianca
Denisa Sofia Antonia Teodora Mirela Nicoleta Loredana Rodica Viorica"""
_ROM_LAST = """Popescu Popa Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Lazar Florea Nistor
Dinu Moldovan Tudor Munteanu Lungu Serban Voicu Sandu Ene Ursu Covaci Lacatus"""
_ALB_BOYS = """Ardit Besnik Arben Luan Agim Fatos Ilir Dritan Genc Altin Erjon Klajdi Endrit Redon Enea Kristi Mergim Valon
Blerim Xhevdet"""
_ALB_GIRLS = """Arta Besa Drita Elona Fatmire Valbona Teuta Mirela Ermira Anila Blerta Albana Era Amelia Klea Elira Dafina
Shpresa"""
_ALB_LAST = """Hoxha Shehu Prifti Gjoni Leka Dervishi Berisha Krasniqi Gashi Kola Hasani Marku Cela Muca Dema Bajrami Rexhepi
Toska Doda"""
_NIG_BOYS = """Emmanuel Daniel David Samuel Oluwaseun Chinedu Emeka Tunde Ayodele Babatunde Ikenna Obinna Kelechi Femi Segun
Olumide Tobi Chukwuemeka Uche Kingsley Godwin Sunday Joshua Ezekiel Dele Kayode"""
_NIG_GIRLS = """Blessing Grace Esther Joy Ngozi Chioma Adaeze Funmilayo Folake Yetunde Temitope Oluwatobi Ifeoma Amaka Bukola
Titilayo Favour Deborah Precious Patience Chidinma Nkechi Abimbola Damilola"""
_NIG_LAST = """Okafor Adeyemi Okonkwo Adebayo Eze Ogunleye Nwosu Balogun Okoye Afolabi Obi Adeleke Ibrahim Oladipo Chukwu
Onyeka Bello Ojo Akinola Uzoma Williams Johnson Nwankwo Olawale Ajayi Osagie Idowu"""
_IND_BOYS = """Arjun Rohan Amit Rahul Sanjay Raj Vikram Anil Sunil Harpreet Gurpreet Jaspal Manjit Jagdeep Aarav Vihaan Krish
Dev Rakesh Suresh Mohan Kiran Ajay Nikhil Simran"""
_IND_GIRLS = """Priya Anjali Pooja Neha Sunita Anita Meena Kavita Harjit Jaswinder Manpreet Simran Aanya Diya Riya Asha Rekha
Geeta Lakshmi Nisha Jasmine Kiran Deepa"""
_IND_LAST = """Patel Singh Sharma Shah Kumar Gill Sandhu Dhillon Mistry Joshi Desai Chauhan Sidhu Bains Reddy Nair Thomas
Varghese Mehta Gupta Rana Grewal Iyer Kaur"""
_CHI_BOYS = """Wei Jun Ming Hao Jie Kai Chun Wing Ka-Ho Tsz-Hin Yang Lei Tao Bin Peng Feng Jason Kevin Ryan Eric"""
_CHI_GIRLS = """Li Mei Xiu Ying Yan Fang Hui Jing Ling Wing-Yan Hoi-Ching Na Yu Xin Qian Lan Amy Vivian Grace Jenny"""
_CHI_LAST = (
    """Wong Chan Li Wang Chen Zhang Liu Lee Cheung Lau Ho Yang Huang Lam Ng Leung Zhao Wu Zhou Cheng Tang Yeung"""
)
_VIE_BOYS = """Minh Tuan Hung Duc Thanh Long Nam Hieu Quang Dung Huy Son Khanh Bao Van_Hai Van_Tien Duy Phong"""
_VIE_GIRLS = """Linh Huong Lan Thi_Mai Hoa Thuy Trang Nga Thi_Hanh Phuong Anh Ngoc Thao Yen Thi_Hong My Hien Kim"""
_VIE_LAST = """Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly"""

POLISH = Tradition(
    "polish", 26, "W9", "Polish", "gendered", Bag.of(_POL_BOYS), Bag.of(_POL_GIRLS), Bag.of(_POL_LAST), married_name=0.8,
    middle=0.2,
)  # fmt: skip
ROMA = Tradition(
    "roma", 14, "W9", "Slovak", "family", Bag.of(_ROMA_BOYS), Bag.of(_ROMA_GIRLS), Bag.of(_ROMA_LAST, 3.0), married_name=0.4,
)  # fmt: skip
ROMANIAN = Tradition(
    "romanian", 15, "W9", "Romanian", "family", Bag.of(_ROM_BOYS), Bag.of(_ROM_GIRLS), Bag.of(_ROM_LAST), married_name=0.6,
    middle=0.5,
)  # fmt: skip
ALBANIAN = Tradition(
    "albanian", 5, "W9", "Albanian", "family", Bag.of(_ALB_BOYS), Bag.of(_ALB_GIRLS), Bag.of(_ALB_LAST), married_name=0.6,
)  # fmt: skip
NIGERIAN = Tradition(
    "nigerian", 14, "B2", "English", "family", Bag.of(_NIG_BOYS), Bag.of(_NIG_GIRLS), Bag.of(_NIG_LAST), married_name=0.6,
    middle=0.85,
)  # fmt: skip
INDIAN = Tradition(
    "indian", 18, "A1", "Punjabi", "family", Bag.of(_IND_BOYS), Bag.of(_IND_GIRLS), Bag.of(_IND_LAST), married_name=0.6,
    middle=0.4,
)  # fmt: skip
CHINESE = Tradition(
    "chinese", 10, "O1", "Cantonese", "family_first", Bag.of(_CHI_BOYS), Bag.of(_CHI_GIRLS), Bag.of(_CHI_LAST, 3.0),
)  # fmt: skip
VIETNAMESE = Tradition(
    "vietnamese", 6, "A9", "Vietnamese", "family_first", Bag.of(_VIE_BOYS), Bag.of(_VIE_GIRLS), Bag.of(_VIE_LAST, 2.0),
)  # fmt: skip
