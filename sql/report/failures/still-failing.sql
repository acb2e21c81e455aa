-- One row per kind of failure that still has failed jobs, most first: how many, for how long the kind is known, and when its last new
-- failure was seen. What a period says is as of its last day.
select
  k.job_type                                                                   as "Job type",
  k.error_code                                                                 as "Error code",
  k.still_failing                                                              as "Failed jobs",
  case when k.jobs > 0 and k.before > 0 then 'repeated' when k.jobs > 0 then 'new' else 'quiet' end as "Status",
  k.jobs                                                                       as "New jobs",
  extract(epoch from cast(:as_of as timestamptz) - k.first_seen)               as "Age",
  k.first_seen                                                                 as "First seen",
  k.last_seen                                                                  as "Last new"
from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from) as k
where k.still_failing > 0
order by k.still_failing desc, k.last_seen desc, k.job_type collate "C", k.error_code collate "C"
