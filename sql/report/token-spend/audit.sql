-- Control totals of the workbook, recomputed from the tables and not by the sheets' own queries.
with job as (
  select j.usage_status, j.total_tokens, j.prompt_tokens, j.completion_tokens
  from audit.audit_item i
  join audit.audit_run r on r.run_id = i.run_id
  join audit.smart_job j on j.job_id = i.job_id and j.account = r.account
  where i.run_id = :run_id and i.outcome = any (array['FETCHED', 'UNCHANGED', 'EXPIRED']))
select t.sheet, t.figure, t.basis, t.recomputed
from (values
  ('Summary',      'Total tokens',               'jobs stored',        (select sum(total_tokens) from job)),
  ('Summary',      'Jobs with a known state',    'jobs stored',        (select count(*) from job)),
  ('Summary',      'Jobs reporting tokens',      'jobs with tokens',   (select count(*) from job where total_tokens is not null)),
  ('Summary',      'Jobs not reporting',         'jobs stored',        (select count(*) from job where usage_status = 'ABSENT')),
  ('Summary',      'Jobs with unreadable usage', 'jobs stored',        (select count(*) from job where usage_status = 'UNREADABLE')),
  ('Summary',      'Distinct ids',               'ids in the ledger',
   (select count(*) from audit.audit_item i where i.run_id = :run_id)),
  ('By job type',  'Jobs',                       'jobs stored',        (select count(*) from job)),
  ('By job type',  'Total tokens',               'jobs stored',        (select sum(total_tokens) from job)),
  ('By day',       'Jobs',                       'jobs stored',        (select count(*) from job)),
  ('By day',       'Total tokens',               'jobs stored',        (select sum(total_tokens) from job)),
  ('Token jobs',   'Rows',                       'jobs stored',
   (select count(*) from job where usage_status in ('REPORTED', 'UNREADABLE'))),
  ('Token jobs',   'Total tokens',               'jobs stored',        (select sum(total_tokens) from job)),
  ('Token jobs',   'Prompt tokens',              'jobs stored',        (select sum(prompt_tokens) from job)),
  ('Token jobs',   'Completion tokens',          'jobs stored',        (select sum(completion_tokens) from job))
) as t (sheet, figure, basis, recomputed)
