-- Schema 1.  One table per record class; a column is named after its field.
--
-- Types: ids, counts, minutes, booleans (0/1) and instants (UTC microseconds) are INTEGER; dates are ISO text and may
-- be partial ("1998-06"); decimals are text as typed; coded values are their code's text.  NULL is absent.
-- The codes of coded columns are not repeated as CHECKs: the list belongs to the program, it grows, and a
-- value the program does not know is refused when it is read.
-- Rows are never deleted, so children need no index for their parents' sake; every index below serves a query.

-- What the store knows of itself: the newest generation of the key file it has seen.
CREATE TABLE store_meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Running numbers, taken inside a job: two programs never get the same one.
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

-- What happened, append-only; hash chains each entry to the one before it.  No foreign keys: an entry is never
-- refused because of what it speaks of.
CREATE TABLE audit (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
  at INTEGER NOT NULL,
  zone TEXT NOT NULL,
  person_id INTEGER,
  role TEXT,
  program TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT,
  record_id INTEGER,
  patient_id INTEGER,
  detail TEXT,
  hash BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_action ON audit (action);
CREATE INDEX audit_patient ON audit (patient_id) WHERE patient_id IS NOT NULL;

-- Each write of a record, under the number of the audit entry that tells who and when (both are written together;
-- the chain covers both, so a foreign key would only cost time).
-- before and after are the record as JSON; before is NULL for a new record.
CREATE TABLE history (
  seq INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  before TEXT,
  after TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_record ON history (record_id, version);

-- Who may come back by a PIN; not a record: its verifier belongs into no history.
CREATE TABLE pin (
  person_id INTEGER NOT NULL PRIMARY KEY,
  verifier TEXT NOT NULL,
  tries INTEGER NOT NULL CHECK (tries >= 0)
) STRICT;

-- ---- the practice

CREATE TABLE practice (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  name TEXT NOT NULL,
  address TEXT,
  city TEXT,
  state TEXT,
  zip TEXT,
  phone TEXT,
  fax TEXT,
  back_line TEXT,
  npi TEXT,
  tax_id TEXT,
  zone TEXT,
  date_style TEXT,
  idle_minutes INTEGER CHECK (idle_minutes BETWEEN 1 AND 15),
  forget_minutes INTEGER CHECK (forget_minutes BETWEEN 1 AND 720),
  late_minutes INTEGER CHECK (late_minutes >= 0),
  demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
  content_reviewed_on TEXT,
  content_reviewed_by INTEGER REFERENCES person (id)
) STRICT;

CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  login TEXT NOT NULL UNIQUE,
  family TEXT,
  given TEXT,
  credentials TEXT,
  roles INTEGER NOT NULL,
  schedulable INTEGER NOT NULL CHECK (schedulable IN (0, 1)),
  npi TEXT,
  license TEXT,
  dea TEXT,
  direct_line TEXT,
  public_key TEXT,
  position INTEGER,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE person_key (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  person_id INTEGER NOT NULL REFERENCES person (id),
  public_key TEXT NOT NULL,
  valid_from INTEGER,
  valid_until INTEGER
) STRICT;
CREATE INDEX person_key_person ON person_key (person_id);

CREATE TABLE room (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  name TEXT NOT NULL,
  position INTEGER,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE visit_type (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  minutes INTEGER CHECK (minutes > 0),
  position INTEGER,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE hours (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  person_id INTEGER NOT NULL REFERENCES person (id),
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1440),
  end_min INTEGER NOT NULL CHECK (end_min BETWEEN start_min AND 1440),
  valid_from TEXT,
  valid_to TEXT
) STRICT;
CREATE INDEX hours_person ON hours (person_id);

CREATE TABLE schedule_exception (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  person_id INTEGER REFERENCES person (id),
  date TEXT NOT NULL CHECK (length (date) = 10),
  kind TEXT NOT NULL,
  start_min INTEGER CHECK (start_min BETWEEN 0 AND 1440),
  end_min INTEGER CHECK (end_min BETWEEN 0 AND 1440),
  reason TEXT
) STRICT;
CREATE INDEX schedule_exception_date ON schedule_exception (date);

CREATE TABLE preference (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  person_id INTEGER REFERENCES person (id),
  key TEXT NOT NULL,
  value TEXT
) STRICT;
CREATE UNIQUE INDEX preference_key ON preference (coalesce (person_id, 0), key);

-- Pharmacies, specialists, laboratories, other practices.
CREATE TABLE contact (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  kind TEXT NOT NULL,
  family TEXT,
  given TEXT,
  credentials TEXT,
  organization TEXT,
  specialty TEXT,
  address TEXT,
  city TEXT,
  state TEXT,
  zip TEXT,
  phone TEXT,
  fax TEXT,
  npi TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  source_id TEXT
) STRICT;
CREATE INDEX contact_kind ON contact (kind);
CREATE UNIQUE INDEX contact_source ON contact (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE code (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  system TEXT NOT NULL,
  code TEXT NOT NULL,
  display TEXT,
  source TEXT
) STRICT;
CREATE UNIQUE INDEX code_code ON code (system, code);

-- ---- the patient

CREATE TABLE patient (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  mrn TEXT NOT NULL UNIQUE CHECK (length (mrn) > 0),
  family TEXT,
  given TEXT,
  middle TEXT,
  suffix TEXT,
  preferred TEXT,
  birth_date TEXT,
  birth_order INTEGER,
  sex TEXT NOT NULL,
  sex_documents TEXT,
  gender_identity TEXT,
  pronouns TEXT,
  death_date TEXT,
  address TEXT,
  city TEXT,
  state TEXT,
  zip TEXT,
  phone TEXT,
  phone_use TEXT,
  email TEXT,
  language TEXT,
  interpreter TEXT,
  access_needs TEXT,
  contact_preference TEXT,
  usual_person_id INTEGER REFERENCES person (id),
  pharmacy_id INTEGER REFERENCES contact (id),
  referred_by TEXT,
  allergy_status TEXT NOT NULL,
  allergy_reviewed_at INTEGER,
  allergy_reviewed_by INTEGER REFERENCES person (id),
  verified_on TEXT,
  registered_on TEXT,
  merged_into INTEGER REFERENCES patient (id),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
  photo_id INTEGER REFERENCES document (id),
  source_id TEXT,
  search TEXT
) STRICT;
CREATE UNIQUE INDEX patient_source ON patient (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX patient_birth ON patient (birth_date);
CREATE INDEX patient_phone ON patient (phone) WHERE phone IS NOT NULL;
CREATE INDEX patient_search ON patient (search);

CREATE TABLE patient_name (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  use TEXT,
  family TEXT,
  given TEXT
) STRICT;
CREATE INDEX patient_name_patient ON patient_name (patient_id);

CREATE TABLE contact_point (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  system TEXT NOT NULL,
  use TEXT,
  value TEXT,
  note TEXT
) STRICT;
CREATE INDEX contact_point_patient ON contact_point (patient_id);

CREATE TABLE related_person (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  relationship TEXT,
  name TEXT,
  phone TEXT,
  address TEXT,
  next_of_kin INTEGER NOT NULL CHECK (next_of_kin IN (0, 1)),
  emergency INTEGER NOT NULL CHECK (emergency IN (0, 1)),
  guarantor INTEGER NOT NULL CHECK (guarantor IN (0, 1)),
  proxy INTEGER NOT NULL CHECK (proxy IN (0, 1))
) STRICT;
CREATE INDEX related_person_patient ON related_person (patient_id);

CREATE TABLE coverage (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  rank INTEGER,
  payer TEXT,
  plan TEXT,
  member_id TEXT,
  group_id TEXT,
  subscriber TEXT,
  relationship TEXT,
  "authorization" TEXT,
  valid_from TEXT,
  valid_to TEXT,
  verified_on TEXT,
  card_front_id INTEGER REFERENCES document (id),
  card_back_id INTEGER REFERENCES document (id),
  source_id TEXT
) STRICT;
CREATE INDEX coverage_patient ON coverage (patient_id);
CREATE UNIQUE INDEX coverage_source ON coverage (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE consent (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  given_on TEXT,
  expires_on TEXT,
  note TEXT,
  document_id INTEGER REFERENCES document (id)
) STRICT;
CREATE INDEX consent_patient ON consent (patient_id);

CREATE TABLE directive (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  kind TEXT NOT NULL,
  text TEXT,
  dated TEXT,
  document_id INTEGER REFERENCES document (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX directive_patient ON directive (patient_id);

-- ---- the book

CREATE TABLE appointment (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  person_id INTEGER REFERENCES person (id),
  room_id INTEGER REFERENCES room (id),
  visit_type_id INTEGER REFERENCES visit_type (id),
  series_id INTEGER,
  date TEXT NOT NULL CHECK (length (date) = 10),
  start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  reason TEXT,
  stage TEXT NOT NULL,
  stage_at INTEGER,
  cancel_reason TEXT,
  moves INTEGER,
  walk_in INTEGER NOT NULL CHECK (walk_in IN (0, 1)),
  overbooked INTEGER NOT NULL CHECK (overbooked IN (0, 1)),
  booked_at INTEGER,
  booked_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX appointment_date ON appointment (date, start_min);
CREATE INDEX appointment_patient ON appointment (patient_id, date);

CREATE TABLE encounter (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  appointment_id INTEGER REFERENCES appointment (id),
  person_id INTEGER REFERENCES person (id),
  room_id INTEGER REFERENCES room (id),
  kind TEXT,
  status TEXT,
  date TEXT,
  reason TEXT,
  arrived_at INTEGER,
  roomed_at INTEGER,
  with_doctor_at INTEGER,
  ready_at INTEGER,
  checked_out_at INTEGER,
  place TEXT,
  source_id TEXT
) STRICT;
CREATE INDEX encounter_patient ON encounter (patient_id, date);
CREATE UNIQUE INDEX encounter_appointment ON encounter (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE UNIQUE INDEX encounter_source ON encounter (source_id) WHERE source_id IS NOT NULL;

-- ---- the chart

CREATE TABLE note (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  author_id INTEGER REFERENCES person (id),
  title TEXT,
  status TEXT NOT NULL,
  date TEXT,
  reason TEXT,
  subjective TEXT,
  objective TEXT,
  assessment_plan TEXT,
  vitals TEXT,
  saved_at INTEGER,
  signed_at INTEGER,
  signed_name TEXT,
  hash TEXT,
  signature TEXT,
  public_key TEXT,
  source_id TEXT,
  CHECK (status <> 'signed' OR signature IS NOT NULL)
) STRICT;
CREATE INDEX note_patient ON note (patient_id, date);
CREATE INDEX note_encounter_draft ON note (encounter_id) WHERE status = 'draft';
CREATE INDEX note_draft ON note (author_id) WHERE status = 'draft';
CREATE UNIQUE INDEX note_source ON note (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE addendum (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  note_id INTEGER NOT NULL REFERENCES note (id),
  author_id INTEGER REFERENCES person (id),
  status TEXT NOT NULL,
  text TEXT,
  saved_at INTEGER,
  signed_at INTEGER,
  signed_name TEXT,
  hash TEXT,
  signature TEXT,
  public_key TEXT,
  CHECK (status <> 'signed' OR signature IS NOT NULL)
) STRICT;
CREATE INDEX addendum_patient ON addendum (patient_id);
CREATE INDEX addendum_draft ON addendum (author_id) WHERE status = 'draft';

CREATE TABLE problem (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  code TEXT,
  system TEXT,
  display TEXT,
  status TEXT NOT NULL,
  onset TEXT,
  resolved TEXT,
  note TEXT,
  recorded_by INTEGER REFERENCES person (id),
  recorded_at INTEGER,
  source_id TEXT
) STRICT;
CREATE INDEX problem_patient ON problem (patient_id);
CREATE UNIQUE INDEX problem_source ON problem (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE allergy (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  substance TEXT,
  code TEXT,
  category TEXT,
  type TEXT,
  reactions TEXT,
  severity TEXT,
  criticality TEXT,
  certainty TEXT,
  source TEXT,
  state TEXT NOT NULL,
  state_reason TEXT,
  onset TEXT,
  recorded_by INTEGER REFERENCES person (id),
  recorded_at INTEGER,
  source_id TEXT
) STRICT;
CREATE INDEX allergy_patient ON allergy (patient_id);
CREATE UNIQUE INDEX allergy_source ON allergy (source_id) WHERE source_id IS NOT NULL;

-- sig_*: the directions in parts.
CREATE TABLE medication (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  drug_code TEXT,
  display TEXT,
  generic TEXT,
  sig_action TEXT,
  sig_dose TEXT,
  sig_dose_high TEXT,
  sig_unit TEXT,
  sig_route TEXT,
  sig_frequency TEXT,
  sig_timing TEXT,
  sig_as_needed INTEGER NOT NULL CHECK (sig_as_needed IN (0, 1)),
  sig_as_needed_for TEXT,
  sig_max_per_day INTEGER,
  sig_days INTEGER,
  sig_other TEXT,
  indication TEXT,
  status TEXT NOT NULL,
  started TEXT,
  stopped TEXT,
  stop_reason TEXT,
  prescription_id INTEGER REFERENCES prescription (id),
  recorded_by INTEGER REFERENCES person (id),
  recorded_at INTEGER,
  source_id TEXT
) STRICT;
CREATE INDEX medication_patient ON medication (patient_id);
CREATE UNIQUE INDEX medication_source ON medication (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE prescription (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  author_id INTEGER REFERENCES person (id),
  medication_id INTEGER REFERENCES medication (id),
  number TEXT UNIQUE,
  status TEXT NOT NULL,
  drug_code TEXT,
  display TEXT,
  generic TEXT,
  form TEXT,
  schedule TEXT,
  sig_action TEXT,
  sig_dose TEXT,
  sig_dose_high TEXT,
  sig_unit TEXT,
  sig_route TEXT,
  sig_frequency TEXT,
  sig_timing TEXT,
  sig_as_needed INTEGER NOT NULL CHECK (sig_as_needed IN (0, 1)),
  sig_as_needed_for TEXT,
  sig_max_per_day INTEGER,
  sig_days INTEGER,
  sig_other TEXT,
  indication TEXT,
  quantity TEXT,
  quantity_unit TEXT,
  refills INTEGER CHECK (refills >= 0),
  dispense_as_written INTEGER NOT NULL CHECK (dispense_as_written IN (0, 1)),
  pharmacy_id INTEGER REFERENCES contact (id),
  pharmacist_note TEXT,
  checks TEXT,
  written_on TEXT,
  signed_at INTEGER,
  signed_name TEXT,
  hash TEXT,
  signature TEXT,
  public_key TEXT,
  printed_at INTEGER,
  prints INTEGER,
  void_reason TEXT,
  source_id TEXT
) STRICT;
CREATE INDEX prescription_patient ON prescription (patient_id);
CREATE INDEX prescription_status ON prescription (status);
CREATE UNIQUE INDEX prescription_source ON prescription (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE observation (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  panel_id INTEGER,
  panel TEXT,
  kind TEXT NOT NULL,
  code TEXT,
  display TEXT,
  value TEXT,
  comparator TEXT,
  unit TEXT,
  number REAL,
  range TEXT,
  flag TEXT,
  status TEXT NOT NULL,
  taken_at INTEGER,
  recorded_by INTEGER REFERENCES person (id),
  reviewed_at INTEGER,
  reviewed_by INTEGER REFERENCES person (id),
  method TEXT,
  performer TEXT,
  kept TEXT,
  source_id TEXT
) STRICT;
CREATE INDEX observation_patient ON observation (patient_id, taken_at);
CREATE INDEX observation_code ON observation (patient_id, code, taken_at);
CREATE INDEX observation_unreviewed ON observation (taken_at) WHERE kind = 'laboratory' AND reviewed_at IS NULL;
CREATE UNIQUE INDEX observation_source ON observation (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE immunization (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  code TEXT,
  display TEXT,
  given_on TEXT,
  status TEXT,
  lot TEXT,
  site TEXT,
  note TEXT,
  recorded_by INTEGER REFERENCES person (id),
  source_id TEXT
) STRICT;
CREATE INDEX immunization_patient ON immunization (patient_id);
CREATE UNIQUE INDEX immunization_source ON immunization (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE procedure (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  code TEXT,
  system TEXT,
  display TEXT,
  status TEXT,
  note TEXT,
  performed_on TEXT,
  source_id TEXT
) STRICT;
CREATE INDEX procedure_patient ON procedure (patient_id);
CREATE UNIQUE INDEX procedure_source ON procedure (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE family_history (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  relationship TEXT,
  condition TEXT,
  code TEXT,
  note TEXT,
  onset_age INTEGER,
  recorded_at INTEGER
) STRICT;
CREATE INDEX family_history_patient ON family_history (patient_id);

CREATE TABLE social_history (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  topic TEXT,
  text TEXT,
  as_of TEXT,
  recorded_at INTEGER
) STRICT;
CREATE INDEX social_history_patient ON social_history (patient_id);

-- ---- documents, referrals, work

CREATE TABLE document (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  kind TEXT,
  title TEXT,
  mime TEXT,
  name TEXT CHECK (length (name) = 64),
  text TEXT,
  bytes INTEGER CHECK (bytes >= 0),
  dated TEXT,
  added_at INTEGER,
  added_by INTEGER REFERENCES person (id),
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  source_id TEXT
) STRICT;
CREATE INDEX document_patient ON document (patient_id);
CREATE UNIQUE INDEX document_source ON document (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE referral (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  encounter_id INTEGER REFERENCES encounter (id),
  author_id INTEGER REFERENCES person (id),
  contact_id INTEGER REFERENCES contact (id),
  problem_id INTEGER REFERENCES problem (id),
  number TEXT UNIQUE,
  specialty TEXT,
  urgency TEXT NOT NULL,
  stage TEXT NOT NULL,
  stage_at INTEGER,
  question TEXT,
  ask TEXT,
  reason TEXT,
  history TEXT,
  done TEXT,
  wants TEXT,
  needs TEXT,
  ordered_on TEXT,
  due_on TEXT,
  signed_at INTEGER,
  signed_name TEXT,
  hash TEXT,
  signature TEXT,
  public_key TEXT,
  sent_method TEXT,
  sent_to TEXT,
  sent_at INTEGER,
  packet_id INTEGER REFERENCES packet (id),
  source_id TEXT
) STRICT;
CREATE INDEX referral_patient ON referral (patient_id);
-- The condition must be the query's own, word for word.
CREATE INDEX referral_open ON referral (ordered_on)
  WHERE stage NOT IN ('closed', 'cancelled', 'patient-declined', 'redirected');
CREATE UNIQUE INDEX referral_source ON referral (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE referral_event (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  referral_id INTEGER NOT NULL REFERENCES referral (id),
  person_id INTEGER REFERENCES person (id),
  stage TEXT NOT NULL,
  at INTEGER,
  note TEXT
) STRICT;
CREATE INDEX referral_event_referral ON referral_event (referral_id);

CREATE TABLE packet (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  referral_id INTEGER REFERENCES referral (id),
  document_id INTEGER NOT NULL REFERENCES document (id),
  frozen_by INTEGER REFERENCES person (id),
  frozen_at INTEGER,
  pages INTEGER CHECK (pages > 0),
  hash TEXT NOT NULL,
  contents TEXT,
  prints INTEGER,
  exports INTEGER
) STRICT;

CREATE TABLE task (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER REFERENCES patient (id),
  assignee_id INTEGER REFERENCES person (id),
  creator_id INTEGER REFERENCES person (id),
  kind TEXT,
  title TEXT,
  status TEXT NOT NULL,
  due_on TEXT,
  subject_id INTEGER,
  created_at INTEGER,
  done_at INTEGER
) STRICT;
CREATE INDEX task_open ON task (assignee_id) WHERE status = 'open';

-- ---- backups: where they go, and each one taken

CREATE TABLE backup_target (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  folder TEXT NOT NULL,
  device TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE backup (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  folder TEXT NOT NULL,
  file TEXT NOT NULL,
  mark TEXT NOT NULL UNIQUE CHECK (length (mark) = 32),
  kind TEXT NOT NULL,
  needs TEXT,
  taken_at INTEGER NOT NULL,
  taken_by INTEGER REFERENCES person (id),
  bytes INTEGER CHECK (bytes > 0),
  entries INTEGER,
  proven_at INTEGER,
  finding TEXT,
  removed_at INTEGER
) STRICT;
