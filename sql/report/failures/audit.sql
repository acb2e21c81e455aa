-- Control totals of the workbook, recomputed from the tables and not by the sheets' own queries.
with job as (
  select j.state
  from audit.audit_item i
  join audit.audit_run r on r.run_id = i.run_id
  join audit.smart_job j on j.job_id = i.job_id and j.account = r.account
  where i.run_id = :run_id and i.outcome = any (array['FETCHED', 'UNCHANGED', 'EXPIRED'])),
item as (
  select i.outcome from audit.audit_item i where i.run_id = :run_id),
rejected as (
  select l.reason from audit.audit_rejected_line l where l.run_id = :run_id)
select t.sheet, t.figure, t.basis, t.recomputed
from (values
  ('Summary',        'Jobs with a known state', 'jobs stored',        (select count(*) from job)),
  ('Summary',        'Jobs with a known state', 'outcomes of ids',
   (select count(*) from item where outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED'))),
  ('Summary',        'Failed jobs',             'jobs stored',        (select count(*) from job where state = 'Failed')),
  ('Summary',        'Distinct ids',            'ids in the ledger',  (select count(*) from item)),
  ('Summary',        'Duplicate lines',         'lines set aside',    (select count(*) from rejected where reason = 'DUPLICATE')),
  ('Summary',        'Malformed lines',         'lines set aside',    (select count(*) from rejected where reason <> 'DUPLICATE')),
  ('By error code',  'Failed jobs',             'jobs stored',        (select count(*) from job where state = 'Failed')),
  ('By job type',    'Jobs',                    'jobs stored',        (select count(*) from job)),
  ('By job type',    'Failed',                  'jobs stored',        (select count(*) from job where state = 'Failed')),
  ('Failed jobs',    'Rows',                    'jobs stored',        (select count(*) from job where state = 'Failed')),
  ('Unreadable ids', 'Rows',                    'outcomes of ids',    (select count(*) from item where outcome = 'UNREADABLE'))
) as t (sheet, figure, basis, recomputed)
