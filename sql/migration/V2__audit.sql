-- The run's book, the jobs and their trail.
comment on schema audit is 'job-audit: what was asked, what became of each id, and what the API says about each smart job.';

create table audit.audit_run (
  run_id           bigint generated always as identity primary key,
  account          text not null,
  region           text not null,
  status           text not null check (status in ('RUNNING', 'COMPLETED', 'FAILED', 'STOPPED')),
  input_source     text not null,
  input_sha256     text not null,
  input_id_column  text,
  lines_read       bigint,
  distinct_ids     bigint,
  duplicates       bigint,
  malformed        bigint,
  started_at       timestamptz not null,
  finished_at      timestamptz,
  exit_code        integer,
  version          text not null,
  settings         jsonb not null,
  api_calls        bigint not null default 0,
  api_throttled    bigint not null default 0,
  api_retries      bigint not null default 0,
  api_waited_ms    bigint not null default 0,
  api_fetch_ms     bigint not null default 0,
  report_directory text,
  summary          jsonb
);
create index audit_run_input on audit.audit_run (account, input_sha256, run_id);
comment on table audit.audit_run is 'One audit: which input, how it ended, and its counts.';
comment on column audit.audit_run.run_id is 'Number of the run; the reports'' directory is named after it.';
comment on column audit.audit_run.account is 'Name of the cloud account (audit.account), so that several can share a database.';
comment on column audit.audit_run.region is 'Region that was asked.';
comment on column audit.audit_run.status is 'RUNNING, COMPLETED, FAILED or STOPPED. Only COMPLETED needs no further run.';
comment on column audit.audit_run.input_source is 'Where the ids came from, as the operator named it.';
comment on column audit.audit_run.input_sha256 is 'SHA-256 of the input''s bytes in hex: the same input again goes on with an unfinished run.';
comment on column audit.audit_run.input_id_column is 'Column of the ids that the operator asked for; null when it was found.';
comment on column audit.audit_run.lines_read is 'Data lines in the input: neither the header nor blank lines. Null until the import is complete.';
comment on column audit.audit_run.distinct_ids is 'Distinct well-formed ids: the items of the run. Null until the import is complete.';
comment on column audit.audit_run.duplicates is 'Lines whose id stood on an earlier line. Null until the import is complete.';
comment on column audit.audit_run.malformed is 'Lines without a well-formed id. Null until the import is complete.';
comment on column audit.audit_run.started_at is 'When the run was first started.';
comment on column audit.audit_run.finished_at is 'When the run''s last id was decided and its book closed, or when it ended otherwise.';
comment on column audit.audit_run.exit_code is 'Exit code of the process that ended the run, or that will when its reports are on disk.';
comment on column audit.audit_run.version is 'Version of job-audit.';
comment on column audit.audit_run.settings is 'Settings that shaped the run; never a secret.';
comment on column audit.audit_run.api_calls is 'Calls sent to the API for ids decided so far, all attempts counted.';
comment on column audit.audit_run.api_throttled is 'Calls that the API answered with throttling.';
comment on column audit.audit_run.api_retries is 'Calls that repeated an earlier one.';
comment on column audit.audit_run.api_waited_ms is 'Milliseconds that calls waited for their turn under the rate, added up over all calls in flight.';
comment on column audit.audit_run.api_fetch_ms is 'Milliseconds from the first call to the last answer, pauses between restarts left out.';
comment on column audit.audit_run.report_directory is 'Directory that holds the run''s reports, once they are written.';
comment on column audit.audit_run.summary is 'run-summary.json as it was written.';

create table audit.audit_item (
  run_id       bigint not null references audit.audit_run (run_id),
  item_no      bigint not null,
  job_id       text not null,
  labels       jsonb not null default '{}',
  outcome      text check (outcome in ('FETCHED', 'UNCHANGED', 'NOT_FOUND', 'EXPIRED', 'REFUSED', 'UNREADABLE')),
  http_status  integer,
  code         text,
  message      text,
  request_id   text,
  attempts     integer not null default 0,
  decided_at   timestamptz,
  primary key (run_id, item_no),
  unique (run_id, job_id)
) with (fillfactor = 70);
comment on table audit.audit_item is 'The ledger: one row per distinct id of a run, with exactly one outcome once it is decided.';
comment on column audit.audit_item.run_id is 'The run.';
comment on column audit.audit_item.item_no is 'Line of the input on which the id first stands, counted from 1.';
comment on column audit.audit_item.job_id is 'Id of the smart job.';
comment on column audit.audit_item.labels is 'The line''s other columns: header to value.';
comment on column audit.audit_item.outcome is 'FETCHED: the API''s answer is stored. UNCHANGED: already stored in a final state, not asked. NOT_FOUND: the API does not know it. EXPIRED: stored earlier, over a year old, and the API has forgotten it. REFUSED: the API refuses to answer for this id. UNREADABLE: no usable answer after all retries. Null: pending.';
comment on column audit.audit_item.http_status is 'HTTP status of the last answer; null when there was none.';
comment on column audit.audit_item.code is 'Error code of the last answer, or ours when there was no answer to take it from.';
comment on column audit.audit_item.message is 'Error message of the last answer, or what went wrong.';
comment on column audit.audit_item.request_id is 'The vendor''s request id of the last answer.';
comment on column audit.audit_item.attempts is 'Calls made for this id; 0 for UNCHANGED.';
comment on column audit.audit_item.decided_at is 'When the outcome was known; null while pending.';

