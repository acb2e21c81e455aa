-- Inputs of several files, and runs over a part of an earlier one.
create table audit.audit_input (
  run_id    bigint not null references audit.audit_run (run_id),
  input_no  integer not null,
  source    text not null,
  sha256    text not null,
  line_offset bigint not null,
  primary key (run_id, input_no)
);
comment on table audit.audit_input is 'The files of a run''s input, in order. Runs of releases before this table have none.';
comment on column audit.audit_input.run_id is 'The run.';
comment on column audit.audit_input.input_no is 'Number of the file, from 1.';
comment on column audit.audit_input.source is 'The file as it was named.';
comment on column audit.audit_input.sha256 is 'SHA-256 of its bytes in hex.';
comment on column audit.audit_input.line_offset is 'The file''s lines are numbered on from here: line 7 of the file is line_offset + 7 of audit_item.item_no and audit_rejected_line.line_no.';

alter table audit.audit_run add column parent_run_id bigint references audit.audit_run (run_id);
alter table audit.audit_run add column parent_part text;
comment on column audit.audit_run.parent_run_id is 'The run whose ids it asks about again, or null.';
comment on column audit.audit_run.parent_part is 'Which of that run''s ids: unreadable, failed, not-final, not-found, refused or expired.';
