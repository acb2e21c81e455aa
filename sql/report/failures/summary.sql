-- How many jobs failed and why, what we could not read, and whether the run adds up.
with job as (
  select
    count(*)                                                                     as jobs,
    count(*) filter (where state = 'Failed')                                     as failed,
    count(*) filter (where state = 'Finished')                                   as finished,
    count(distinct coalesce(error_code, '')) filter (where state = 'Failed')     as codes
  from audit.v_run_job
  where run_id = :run_id),
top_code as (
  select coalesce(error_code, '(no code)') collate "C" as error_code, count(*) as most
  from audit.v_run_job
  where run_id = :run_id and state = 'Failed'
  group by 1
  order by 2 desc, 1
  limit 1),
figure (block, line_no, section, label, amount, total, note, is_check) as (
  select 1, f.line_no, 'Failures', f.label, f.amount, f.total, f.note, false
  from job
  left join top_code on true
  cross join lateral (values
    (1, 'Failed jobs',                      failed,                   jobs,   'of the jobs with a known state'),
    (2, 'Finished jobs',                    finished,                 jobs,   'of the jobs with a known state'),
    (3, 'Jobs in another state',            jobs - failed - finished, jobs,   'not final when we asked'),
    (4, 'Jobs with a known state',          jobs,                     jobs,   'fetched, unchanged or expired'),
    (5, 'Different error codes',            codes,                    null,   null),
    (6, 'Jobs with the most frequent code', most,                     failed,
        'of the failed jobs: ' || left(top_code.error_code, 80))
  ) as f (line_no, label, amount, total, note)
  union all
  select 2, f.line_no, 'Ids without an answer', f.label, f.amount, c.items, f.note, false
  from audit.v_run_count c
  cross join lateral (values
    (1, 'Unreadable', c.unreadable, 'of the distinct ids; listed, to be asked again'),
    (2, 'Refused',    c.refused,    'the API refuses to answer for the id'),
    (3, 'Not found',  c.not_found,  'the API does not know the id'),
    (4, 'Expired',    c.expired,    'forgotten by the API; as stored earlier, a known job')
  ) as f (line_no, label, amount, note)
  where c.run_id = :run_id
  union all
  select 3, line_no, 'Closing statement', label, amount, null, note, is_check
  from audit.v_run_statement
  where run_id = :run_id)
select section, label, amount, cast(amount as numeric) / nullif(total, 0) as share, note, is_check
from figure
order by block, line_no
