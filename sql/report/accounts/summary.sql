-- What the accounts book together, and each of them; then their tokens, and how much of the usage is known.
with line as (
  select a.account, l.currency, l.jobs, l.reporting, l.silent, l.unreadable, l.tokens, l.free, l.unpriced, l.spend,
    l.correction, l.booked, coalesce(cast(cast(:digits as jsonb) ->> l.currency as int), 2) as digits
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
  cross join lateral audit.spend_line(:run_id, a.account, :from, :to, :zone, :group_by) as l
  where l.by = 'MONTH'),
booked as (
  select account, currency, round(sum(booked), digits) as booked
  from line
  where booked is not null
  group by account, currency, digits),
last_run as (
  select a.account, l.exit_code
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
  left join lateral audit.last_run(a.account) as l on true),
total as (
  select coalesce(sum(jobs), 0) as jobs, sum(reporting) as reporting, sum(silent) as silent, sum(unreadable) as unreadable,
    sum(tokens) as tokens, sum(unpriced) as unpriced, (select count(*) from last_run) as accounts,
    (select count(*) from last_run where (exit_code <= 3) is not true) as incomplete
  from line),
figure (block, currency, line_no, section, label, amount, total, note, is_check, format, link, formula) as (
  select 1, currency, cast(0 as bigint), '${section.spend}', '${figure.booked-in|' || currency || '}', sum(booked), null, '${note.booked-by-accounts}',
    false, 'money', 'Booking', null
  from booked
  group by currency
  union all
  select 2, currency, row_number() over (partition by currency order by booked desc, account collate "C"), '${section.by-account}',
    account || ', ' || currency, booked, sum(booked) over (partition by currency), null, false, 'money', 'By account', null
  from booked
  union all
  select 3, null, f.line_no, f.section, f.label, f.amount, f.total, f.note, f.is_check, f.format, f.link, f.formula
  from total
  cross join lateral (values
    (1, '${section.tokens}', '${figure.total-tokens}', tokens, null, '${note.total-tokens}', false, 'tokens', 'By account', null),
    (2, '${section.tokens}', '${figure.unpriced-tokens}', unpriced, tokens, '${note.unpriced-tokens}', false, 'tokens', 'By job type',
        null),
    (3, '${section.coverage}', '${figure.accounts}', accounts, null, null, false, 'count', 'By account', null),
    (4, '${section.coverage}', '${figure.incomplete-accounts}', incomplete, accounts, '${note.incomplete-accounts}', true, 'count', 'Last runs',
        null),
    (5, '${section.coverage}', '${figure.reporting-jobs}', reporting, jobs, '${note.reporting-jobs}', false, 'count', 'By account', null),
    (6, '${section.coverage}', '${figure.silent-jobs}', silent, jobs, '${note.silent-jobs}', false, 'count', null, null),
    (7, '${section.coverage}', '${figure.unreadable-jobs}', unreadable, jobs, '${note.unreadable-jobs}', false, 'count', null, null),
    (8, '${section.coverage}', '${figure.jobs}', jobs, null, '${note.jobs-of-period}', false, 'count', 'By account', null),
    (9, '${section.coverage}', '${figure.check}', jobs - coalesce(reporting + silent + unreadable, 0), null, '${note.check-coverage}', true, 'count',
        null, '${figure.jobs} - ${figure.reporting-jobs} - ${figure.silent-jobs} - ${figure.unreadable-jobs}')
  ) as f (line_no, section, label, amount, total, note, is_check, format, link, formula))
select section, label, amount, amount / nullif(total, 0) as share, note, is_check, format, currency, link, formula
from figure
order by block, currency collate "C" nulls first, line_no
