-- Unfinished jobs that the API deletes within 30 days, one year after their creation, or has deleted. For a period: all stored jobs
-- of the account that were not deleted before it began.
select
  job_id                                                                       as "Job id",
  job_type                                                                     as "Job type",
  coalesce(state, '(no state)')                                                as "State",
  floor(extract(epoch from forgotten_at - cast(:as_of as timestamptz)) / 86400) as "Days left",
  forgotten_at                                                                 as "Forgotten",
  create_time                                                                  as "Created",
  input_file                                                                   as "Input file",
  user_id                                                                      as "User id",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(labels) as label)                                      as "Labels",
  request_id                                                                   as "Request id"
from audit.expiring_job(:run_id, :account, :from, :to, :as_of)
order by create_time, job_id collate "C"
