#include "src/ui/admin/setup-wizard.h"
#include "src/ui/admin/setup-steps.h"
#include "src/ui/shell/wrap-box.h"
#include <glib/gi18n.h>

enum { N_STEPS = 8 };

typedef enum {
  PAGE_PRACTICE,
  PAGE_PROTECT,
  PAGE_RECOVERY,
  PAGE_PEOPLE, /* from here on it can be left */
  PAGE_HOURS,
  PAGE_LETTERHEAD,
  PAGE_DEFAULTS,
  PAGE_DATA,
  PAGE_FINISH,
  N_PAGES
} Page;

struct _CrSetupWizard {
  GtkWindow parent;
  GtkBox *step_list;
  GtkStack *steps;
  GtkScrolledWindow *scroll;
  GtkLabel *title, *message;
  GtkButton *cancel_button, *back_button, *next_button;
  GtkSpinner *spinner;
  CrWindow *window; /* transient for it */
  Page page;
  gboolean busy;
  GtkWidget *marks[N_STEPS];
  CrSetupStep *pages[N_PAGES];
};

static const char *const STEP_TITLES[N_STEPS] = {
  N_ ("The practice"),          N_ ("Password and recovery"),   N_ ("People and roles"),
  N_ ("Hours, rooms, visits"),  N_ ("Letterhead and printers"), N_ ("Units, times, lock"),
  N_ ("Import, or try it out"), N_ ("Backup and finish")
};

/* code: the page's name in the stack, and in the practice where it stands. */
static const struct {
  const char *code, *title;
  int step; /* 1 … N_STEPS */
  GType (*type) (void);
} PAGES[N_PAGES] = {
  [PAGE_PRACTICE] = { "practice", N_ ("The practice"), 1, cr_setup_practice_get_type },
  [PAGE_PROTECT] = { "protect", N_ ("The first administrator"), 2, cr_setup_protect_get_type },
  [PAGE_RECOVERY] = { "recovery", N_ ("The recovery sheet"), 2, cr_setup_recovery_get_type },
  [PAGE_PEOPLE] = { "people", N_ ("People and roles"), 3, cr_setup_people_get_type },
  [PAGE_HOURS] = { "hours", N_ ("Hours, rooms, visits"), 4, cr_setup_hours_get_type },
  [PAGE_LETTERHEAD] = { "letterhead", N_ ("Letterhead and printers"), 5, cr_setup_letterhead_get_type },
  [PAGE_DEFAULTS] = { "defaults", N_ ("Units, times, lock"), 6, cr_setup_defaults_get_type },
  [PAGE_DATA] = { "data", N_ ("Import, or try it out"), 7, cr_setup_data_get_type },
  [PAGE_FINISH] = { "finish", N_ ("Backup and finish"), 8, cr_setup_finish_get_type },
};

G_DEFINE_FINAL_TYPE (CrSetupWizard, cr_setup_wizard, GTK_TYPE_WINDOW)

/* Where the practice's set-up stands; N_PAGES: it is finished, or a code of another version. */
static Page
stored_page (CrSession *session)
{
  const char *code = cr_session_get_setting (session, CR_SETTING_SET_UP);
  for (int page = PAGE_PEOPLE; code != NULL && page < N_PAGES; page++)
    if (g_str_equal (PAGES[page].code, code))
      return (Page)page;
  return N_PAGES;
}

/* wrong: else it is what goes on. */
static void
said_cb (CrSetupWizard *self, const char *text, gboolean wrong)
{
  const char *css[] = { wrong ? "field-problem" : "text-2", NULL };
  gtk_widget_set_css_classes (GTK_WIDGET (self->message), css);
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message),
                          text != NULL && *text != '\0'); /* else the step has the room */
}

static void
mark_steps (CrSetupWizard *self)
{
  int now = PAGES[self->page].step;
  for (int step = 1; step <= N_STEPS; step++) {
    GtkWidget *mark = self->marks[step - 1];
    const char *sign = step < now ? "✓" : step == now ? "●" : "○";
    g_autofree char *text = g_strdup_printf ("%s  %d  %s", sign, step, _ (STEP_TITLES[step - 1]));
    gtk_label_set_label (GTK_LABEL (mark), text);
    if (step == now)
      gtk_widget_add_css_class (mark, "strong");
    else
      gtk_widget_remove_css_class (mark, "strong");
  }
}

/* Left now, the practice stays and can be gone on with. */
static gboolean
is_kept (CrSetupWizard *self)
{
  return self->page >= PAGE_PEOPLE ||
         (self->page == PAGE_RECOVERY &&
          cr_setup_recovery_is_delivered (CR_SETUP_RECOVERY (self->pages[PAGE_RECOVERY])));
}