create table audit.audit_rejected_line (
  run_id   bigint not null references audit.audit_run (run_id),
  line_no  bigint not null,
  content  text not null,
  reason   text not null,
  primary key (run_id, line_no)
);
comment on table audit.audit_rejected_line is 'Data lines of the input that did not become an item, and why.';
comment on column audit.audit_rejected_line.run_id is 'The run.';
comment on column audit.audit_rejected_line.line_no is 'Line of the input, counted from 1.';
comment on column audit.audit_rejected_line.content is 'The line''s id or, where it has none, its cells; cut at 1,000 characters, control characters replaced.';
comment on column audit.audit_rejected_line.reason is 'DUPLICATE, or what is malformed: EMPTY, TOO_LONG, BAD_CHARACTER, SHORT_ROW.';

create table audit.smart_job (
  account            text not null,
  job_id             text not null,
  state              text,
  job_type           text,
  error_code         text,
  error_message      text,
  total_tokens       bigint,
  prompt_tokens      bigint,
  completion_tokens  bigint,
  usage_status       text not null check (usage_status in ('REPORTED', 'ABSENT', 'UNREADABLE')),
  title              text,
  description        text,
  user_id            text,
  user_data          text,
  input_file         text,
  output_bucket      text,
  output_object      text,
  media_id           text,
  media_url          text,
  output             text,
  editing_config     text,
  job_parameters     text,
  create_time        timestamptz,
  modified_time      timestamptz,
  request_id         text,
  labels             jsonb not null default '{}',
  ai_result_bytes    bigint,
  ai_result_sha256   text,
  raw                jsonb not null,
  anomalies          jsonb not null default '[]',
  first_run_id       bigint not null references audit.audit_run (run_id),
  last_run_id        bigint not null references audit.audit_run (run_id),
  fetched_at         timestamptz not null,
  primary key (account, job_id)
);
comment on table audit.smart_job is 'What the API last said about each smart job, one row per account and job.';
comment on column audit.smart_job.account is 'Name of the cloud account.';
comment on column audit.smart_job.job_id is 'Id of the smart job, as it was asked.';
comment on column audit.smart_job.state is 'State as the API says it: Finished and Failed are final, any other is not.';
comment on column audit.smart_job.job_type is 'Job type, free text of the vendor''s.';
comment on column audit.smart_job.error_code is 'Why the job failed; null unless it failed.';
comment on column audit.smart_job.error_message is 'The failure in words; null unless it failed.';
comment on column audit.smart_job.total_tokens is 'Tokens used. Null means not reported or not readable, never zero.';
comment on column audit.smart_job.prompt_tokens is 'Tokens of the prompt, where the API tells.';
comment on column audit.smart_job.completion_tokens is 'Tokens of the completion, where the API tells.';
comment on column audit.smart_job.usage_status is 'REPORTED: total_tokens is the API''s figure. ABSENT: no usage in the answer. UNREADABLE: there is one, and it could not be read; it stands in raw.';
comment on column audit.smart_job.title is 'Title.';
comment on column audit.smart_job.description is 'Description.';
comment on column audit.smart_job.user_id is 'Id of the user who submitted the job.';
comment on column audit.smart_job.user_data is 'The submitter''s own text, usually JSON.';
comment on column audit.smart_job.input_file is 'OSS URL or media id of the input, or the text to speak.';
comment on column audit.smart_job.output_bucket is 'OSS bucket of the output.';
comment on column audit.smart_job.output_object is 'OSS object of the output.';
comment on column audit.smart_job.media_id is 'Media id of the output.';
comment on column audit.smart_job.media_url is 'URL of the output media.';
comment on column audit.smart_job.output is 'Output: a media id, a JSON array, a URL or {}, by job type.';
comment on column audit.smart_job.editing_config is 'Editing configuration, JSON in a text. Not in the vendor''s field table.';
comment on column audit.smart_job.job_parameters is 'Parameters of the input configuration, JSON in a text. Not in the vendor''s field table.';
comment on column audit.smart_job.create_time is 'When the job was created.';
comment on column audit.smart_job.modified_time is 'When the job last changed.';
comment on column audit.smart_job.request_id is 'The vendor''s request id of the answer.';
comment on column audit.smart_job.labels is 'Labels from the inputs that named the job; a later input''s value wins.';
comment on column audit.smart_job.ai_result_bytes is 'Length of AiResult in bytes of UTF-8; null when there is none.';
comment on column audit.smart_job.ai_result_sha256 is 'SHA-256 of AiResult in hex; null when there is none.';
comment on column audit.smart_job.raw is 'The answer, without AiResult unless audit.store.ai-result=keep; what PostgreSQL cannot hold is replaced and named in anomalies.';
comment on column audit.smart_job.anomalies is 'What could not be read as documented, an array of texts: unknown field, unknown state, bad time, unreadable usage, replaced characters.';
comment on column audit.smart_job.first_run_id is 'The run that stored the job first.';
comment on column audit.smart_job.last_run_id is 'The run that fetched it last.';
comment on column audit.smart_job.fetched_at is 'When the API gave this answer.';

