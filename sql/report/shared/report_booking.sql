-- What audit.report_booking has, and the account, from jobs and corrections that are stored already.
select j.account, j.job_id, j.create_time, j.booked_at, j.job_type, j.user_id, j.user_data, j.item_labels as labels, j.group_by, j.currency,
  j.usage_status, j.total_tokens, j.prompt_tokens, j.completion_tokens, cast(null as numeric) as correction_tokens,
  cast(case when j.spend_status = 'FREE' then j.total_tokens end as numeric) as free_tokens,
  cast(case when j.spend_status = 'UNPRICED' then j.total_tokens end as numeric) as unpriced_tokens,
  j.spend, cast(null as numeric) as correction
from audit.report_job(:run_id, :account, :from, :to) j
union all
select c.account, c.job_id, c.create_time, c.seen_at, c.job_type, c.user_id, c.user_data, c.labels, c.group_by, c.currency,
  null, null, null, null, c.tokens, nullif(c.free_tokens, 0), nullif(c.unpriced_tokens, 0), null, c.spend
from audit.report_correction(:run_id, :account, :from, :to) c
where cast(:run_id as bigint) is null and c.seen_at >= :from and c.seen_at < :to
