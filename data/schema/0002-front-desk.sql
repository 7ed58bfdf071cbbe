-- Schema 2: the front desk.  Rules of visit types and of the week, series, the wait list, calls, duplicates and
-- merges, and the steps of the book.
--
-- Columns that an older table gains are nullable and have no default: a row that was written before reads as what
-- its history says of it.  Yes and no are 1 and 0 or NULL there; codes are TEXT.
-- Weekdays in a TEXT are ISO digits in order: "135" is Monday, Wednesday and Friday; NULL is every day.

-- ---- the practice

ALTER TABLE practice ADD COLUMN arrived_limit INTEGER CHECK (arrived_limit > 0);
ALTER TABLE practice ADD COLUMN roomed_limit INTEGER CHECK (roomed_limit > 0);
ALTER TABLE practice ADD COLUMN units TEXT;
ALTER TABLE practice ADD COLUMN hour_style TEXT;
ALTER TABLE practice ADD COLUMN logo_id INTEGER REFERENCES document (id);

ALTER TABLE person ADD COLUMN overlap_limit INTEGER CHECK (overlap_limit > 0);

ALTER TABLE room ADD COLUMN kind TEXT;

ALTER TABLE visit_type ADD COLUMN colour TEXT;
ALTER TABLE visit_type ADD COLUMN pattern TEXT;
ALTER TABLE visit_type ADD COLUMN latest_min INTEGER CHECK (latest_min BETWEEN 0 AND 1439);

