-- What the jobs of the run cost, exactly, by currency. Unpriced jobs have no spend: unknown is not zero.
select currency, sum(spend) as spend
from audit.report_job(:run_id, :account, :from, :to)
where spend is not null
group by currency
order by currency collate "C"
