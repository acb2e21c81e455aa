-- Control totals, recomputed from the bill and from what is stored, independently of the sheets' own queries.
select 'Reconciliation' as sheet, 'Theirs ' || b.currency as figure, '${basis.bill}' as basis, sum(b.amount) as recomputed
from jsonb_to_recordset(cast(:bill as jsonb)) as b (currency text, amount numeric)
group by b.currency
union all
select 'Reconciliation', 'Ours ' || s.currency, '${basis.booked-and-corrected}', sum(s.spend)
from (
  select currency, spend
  from audit.v_booked_job
  where account = :account and booked_at >= :from and booked_at < :to
  union all
  select currency, spend
  from audit.report_correction(null, :account, :from, :to)
  where booked_at >= :from and booked_at < :to) as s
where s.spend is not null
group by s.currency
order by 1, 2
