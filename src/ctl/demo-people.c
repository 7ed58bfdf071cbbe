/* Invented people of the practice's own. */
#include "src/ctl/demo-private.h"

CrPatient *
cr_demo_new_patient (CrDemo *demo, int min_age, int max_age)
{
  CrPatient *p = cr_invented_patient (&demo->dice, demo->date, min_age, max_age);
  p->mrn = g_strdup_printf ("%06u", demo->next_mrn++);
  p->usual_person_id = demo->people[cr_dice_chance (&demo->dice, 55) ? CR_DEMO_DOCTOR : CR_DEMO_CHEN]->id;
  p->registered_on = cr_date_add_days (demo->date, -cr_dice_int (&demo->dice, 100, 3650));
  if (cr_date_compare (p->registered_on, p->birth_date) < 0)
    p->registered_on = p->birth_date;
  cr_patient_index (p);
  return p;
}