static void
update_buttons (CrSetupWizard *self)
{
  CrSetupStep *page = self->pages[self->page];
  gboolean ready = !self->busy && cr_setup_step_is_ready (page);
  gboolean back = self->page == PAGE_PROTECT || self->page > PAGE_PEOPLE;
  GtkWidget *usual = cr_setup_step_get_default (page);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), back);
  gtk_button_set_label (self->cancel_button, is_kept (self) ? _ ("Finish Lat_er") : _ ("C_ancel Set-up"));
  gtk_button_set_label (self->next_button,
                        self->page == PAGE_FINISH ? _ ("_Open the Practice") : _ ("_Continue"));
  gtk_window_set_default_widget (GTK_WINDOW (self), usual != NULL ? usual : GTK_WIDGET (self->next_button));
}

static void
busy_cb (CrSetupWizard *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update_buttons (self);
}

static void
go_to (CrSetupWizard *self, Page page)
{
  g_autofree char *title = g_strdup_printf (_ ("Set Up – Step %d of %d"), PAGES[page].step, N_STEPS);
  self->page = page;
  said_cb (self, NULL, TRUE);
  busy_cb (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->title, _ (PAGES[page].title));
  gtk_stack_set_visible_child_name (self->steps, PAGES[page].code);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
  mark_steps (self);
  cr_setup_step_begin (self->pages[page], self->window);
  update_buttons (self);
}

/* ---- from page to page ---- */

/* What was asked for when it was stored. */
typedef struct {
  CrSetupWizard *self;
  Page next; /* N_PAGES: the end */
} Move;

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Move *move = data;
  g_autoptr (CrSetupWizard) self = move->self;
  g_autoptr (GError) error = NULL;
  gboolean stored = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  busy_cb (self, FALSE);
  if (!stored)
    said_cb (self, error->message, TRUE);
  else if (move->next == N_PAGES)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    go_to (self, move->next);
}

/* The practice knows how far it is; back leads no further than that. */
static void
store (CrSetupWizard *self, Page next)
{
  CrSetting setting = { CR_SETTING_SET_UP, next < N_PAGES ? PAGES[next].code : NULL };
  Move *move = g_new0 (Move, 1);
  *move = (Move){ g_object_ref (self), next };
  busy_cb (self, TRUE);
  cr_admin_save_settings_async (cr_window_get_session (self->window), &setting, 1, stored_cb, move);
}

static void
done_cb (CrSetupWizard *self)
{
  Page next = self->page + 1;
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && self->page == PAGE_PROTECT) {
    /* Closed while it was made: the sheet takes it back. */
    cr_setup_step_begin (self->pages[PAGE_RECOVERY], self->window);
    return;
  }
  if (self->page == PAGE_FINISH ||
      (next > PAGE_PEOPLE && next > stored_page (cr_window_get_session (self->window))))
    store (self, next);
  else
    go_to (self, next);
}

static void
next_cb (CrSetupWizard *self)
{
  said_cb (self, NULL, TRUE);
  cr_setup_step_leave (self->pages[self->page]);
}

static void
back_cb (CrSetupWizard *self)
{
  go_to (self, self->page - 1);
}

/* ---- building ---- */

static void
add_page (CrSetupWizard *self, Page page)
{
  CrSetupStep *step = self->pages[page] = g_object_new (PAGES[page].type (), NULL);
  g_signal_connect_object (step, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->steps, GTK_WIDGET (step), PAGES[page].code);
}

static void
cr_setup_wizard_class_init (CrSetupWizardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/setup-wizard.ui");
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, step_list);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, steps);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, scroll);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, title);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, message);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, back_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, next_button);
  gtk_widget_class_bind_template_child (widget, CrSetupWizard, spinner);
}

static void
cr_setup_wizard_init (CrSetupWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_STEPS; i++) {
    self->marks[i] = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (self->marks[i]), 0);
    gtk_label_set_wrap (GTK_LABEL (self->marks[i]), TRUE);
    gtk_box_append (self->step_list, self->marks[i]);
  }
  for (int page = 0; page < N_PAGES; page++)
    add_page (self, (Page)page);
  cr_setup_protect_set_practice (CR_SETUP_PROTECT (self->pages[PAGE_PROTECT]),
                                 CR_SETUP_PRACTICE (self->pages[PAGE_PRACTICE]));
  g_signal_connect_swapped (self->next_button, "clicked", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (back_cb), self);
}

static void
present (CrWindow *window, Page page)
{
  CrSetupWizard *self = g_object_new (CR_TYPE_SETUP_WIZARD, "transient-for", window, NULL);
  self->window = window;
  go_to (self, page);
  gtk_window_present (GTK_WINDOW (self));
}

void
cr_setup_wizard_present (CrWindow *window)
{
  present (window, PAGE_PRACTICE);
}

void
cr_setup_wizard_go_on (CrWindow *window)
{
  Page page = stored_page (cr_window_get_session (window));
  if (page < N_PAGES)
    present (window, page);
}

char *
cr_setup_wizard_describe (CrSession *session)
{
  Page page = cr_session_can (session, CR_RIGHT_ADMIN) ? stored_page (session) : N_PAGES;
  return page == N_PAGES
             ? NULL
             : g_strdup_printf (_ ("step %d of %d, %s"), PAGES[page].step, N_STEPS, _ (PAGES[page].title));
}
