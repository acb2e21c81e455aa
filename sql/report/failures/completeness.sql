-- What only the API's list has and what only the run's input has. Left out are jobs that an earlier run audited and ids that
-- the API does not know: the summary counts them. A run always has a row, if only to say that nothing is missing or that
-- nobody looked; a period has none.
select
  case g.gap
    when 'NEVER_AUDITED' then 'listed, never audited'
    when 'NOT_LISTED' then 'named, not listed'
    when 'CREATED_SINCE' then 'created since the run began'
    else case when c.run_id is null then 'not checked: see audit.completeness.enabled' else 'nothing is missing' end end as "What",
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
