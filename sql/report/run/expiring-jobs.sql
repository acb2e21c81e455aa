-- Unfinished jobs that the API deletes within 30 days, or has deleted.
select count(*) as jobs
from audit.expiring_job(:run_id, :account, :from, :to, :as_of)
