-- Jobs whose usage is missing or unreadable: their tokens are unknown, not zero.
select
  job_id                                        as "Job id",
  job_type                                      as "Job type",
  state                                         as "State",
  usage_status                                  as "Usage",
  (select string_agg(case jsonb_typeof(anomaly) when 'string' then anomaly #>> '{}'
     else concat_ws(': ', anomaly ->> 'kind', anomaly ->> 'path', anomaly ->> 'detail') end, '; ' order by position)
   from jsonb_array_elements(anomalies) with ordinality as a (anomaly, position)) as "Could not be read",
  create_time                                   as "Created",
  modified_time                                 as "Modified",
  user_id                                       as "User id",
  user_data                                     as "User data",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(item_labels) as label)  as "Labels",
  request_id                                    as "Request id",
  outcome                                       as "Outcome",
  item_no                                       as "Input line",
  booked_at                                     as "Booked"
from audit.report_job(:run_id, :account, :from, :to)
where usage_status <> 'REPORTED'
order by item_no, booked_at, job_id collate "C"
