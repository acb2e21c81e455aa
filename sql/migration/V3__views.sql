-- The figures of a run, in one place: reports and BI tools read the same truth.
create view audit.v_run_job as
select
  i.run_id, i.item_no, i.outcome, i.decided_at, i.labels as item_labels,
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at
from audit.audit_item i
join audit.audit_run r on r.run_id = i.run_id
join audit.smart_job j on j.account = r.account and j.job_id = i.job_id
where i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED');
comment on view audit.v_run_job is 'The jobs of a run whose state is known: fetched in it, or stored before (UNCHANGED, EXPIRED). As they stand now.';

create view audit.v_run_count as
select
  r.run_id, r.account, r.lines_read, r.distinct_ids, r.duplicates, r.malformed,
  count(i.item_no)                                     as items,
  count(*) filter (where i.outcome = 'FETCHED')        as fetched,
  count(*) filter (where i.outcome = 'UNCHANGED')      as unchanged,
  count(*) filter (where i.outcome = 'NOT_FOUND')      as not_found,
  count(*) filter (where i.outcome = 'EXPIRED')        as expired,
  count(*) filter (where i.outcome = 'REFUSED')        as refused,
  count(*) filter (where i.outcome = 'UNREADABLE')     as unreadable,
  count(i.item_no) filter (where i.outcome is null)    as pending
from audit.audit_run r
left join audit.audit_item i on i.run_id = r.run_id
group by r.run_id;
comment on view audit.v_run_count is 'The closing statement of each run, counted from the rows.';

comment on column audit.v_run_job.run_id is 'The run.';
comment on column audit.v_run_job.item_no is 'Line of the input on which the id first stands.';
comment on column audit.v_run_job.outcome is 'FETCHED, UNCHANGED or EXPIRED.';
comment on column audit.v_run_job.decided_at is 'When the outcome was known.';
comment on column audit.v_run_job.item_labels is 'Labels of the run''s input.';
comment on column audit.v_run_job.account is 'Name of the cloud account.';
comment on column audit.v_run_job.job_id is 'Id of the smart job.';
comment on column audit.v_run_job.state is 'State as the API says it.';
comment on column audit.v_run_job.job_type is 'Job type.';
comment on column audit.v_run_job.error_code is 'Why the job failed.';
comment on column audit.v_run_job.error_message is 'The failure in words.';
comment on column audit.v_run_job.total_tokens is 'Tokens used; null is not zero.';
comment on column audit.v_run_job.prompt_tokens is 'Tokens of the prompt.';
comment on column audit.v_run_job.completion_tokens is 'Tokens of the completion.';
comment on column audit.v_run_job.usage_status is 'REPORTED, ABSENT or UNREADABLE.';
comment on column audit.v_run_job.title is 'Title.';
comment on column audit.v_run_job.user_id is 'Id of the user who submitted the job.';
comment on column audit.v_run_job.user_data is 'The submitter''s own text.';
comment on column audit.v_run_job.input_file is 'Input of the job.';
comment on column audit.v_run_job.media_id is 'Media id of the output.';
comment on column audit.v_run_job.media_url is 'URL of the output media.';
comment on column audit.v_run_job.create_time is 'When the job was created.';
comment on column audit.v_run_job.modified_time is 'When the job last changed.';
comment on column audit.v_run_job.request_id is 'The vendor''s request id.';
comment on column audit.v_run_job.anomalies is 'What could not be read as documented.';
comment on column audit.v_run_job.fetched_at is 'When the API gave this answer.';

comment on column audit.v_run_count.run_id is 'The run.';
comment on column audit.v_run_count.account is 'Name of the cloud account.';
comment on column audit.v_run_count.lines_read is 'Data lines, as the import counted them.';
comment on column audit.v_run_count.distinct_ids is 'Distinct ids, as the import counted them.';
comment on column audit.v_run_count.duplicates is 'Duplicate lines, as the import counted them.';
comment on column audit.v_run_count.malformed is 'Malformed lines, as the import counted them.';
comment on column audit.v_run_count.items is 'Ids in the ledger, counted now.';
comment on column audit.v_run_count.fetched is 'Ids with outcome FETCHED.';
comment on column audit.v_run_count.unchanged is 'Ids with outcome UNCHANGED.';
comment on column audit.v_run_count.not_found is 'Ids with outcome NOT_FOUND.';
comment on column audit.v_run_count.expired is 'Ids with outcome EXPIRED.';
comment on column audit.v_run_count.refused is 'Ids with outcome REFUSED.';
comment on column audit.v_run_count.unreadable is 'Ids with outcome UNREADABLE.';
comment on column audit.v_run_count.pending is 'Ids without outcome.';
