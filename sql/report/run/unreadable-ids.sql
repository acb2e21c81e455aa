-- Ids that got no usable answer, with their labels as JSON, for the file that is given back as the next --ids.
select i.job_id, i.labels, i.http_status, i.code, i.message, i.attempts
from audit.audit_item i
where i.run_id = :run_id and i.outcome = 'UNREADABLE'
order by i.item_no
