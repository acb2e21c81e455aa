-- What audit.expiring_job has: of a run, from its jobs that are stored already.
select j.job_id, j.job_type, j.state, j.create_time, j.forgotten_at, j.input_file, j.user_id, j.item_labels as labels, j.request_id
from (
  select r.*, (r.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' as forgotten_at
  from audit.report_job(:run_id, :account, :from, :to) r
  where cast(:run_id as bigint) is not null and (r.state in ('Finished', 'Failed')) is not true) as j
where j.forgotten_at <= cast(:as_of as timestamptz) + interval '720 hours'
union all
select e.*
from audit.expiring_job(null, :account, :from, :to, :as_of) e
where cast(:run_id as bigint) is null
