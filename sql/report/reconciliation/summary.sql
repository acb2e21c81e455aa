-- The result, then each currency's amounts.
with line as (
  select *
  from audit.reconciliation(:account, :from, :to, cast(:bill as jsonb), :billing_currency)),
money as (
  select currency, sum(ours) as ours, sum(theirs) as theirs, sum(difference) as difference, sum(by_failed) as failed,
    sum(by_unpriced) as unpriced, sum(by_timeless) as timeless, sum(by_silent) as silent, sum(by_rounding) as rounding,
    sum(unexplained) as unexplained
  from line
  group by currency),
figure (block, currency, line_no, section, label, amount, note, is_check, format) as (
  select 1, '', 1, '${section.result}', '${figure.unexplained-lines}', cast(count(*) filter (where abs(unexplained) > cast(:tolerance as numeric)) as numeric),
    '${note.unexplained-lines|' || cast(:tolerance as numeric) || '}', true, null
  from line
  union all
  select 1, '', 2, '${section.result}', '${figure.reconciled-lines}', cast(count(*) as numeric), '${note.reconciled-lines}', false, null
  from line
  union all
  select 2, m.currency, f.line_no, '${section.bill-in|' || m.currency || '}', f.label, f.amount, f.note, f.is_check, 'price'
  from money m
  cross join lateral (values
    (1, '${figure.theirs}',      m.theirs,      '${note.theirs}', false),
    (2, '${figure.ours}',        m.ours,        '${note.ours}', false),
    (3, '${figure.difference}',  m.difference,  '${note.difference}', false),
    (4, '${figure.by-failed}',   m.failed,      '${note.by-failed}', false),
    (5, '${figure.by-unpriced}', m.unpriced,    '${note.by-unpriced}', false),
    (6, '${figure.by-timeless}', m.timeless,    '${note.by-timeless}', false),
    (7, '${figure.by-silent}',   m.silent,      '${note.by-silent}', false),
    (8, '${figure.by-rounding}', m.rounding,    '${note.by-rounding}', false),
    (9, '${figure.unexplained}', m.unexplained, '${note.unexplained}', false),
    (10, '${figure.check}', m.difference - m.failed - m.unpriced - m.timeless - m.silent - m.rounding - m.unexplained,
      '${note.check-reconciliation}', true)) as f (line_no, label, amount, note, is_check))
select section, label, amount, cast(null as numeric) as share, note, is_check, format, nullif(currency, '') as currency,
  case when label = '${figure.check}' then '${figure.difference} - ${figure.by-failed} - ${figure.by-unpriced} - ${figure.by-timeless}'
    || ' - ${figure.by-silent} - ${figure.by-rounding} - ${figure.unexplained}' end as formula
from figure
order by block, currency collate "C", line_no