create table audit.smart_job_change (
  change_id              bigint generated always as identity primary key,
  account                text not null,
  job_id                 text not null,
  run_id                 bigint not null references audit.audit_run (run_id),
  changed_at             timestamptz not null,
  old_state              text,
  new_state              text,
  old_job_type           text,
  new_job_type           text,
  old_error_code         text,
  new_error_code         text,
  old_error_message      text,
  new_error_message      text,
  old_total_tokens       bigint,
  new_total_tokens       bigint,
  old_prompt_tokens      bigint,
  new_prompt_tokens      bigint,
  old_completion_tokens  bigint,
  new_completion_tokens  bigint,
  old_usage_status       text not null,
  new_usage_status       text not null
);
create index smart_job_change_job on audit.smart_job_change (account, job_id);
create index smart_job_change_run on audit.smart_job_change (run_id);
comment on table audit.smart_job_change is 'Append-only trail: one row whenever state, type, error or usage of a stored job changes. Written by a trigger.';
comment on column audit.smart_job_change.change_id is 'Number of the change, in order.';
comment on column audit.smart_job_change.account is 'Name of the cloud account.';
comment on column audit.smart_job_change.job_id is 'Id of the smart job.';
comment on column audit.smart_job_change.run_id is 'The run that saw the change.';
comment on column audit.smart_job_change.changed_at is 'When the answer that differs was fetched.';
comment on column audit.smart_job_change.old_state is 'State stored before.';
comment on column audit.smart_job_change.new_state is 'State now.';
comment on column audit.smart_job_change.old_job_type is 'Job type stored before.';
comment on column audit.smart_job_change.new_job_type is 'Job type now.';
comment on column audit.smart_job_change.old_error_code is 'Error code stored before.';
comment on column audit.smart_job_change.new_error_code is 'Error code now.';
comment on column audit.smart_job_change.old_error_message is 'Error message stored before.';
comment on column audit.smart_job_change.new_error_message is 'Error message now.';
comment on column audit.smart_job_change.old_total_tokens is 'Total tokens stored before.';
comment on column audit.smart_job_change.new_total_tokens is 'Total tokens now.';
comment on column audit.smart_job_change.old_prompt_tokens is 'Prompt tokens stored before.';
comment on column audit.smart_job_change.new_prompt_tokens is 'Prompt tokens now.';
comment on column audit.smart_job_change.old_completion_tokens is 'Completion tokens stored before.';
comment on column audit.smart_job_change.new_completion_tokens is 'Completion tokens now.';
comment on column audit.smart_job_change.old_usage_status is 'Usage status stored before.';
comment on column audit.smart_job_change.new_usage_status is 'Usage status now.';

create function audit.log_smart_job_change() returns trigger language plpgsql as $$
begin
  insert into audit.smart_job_change (account, job_id, run_id, changed_at,
    old_state, new_state, old_job_type, new_job_type, old_error_code, new_error_code, old_error_message, new_error_message,
    old_total_tokens, new_total_tokens, old_prompt_tokens, new_prompt_tokens, old_completion_tokens, new_completion_tokens,
    old_usage_status, new_usage_status)
  values (new.account, new.job_id, new.last_run_id, new.fetched_at,
    old.state, new.state, old.job_type, new.job_type, old.error_code, new.error_code, old.error_message, new.error_message,
    old.total_tokens, new.total_tokens, old.prompt_tokens, new.prompt_tokens, old.completion_tokens, new.completion_tokens,
    old.usage_status, new.usage_status);
  return null;
end
$$;
comment on function audit.log_smart_job_change() is 'Writes the finance trail, whichever statement changes a job.';

create trigger smart_job_change after update on audit.smart_job for each row
  when ((old.state, old.job_type, old.error_code, old.error_message, old.total_tokens, old.prompt_tokens, old.completion_tokens, old.usage_status)
    is distinct from
    (new.state, new.job_type, new.error_code, new.error_message, new.total_tokens, new.prompt_tokens, new.completion_tokens, new.usage_status))
  execute function audit.log_smart_job_change();