-- Who may do visits of the type; nobody named: everybody.
CREATE TABLE visit_type_person (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  visit_type_id INTEGER NOT NULL REFERENCES visit_type (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX visit_type_person_pair ON visit_type_person (visit_type_id, person_id);

-- Rooms and equipment a visit of the type takes; of those with the same choice one is enough.
CREATE TABLE visit_type_need (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  visit_type_id INTEGER NOT NULL REFERENCES visit_type (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  choice INTEGER,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX visit_type_need_pair ON visit_type_need (visit_type_id, room_id);

ALTER TABLE hours ADD COLUMN every_weeks INTEGER CHECK (every_weeks > 0);
ALTER TABLE hours ADD COLUMN phase_on TEXT CHECK (length (phase_on) = 10);

ALTER TABLE schedule_exception ADD COLUMN until_on TEXT CHECK (length (until_on) = 10);
ALTER TABLE schedule_exception ADD COLUMN weekdays TEXT;
CREATE INDEX schedule_exception_until ON schedule_exception (until_on) WHERE until_on IS NOT NULL;

-- ---- the patient

ALTER TABLE patient ADD COLUMN no_voice_mail INTEGER CHECK (no_voice_mail IN (0, 1));
ALTER TABLE patient ADD COLUMN no_mail INTEGER CHECK (no_mail IN (0, 1));
ALTER TABLE patient ADD COLUMN no_text INTEGER CHECK (no_text IN (0, 1));

ALTER TABLE patient_name ADD COLUMN valid_to TEXT;
ALTER TABLE contact_point ADD COLUMN valid_to TEXT;
ALTER TABLE related_person ADD COLUMN other_patient_id INTEGER REFERENCES patient (id);
ALTER TABLE related_person ADD COLUMN valid_to TEXT;

-- Who went into a chart: every reading of a chart asks for them.
CREATE INDEX patient_merged_into ON patient (merged_into) WHERE merged_into IS NOT NULL;

-- What a duplicate is looked for by.
CREATE INDEX patient_email ON patient (lower (email)) WHERE email IS NOT NULL;
CREATE INDEX coverage_member ON coverage (lower (member_id)) WHERE member_id IS NOT NULL;

-- Whether two charts are one person, as somebody judged it; the smaller id stands first.
CREATE TABLE duplicate_answer (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  other_patient_id INTEGER NOT NULL REFERENCES patient (id),
  answer TEXT NOT NULL,
  reason TEXT,
  answered_at INTEGER,
  answered_by INTEGER REFERENCES person (id),
  CHECK (patient_id <= other_patient_id)
) STRICT;
CREATE UNIQUE INDEX duplicate_answer_pair ON duplicate_answer (patient_id, other_patient_id);

CREATE TABLE patient_merge (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  kept_id INTEGER NOT NULL REFERENCES patient (id),
  gone_id INTEGER NOT NULL REFERENCES patient (id),
  reason TEXT,
  merged_at INTEGER NOT NULL,
  merged_by INTEGER REFERENCES person (id),
  second_person_id INTEGER REFERENCES person (id),
  undone_at INTEGER,
  undone_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX patient_merge_gone ON patient_merge (gone_id);
CREATE INDEX patient_merge_kept ON patient_merge (kept_id);
CREATE INDEX patient_merge_at ON patient_merge (merged_at);

-- Each field of each record that a merge changed.  No foreign key for record_id: it may be of any kind.
CREATE TABLE merge_item (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  merge_id INTEGER NOT NULL REFERENCES patient_merge (id),
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  former TEXT,
  became TEXT
) STRICT;
CREATE INDEX merge_item_merge ON merge_item (merge_id);

-- ---- the book

-- The rule that appointments with its series_id were made by, and what each of them was made as.
CREATE TABLE series (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  person_id INTEGER REFERENCES person (id),
  room_id INTEGER REFERENCES room (id),
  visit_type_id INTEGER REFERENCES visit_type (id),
  start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  reason TEXT,
  rule TEXT NOT NULL,
  every INTEGER NOT NULL CHECK (every > 0),
  weekdays TEXT,
  month_day INTEGER CHECK (month_day BETWEEN 1 AND 31),
  nth INTEGER CHECK (nth IN (-1, 1, 2, 3, 4, 5)),
  weekday INTEGER CHECK (weekday BETWEEN 1 AND 7),
  start_on TEXT NOT NULL CHECK (length (start_on) = 10),
  until_on TEXT CHECK (length (until_on) = 10),
  count INTEGER CHECK (count > 0),
  follows_id INTEGER REFERENCES series (id),
  created_at INTEGER,
  created_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX series_patient ON series (patient_id);

ALTER TABLE appointment ADD COLUMN early_minutes INTEGER CHECK (early_minutes >= 0);
ALTER TABLE appointment ADD COLUMN handled_at INTEGER;
ALTER TABLE appointment ADD COLUMN handled_how TEXT;
ALTER TABLE appointment ADD COLUMN chain_id INTEGER;
CREATE INDEX appointment_series ON appointment (series_id, date) WHERE series_id IS NOT NULL;
CREATE INDEX appointment_chain ON appointment (chain_id) WHERE chain_id IS NOT NULL;
-- The condition must be the query's own, word for word.
CREATE INDEX appointment_unhandled ON appointment (date)
  WHERE stage IN ('cancelled', 'no-show') AND handled_at IS NULL;

-- Rooms and equipment that an appointment takes beside its room_id.
CREATE TABLE appointment_resource (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  appointment_id INTEGER NOT NULL REFERENCES appointment (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX appointment_resource_pair ON appointment_resource (appointment_id, room_id);

ALTER TABLE encounter ADD COLUMN return_in INTEGER CHECK (return_in > 0);
ALTER TABLE encounter ADD COLUMN return_unit TEXT;
ALTER TABLE encounter ADD COLUMN return_note TEXT;
ALTER TABLE encounter ADD COLUMN return_handled_at INTEGER;
ALTER TABLE encounter ADD COLUMN return_handled_how TEXT;
ALTER TABLE encounter ADD COLUMN handed TEXT;
CREATE INDEX encounter_return ON encounter (date) WHERE return_in IS NOT NULL AND return_handled_at IS NULL;

CREATE TABLE wait_entry (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  person_id INTEGER REFERENCES person (id),
  visit_type_id INTEGER REFERENCES visit_type (id),
  minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
  weekdays TEXT,
  earliest_min INTEGER CHECK (earliest_min BETWEEN 0 AND 1439),
  latest_min INTEGER CHECK (latest_min BETWEEN 0 AND 1439),
  earliest_on TEXT CHECK (length (earliest_on) = 10),
  latest_on TEXT CHECK (length (latest_on) = 10),
  notice_hours INTEGER CHECK (notice_hours >= 0),
  priority INTEGER,
  interim_appointment_id INTEGER REFERENCES appointment (id),
  reason TEXT,
  status TEXT NOT NULL,
  added_at INTEGER,
  added_by INTEGER REFERENCES person (id),
  appointment_id INTEGER REFERENCES appointment (id),
  closed_at INTEGER,
  closed_by INTEGER REFERENCES person (id),
  closed_how TEXT
) STRICT;
CREATE INDEX wait_entry_patient ON wait_entry (patient_id);
CREATE INDEX wait_entry_open ON wait_entry (added_at) WHERE status = 'waitlist';

-- Calls, letters and cards, one row a try; the phone log.
CREATE TABLE contact_attempt (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  patient_id INTEGER REFERENCES patient (id),
  appointment_id INTEGER REFERENCES appointment (id),
  kind TEXT NOT NULL,
  purpose TEXT NOT NULL,
  due_on TEXT CHECK (length (due_on) = 10),
  at INTEGER,
  person_id INTEGER REFERENCES person (id),
  caller TEXT,
  outcome TEXT,
  note TEXT
) STRICT;
CREATE INDEX contact_attempt_patient ON contact_attempt (patient_id, at) WHERE patient_id IS NOT NULL;
CREATE INDEX contact_attempt_appointment ON contact_attempt (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX contact_attempt_at ON contact_attempt (at) WHERE at IS NOT NULL;
CREATE INDEX contact_attempt_due ON contact_attempt (due_on) WHERE at IS NULL;

-- What one person did to the book at once.  Before and after of its records are in the history: the entries
-- from first_entry to last_entry.
CREATE TABLE book_step (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  person_id INTEGER NOT NULL REFERENCES person (id),
  date TEXT NOT NULL CHECK (length (date) = 10),
  made_at INTEGER NOT NULL,
  label TEXT NOT NULL,
  first_entry INTEGER NOT NULL CHECK (first_entry > 0),
  last_entry INTEGER NOT NULL CHECK (last_entry >= first_entry),
  undone_at INTEGER,
  undone_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX book_step_date ON book_step (date, made_at);

-- ---- work

ALTER TABLE task ADD COLUMN snoozed_until TEXT CHECK (length (snoozed_until) = 10);
ALTER TABLE task ADD COLUMN closed_by INTEGER REFERENCES person (id);
ALTER TABLE task ADD COLUMN note TEXT;
