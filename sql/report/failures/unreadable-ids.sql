-- Ids without a usable answer after all retries; the state of their jobs is unknown. For a period: ids that no later run resolved,
-- each once.
select
  i.job_id                                      as "Job id",
  i.outcome                                     as "Outcome",
  i.http_status                                 as "HTTP status",
  i.code                                        as "Code",
  i.message                                     as "Message",
  cast(i.attempts as bigint)                    as "Attempts",
  i.decided_at                                  as "Decided",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(i.labels) as label)     as "Labels",
  i.request_id                                  as "Request id",
  i.run_id                                      as "Run",
  i.item_no                                     as "Input line"
from audit.unreadable_item(:run_id, :account, :from, :to) as i
order by i.run_id, i.item_no
