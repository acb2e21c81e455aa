-- Jobs only in the API's list, and ids only in the run's input. Jobs that an earlier run audited and ids unknown to the API are
-- left out: the summary counts them. A run has at least one row, which may only say that nothing is missing or that nothing was
-- checked; a period has none.
select
  case g.gap
    when 'NEVER_AUDITED' then 'listed, never audited'
    when 'NOT_LISTED' then 'in the input, not listed'
    when 'CREATED_SINCE' then 'created after the run started'
    else case when c.run_id is null then 'not checked: use run --completeness' else 'nothing is missing' end end as "What",
  g.job_id                                      as "Job id",
  g.job_type                                    as "Job type",
  g.state                                       as "State",
  g.create_time                                 as "Created",
  g.outcome                                     as "Outcome",
  (select string_agg(label.key || '=' || label.value, '; ' order by label.key collate "C")
   from jsonb_each_text(g.labels) as label)     as "Labels",
  g.item_no                                     as "Input line"
from audit.audit_run as r
left join audit.audit_listing as c on c.run_id = r.run_id
left join audit.v_completeness_gap as g on g.run_id = r.run_id and g.gap in ('NEVER_AUDITED', 'NOT_LISTED', 'CREATED_SINCE')
where r.run_id = :run_id
order by
  array_position(array['NEVER_AUDITED', 'NOT_LISTED', 'CREATED_SINCE'], g.gap), g.create_time, g.item_no, g.job_id collate "C"
