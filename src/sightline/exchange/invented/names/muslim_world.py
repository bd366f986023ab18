"""Names of Pakistani, Bangladeshi, Arab, Somali and Kurdish families."""

from sightline.exchange.invented.names.tradition import Bag, Tradition

_PAK_BOYS = """Mohammed Muhammad Ali Ahmed Hamza Ibrahim Yusuf Hassan Hussain Bilal Omar Usman Zain Abdullah Haris Adil Imran
Kashif Tariq Nadeem Asif Shahid Khalid Zahid Sajid Wasim Faisal Adeel Amir Arslan Junaid Rizwan Salman Shoaib
Tahir Waqas Yasir Zubair Aamir Ismail Musa Dawud Eesa Mustafa Haroon Danyal Rayyan Ayaan Zayn Qasim Ghulam Riaz
Mahmood Mushtaq Pervez Iqbal"""
_PAK_GIRLS = """Aisha Fatima Zainab Maryam Khadija Amina Sana Hira Iqra Saima Nadia Shazia Rukhsana Nasreen Parveen Shabana
Samina Farah Sobia Uzma Rabia Sidra Mehwish Zara Hafsa Sumaya Anaya Inaya Safa Noor Laiba Aliza Asma Bushra
Kiran Naila Robina Tahira Yasmin Zahra Shaista Sajida Mariam Habiba Hania Eshal"""
_PAK_LAST = """Khan Hussain Ahmed Ali Mahmood Iqbal Akhtar Malik Shah Mohammed Aslam Rashid Hussein Akram Butt Mirza Chaudhry
Qureshi Bashir Rafiq Sadiq Zaman Saleem Younis Yousaf Sharif Riaz Nawaz Rehman Raza Siddique Ashraf Afzal Arshad
Latif Javed Munir Ghafoor Mir Abbasi Awan Bhatti Dar Hanif Khaliq Majid Parvez Rauf Shafiq Tariq Zafar"""
_PAK_WOMEN = "Begum Bibi Akhtar Parveen Kauser Kausar Khatoon Jan Sultana Nasreen Jabeen"
_BAN_BOYS = """Mohammed Abdul Md Rahim Karim Shah Jubair Tahmid Tanvir Rafi Ridwan Nayeem Nasir Mizan Kamal Jamal Faruk Habibur
Mahbub Shafiq Sohel Rashed Saiful Aminul Rezaul Ashraf Fahim Arif Sami Yahya"""
_BAN_GIRLS = """Fatima Ayesha Nazia Nasima Rahima Shahana Sultana Tahmina Sharmin Farhana Nusrat Sadia Jannat Maliha Rumana
Salma Shirin Rokeya Hasina Momtaz Aklima Anika Tasnim Zakia Samia Mahmuda"""
_BAN_LAST = """Miah Rahman Uddin Islam Ahmed Hussain Ali Hoque Khan Choudhury Alam Karim Haque Chowdhury Sarkar Talukdar Mia
Kabir Hossain Ullah Khalique Malik Sheikh Latif"""
_BAN_WOMEN = "Begum Khatun Khanom Bibi Akter Sultana Nessa"
_ARAB_BOYS = """Mohammed Ahmed Ali Omar Saleh Abdullah Khaled Hussein Hassan Yousef Ibrahim Nasser Faisal Tariq Waleed Adel
Samir Fuad Mansour Majid Sultan Yahya Hamoud Qassim Zaid Anwar Bassam Jamal Nabil Rashad Abdulrahman Abdulaziz"""
_ARAB_GIRLS = """Fatima Aisha Maryam Zainab Noor Huda Amal Samira Layla Nadia Salma Rania Hanan Iman Asma Khadija Safia Arwa
Bushra Intisar Najwa Sumaya Yasmin Latifa Wafa Ghada Jamila Reem"""
_ARAB_LAST = """Saleh Ali Al-Hassan Ahmed Mohammed Nasser Abdullah Qassim Al-Yemeni Saeed Muthana Obadi Al-Maqtari Kassim Shaibi
Saif Hizam Al-Sabri Ghaleb Murshed Al-Amri Naji Musaid Thabet Al-Harbi Hassan Mahmoud Ibrahim Khalil Al-Jabri
Haidar"""
_SOM_BOYS = """Mohamed Abdi Ahmed Ali Hassan Abdullahi Ibrahim Omar Yusuf Osman Abdirahman Mahad Liban Bashir Jama Farah
Warsame Guled Ismail Abdikarim Sharmarke Hamza Zakariya Ayanle Bilal Said Nur Mukhtar Dahir Khalid Mustafa"""
_SOM_GIRLS = """Fadumo Hodan Amina Halima Asha Faiza Ifrah Sahra Khadra Nimco Ayaan Hamdi Sagal Maryan Zeinab Deqa Ubah Hibaq
Ikran Idil Safiya Naima Shukri Rahma Muna Fartun Suad Sumaya Hafsa"""
_KURD_BOYS = """Ahmad Mohammed Karwan Aram Diyar Rebin Soran Hiwa Azad Dilshad Kamaran Sherko Zana Omed Rawa Bakhtiar Ari Saman
Hemin Goran Farhad Barzan Rebaz Shwan Twana Muhamad Yusif"""
_KURD_GIRLS = """Shilan Chnar Nasrin Avin Dilnia Rojin Hana Lana Shno Berivan Sozan Zhyan Nigar Bahar Tara Kazhal Gulala Rozhin
Sara Aya Shler Hero Narin Runak Awaz"""
_KURD_LAST = """Ahmad Mohammed Hassan Rasul Karim Aziz Rashid Hamad Ali Ibrahim Mustafa Saeed Salih Qadir Abdullah Hussein Omar
Majeed Khidir Sharif Faraj Mahmood Barzani Jaff Zangana Amin"""

PAKISTANI = Tradition(
    "pakistani", 62, "A2", "Urdu", "begum", Bag.of(_PAK_BOYS, 4.0), Bag.of(_PAK_GIRLS), Bag.of(_PAK_LAST, 5.0),
    married_name=0.25, middle=0.35, one_name=0.12, women=Bag.of(_PAK_WOMEN, 2.0),
)  # fmt: skip
BANGLADESHI = Tradition(
    "bangladeshi", 14, "A3", "Bengali", "begum", Bag.of(_BAN_BOYS, 4.0), Bag.of(_BAN_GIRLS), Bag.of(_BAN_LAST, 4.0),
    married_name=0.1, middle=0.4, one_name=0.1, women=Bag.of(_BAN_WOMEN, 2.0),
)  # fmt: skip
ARAB = Tradition(
    "arab", 14, "O9", "Arabic", "family", Bag.of(_ARAB_BOYS, 4.0), Bag.of(_ARAB_GIRLS), Bag.of(_ARAB_LAST), middle=0.5,
    one_name=0.12,
)  # fmt: skip
SOMALI = Tradition(
    "somali", 14, "B2", "Somali", "patronymic", Bag.of(_SOM_BOYS, 4.0), Bag.of(_SOM_GIRLS), Bag.of(_SOM_BOYS, 4.0),
    one_name=0.1,
)  # fmt: skip
KURDISH = Tradition(
    "kurdish", 8, "O9", "Kurdish", "patronymic", Bag.of(_KURD_BOYS), Bag.of(_KURD_GIRLS), Bag.of(_KURD_LAST), one_name=0.08,
)  # fmt: skip
