/* Family and given names are common ones, put together by dice; phones are 555 numbers. */
#include "chartroom/domain/invented-people.h"

static const char *const FAMILIES[] = {
  "Abbott",   "Acosta",     "Adeyemi",   "Aldana",  "Almeida",  "Amadi",     "Anders",    "Arroyo",
  "Baptiste", "Barros",     "Bauer",     "Becker",  "Bellamy",  "Benitez",   "Bianchi",   "Blackwood",
  "Bonilla",  "Brandt",     "Brennan",   "Bright",  "Cabrera",  "Calloway",  "Cardoso",   "Castellano",
  "Chandra",  "Chavez",     "Cisneros",  "Cohen",   "Costa",    "Crane",     "Dalton",    "Desai",
  "Diaz",     "Dominguez",  "Donnelly",  "Dubois",  "Eaton",    "Ekwueme",   "Ellison",   "Espinoza",
  "Farah",    "Fairchild",  "Fernandez", "Fischer", "Fontaine", "Fox",       "Gallagher", "Gupta",
  "Haddad",   "Hale",       "Hansen",    "Hartley", "Hassan",   "Herrera",   "Hoang",     "Hoffman",
  "Ibarra",   "Ingram",     "Ito",       "Jansen",  "Jimenez",  "Joshi",     "Kaplan",    "Keller",
  "Khan",     "Kimura",     "Kowalski",  "Lambert", "Larsen",   "Laurent",   "Lindgren",  "Lopez",
  "Lowell",   "Mahoney",    "Marchetti", "Marin",   "McKay",    "Mendes",    "Meyer",     "Molina",
  "Moreau",   "Nakamura",   "Navarro",   "Nguyen",  "Nilsson",  "O'Hara",    "Ochoa",     "Oduya",
  "Olsen",    "Ortega",     "Osei",      "Park",    "Patel",    "Pereira",   "Petrov",    "Popescu",
  "Quinn",    "Ramirez",    "Reyes",     "Rossi",   "Rowe",     "Ruiz",      "Saito",     "Salazar",
  "Santos",   "Sato",       "Schmidt",   "Shah",    "Silva",    "Singh",     "Soto",      "Stein",
  "Suarez",   "Takeda",     "Tanaka",    "Thorne",  "Tran",     "Underhill", "Vargas",    "Vasquez",
  "Vega",     "Villanueva", "Wagner",    "Walsh",   "Weber",    "Whitfield", "Winters",   "Wolfe",
  "Wu",       "Yamada",     "Yilmaz",    "Zamora",  "Zhang",    "Zimmer",    NULL
};
static const char *const WOMEN[] = {
  "Ada",     "Alma",    "Amina", "Ana",   "Anika", "Beatriz", "Bianca", "Carmen", "Cecilia", "Clara",
  "Daniela", "Dolores", "Edith", "Elena", "Emma",  "Esther",  "Fatima", "Flora",  "Frances", "Gloria",
  "Grace",   "Hana",    "Hazel", "Helen", "Ines",  "Iris",    "Jade",   "Joanna", "Julia",   "Kavita",
  "Keiko",   "Laura",   "Leila", "Lena",  "Lucia", "Mai",     "Marta",  "Mei",    "Mina",    "Nadia",
  "Naomi",   "Nora",    "Olga",  "Paula", "Priya", "Rosa",    "Ruth",   "Sana",   "Selma",   "Sofia",
  "Tamar",   "Teresa",  "Uma",   "Vera",  "Wanda", "Yara",    "Yuki",   "Zoe",    NULL
};
static const char *const MEN[] = {
  "Aaron",  "Abel",   "Adrian",  "Ahmed",  "Alan",  "Andre", "Anton",  "Arjun", "Bashir", "Ben",   "Bruno",
  "Carlos", "Cedric", "Chen",    "Damian", "Dario", "David", "Diego",  "Edgar", "Elias",  "Emil",  "Eric",
  "Felix",  "Frank",  "Gabriel", "George", "Hiro",  "Hugo",  "Ian",    "Ivan",  "Jack",   "Jamal", "Joel",
  "Jonas",  "Jorge",  "Karl",    "Kenji",  "Kofi",  "Leo",   "Luis",   "Marco", "Mario",  "Max",   "Milan",
  "Nabil",  "Nico",   "Oscar",   "Omar",   "Paul",  "Pedro", "Rafael", "Ravi",  "Samir",  "Simon", "Theo",
  "Tomas",  "Victor", "Walter",  "Yusuf",  "Zane",  NULL
};
static const char *const STREETS[] = { "Elm St",   "Oak Ave",  "Cedar Ln",   "River Rd",
                                       "Hill St",  "Mill Rd",  "Garden Way", "Lake Dr",
                                       "Park Ave", "Birch Ct", "Orchard Ln", NULL };

guint64
cr_dice_next (CrDice *dice)
{
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

int
cr_dice_int (CrDice *dice, int low, int high)
{
  return low + (int)(cr_dice_next (dice) % (guint64)(high - low + 1));
}

gboolean
cr_dice_chance (CrDice *dice, int percent)
{
  return cr_dice_int (dice, 1, 100) <= percent;
}

double
cr_dice_real (CrDice *dice, double low, double high)
{
  return low + (high - low) * (double)(cr_dice_next (dice) >> 11) / (double)(G_GUINT64_CONSTANT (1) << 53);
}

const char *
cr_dice_pick (CrDice *dice, const char *const *texts)
{
  guint n = g_strv_length ((char **)texts);
  return texts[cr_dice_next (dice) % n];
}

const char *
cr_invented_family (CrDice *dice)
{
  return cr_dice_pick (dice, FAMILIES);
}

const char *
cr_invented_given (CrDice *dice, int sex)
{
  return cr_dice_pick (dice, sex == CR_SEX_MALE ? MEN : WOMEN);
}

/* 555-0100 … 555-0199 are kept for invented people. */
char *
cr_invented_phone (CrDice *dice)
{
  int line = cr_dice_int (dice, 0, 99);
  return g_strdup_printf ("%d55501%02d", cr_dice_int (dice, 503, 509), line);
}

static CrDate
roll_birth (CrDice *dice, CrDate today, int min_age, int max_age)
{
  int days = cr_dice_int (dice, min_age * 365, max_age * 365 + 364);
  return cr_date_add_days (today, -days - 1);
}

static void
roll_contact (CrDice *dice, CrPatient *p)
{
  const char *street = cr_dice_pick (dice, STREETS);
  p->address = g_strdup_printf ("%d %s", cr_dice_int (dice, 1, 990), street);
  p->city = g_strdup ("Salem");
  p->state = g_strdup ("OR");
  p->zip = g_strdup_printf ("973%02d", cr_dice_int (dice, 1, 17));
  p->phone = cr_invented_phone (dice);
  p->phone_use = g_strdup (cr_dice_chance (dice, 70) ? "mobile" : "home");
}

CrPatient *
cr_invented_patient (CrDice *dice, CrDate today, int min_age, int max_age)
{
  CrPatient *p = cr_patient_new ();
  p->sex = cr_dice_chance (dice, 52) ? CR_SEX_FEMALE : CR_SEX_MALE;
  p->family = g_strdup (cr_invented_family (dice));
  p->given = g_strdup (cr_invented_given (dice, p->sex));
  p->middle = cr_dice_chance (dice, 60) ? g_strdup (cr_invented_given (dice, p->sex)) : NULL;
  p->birth_date = roll_birth (dice, today, min_age, max_age);
  roll_contact (dice, p);
  p->language = g_strdup ("English");
  p->demo = TRUE;
  return p;
}
