-- API usage and duration of the run; for a period, of every run of the account that finished in it.
select
  r.run_id                                                                     as "Run",
  case when r.status = 'RUNNING' and r.finished_at is not null then 'COMPLETED' else r.status end as "Status",
  cast(r.exit_code as text)                                                    as "Exit code",
  r.started_at                                                                 as "Started",
  r.finished_at                                                                as "Finished",
  extract(epoch from r.finished_at - r.started_at)                             as "Duration",
  r.distinct_ids                                                               as "Distinct ids",
  r.api_calls                                                                  as "Calls",
  r.api_throttled                                                              as "Throttled",
  r.api_retries                                                                as "Retries",
  case when r.settings ->> 'audit.api.rate' ~ '^\s*[0-9]{1,9}(\.[0-9]{1,9})?\s*$'
    then cast(r.settings ->> 'audit.api.rate' as numeric) end                  as "Configured rate (calls/s)",
  round(r.api_calls * 1000.0 / nullif(r.api_fetch_ms, 0), 2)                   as "Effective rate (calls/s)",
  r.api_fetch_ms / 1000.0                                                      as "Time of fetching",
  r.api_waited_ms / 1000.0                                                     as "Waiting time of calls",
  r.region                                                                     as "Region",
  r.input_source                                                               as "Input",
  r.version                                                                    as "Version"
from audit.audit_run r
where r.run_id = :run_id or :run_id is null and r.account = :account and r.finished_at >= :from and r.finished_at < :to
order by r.run_id
