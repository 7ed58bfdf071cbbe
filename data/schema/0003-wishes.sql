-- Schema 3: what patients wish and what visits ask of them.  As in schema 2, the new columns are nullable and
-- have no default, and weekdays are ISO digits in order.

-- Asked to arrive so much before; NULL: on time.
ALTER TABLE visit_type ADD COLUMN early_minutes INTEGER CHECK (early_minutes >= 0);

-- How they are best reached: "phone", "text", "email", "mail"; NULL: not said.
ALTER TABLE patient ADD COLUMN contact_by TEXT;
ALTER TABLE patient ADD COLUMN no_email INTEGER CHECK (no_email IN (0, 1));
-- The days that suit them; NULL: any.
ALTER TABLE patient ADD COLUMN preferred_days TEXT;
