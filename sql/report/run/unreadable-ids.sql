-- Ids without a usable answer, and those that the API refuses, with their labels as JSON, for the file that can be the next --ids.
select i.job_id, i.labels, i.http_status, i.code, i.message, i.attempts
from audit.audit_item_row i
where i.run_id = :run_id and i.outcome in ('UNREADABLE', 'REFUSED')
order by i.item_no
