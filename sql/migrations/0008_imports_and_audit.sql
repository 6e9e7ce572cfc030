-- Where every row came from, and who changed what.
create table import_batch (
  id bigint generated always as identity primary key,
  file_name text not null,
  sha256 text not null,
  format text not null,
  started_at timestamptz not null default now(),
  options jsonb not null default '{}',
  rows_read integer not null default 0,
  rows_accepted integer not null default 0,
  rows_refused integer not null default 0,
  findings jsonb not null default '{}'
);
comment on table import_batch is 'One imported file.';
comment on column import_batch.id is 'Identity.';
comment on column import_batch.file_name is 'Name of the file.';
comment on column import_batch.sha256 is 'Hash of its content.';
comment on column import_batch.format is 'Import format that read it.';
comment on column import_batch.started_at is 'When.';
comment on column import_batch.options is 'Options of the import.';
comment on column import_batch.rows_read is 'Rows in the file.';
comment on column import_batch.rows_accepted is 'Rows taken over.';
comment on column import_batch.rows_refused is 'Rows refused with at least one error.';
comment on column import_batch.findings is 'Observations on the whole file: overlaps, gaps, inserted and updated counts.';

create table import_row (
  id bigint generated always as identity primary key,
  batch_id bigint not null references import_batch (id) on delete cascade,
  scope text,
  row_no integer not null,
  raw jsonb not null
);
create index import_row_batch on import_row (batch_id, row_no);
comment on table import_row is 'A refused row as received, so that nothing is lost.';
comment on column import_row.id is 'Identity.';
comment on column import_row.batch_id is 'Import.';
comment on column import_row.scope is 'List or table of the file that the row number counts in; null = the rows of the file.';
comment on column import_row.row_no is 'Row number: the spreadsheet row of a CSV file (header = 1), the place in its list from 1 in a JSON file.';
comment on column import_row.raw is 'The row as received.';

create table import_error (
  id bigint generated always as identity primary key,
  batch_id bigint not null references import_batch (id) on delete cascade,
  scope text,
  row_no integer not null,
  field text not null,
  value text,
  reason text not null,
  code text not null,
  proposal text
);
create index import_error_batch on import_error (batch_id, row_no);
comment on table import_error is 'Why a row was refused.';
comment on column import_error.id is 'Identity.';
comment on column import_error.batch_id is 'Import.';
comment on column import_error.scope is 'List or table of the file that the row number counts in; null = the rows of the file.';
comment on column import_error.row_no is 'Row number, as in import_row.';
comment on column import_error.field is 'Field.';
comment on column import_error.value is 'Value as received.';
comment on column import_error.reason is 'Reason in words.';
comment on column import_error.code is 'Reason as a code.';
comment on column import_error.proposal is 'A reading that would be right, proposed and never applied by itself.';

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  table_name text not null,
  row_id bigint,
  before jsonb,
  after jsonb,
  why text
);
create index audit_log_row on audit_log (table_name, row_id, id desc);
comment on table audit_log is 'Who changed what, when and why.';
comment on column audit_log.id is 'Identity.';
comment on column audit_log.at is 'When.';
comment on column audit_log.actor is 'Who.';
comment on column audit_log.action is 'insert, update, delete or import.';
comment on column audit_log.table_name is 'Table.';
comment on column audit_log.row_id is 'Row.';
comment on column audit_log.before is 'Row before.';
comment on column audit_log.after is 'Row after.';
comment on column audit_log.why is 'Reason given.';
