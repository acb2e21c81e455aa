package io.jobaudit.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Prices and closed months in a database of their own, with jobs as runs store them. */
final class BillingFixture {

	static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	static final Account ACCOUNT = new Account("default");

	final DataSource database = TestPostgres.connected(TestPostgres.migratedDatabase());

	final JdbcClient jdbc = JdbcClient.create(this.database);

	final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(this.database));

	/** Closes and reopens months at a given time. */
	MonthClosing book(String now) {
		return new MonthClosing(new ClosedMonths(this.jdbc), new PriceTable(this.jdbc), this.transactions,
				Clock.fixed(Instant.parse(now), ZoneOffset.UTC), "alice");
	}

	PriceLoader loader(PriceLoader.PricesProperties properties) {
		return new PriceLoader(properties, new PriceTable(this.jdbc), new ClosedMonths(this.jdbc), this.transactions);
	}

	/** Closes a month and archives no file. */
	ClosedMonth close(String month, String now) {
		return book(now).close(ACCOUNT, YearMonth.parse(month), terms(ZONE, null));
	}

	static ClosingTerms terms(ZoneId zone, @Nullable String invoice) {
		return new ClosingTerms(zone, "cost_centre", invoice, "1.2.3");
	}

	Optional<ClosedMonth> closed(String month) {
		return new ClosedMonths(this.jdbc).find(ACCOUNT, YearMonth.parse(month));
	}

	/** A run that stored something. */
	long run(String startedAt) {
		return this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'a1', cast(:at as timestamptz), '1', '{}')
					returning run_id
					""")
			.param("at", startedAt)
			.query(Long.class)
			.single();
	}

	/** A job as a run saw it for the first time. */
	void job(long run, String jobId, String jobType, String state, @Nullable Long tokens, @Nullable String created,
			String seen) {
		this.jdbc.sql("""
				insert into audit.smart_job (account, job_id, job_type, state, total_tokens, usage_status, create_time,
				  raw, first_run_id, last_run_id, fetched_at)
				values ('default', :id, :type, :state, cast(:tokens as bigint),
				  case when cast(:tokens as bigint) is null then 'ABSENT' else 'REPORTED' end,
				  cast(:created as timestamptz), '{}', :run, :run, cast(:seen as timestamptz))
				""")
			.param("id", jobId)
			.param("type", jobType)
			.param("state", state)
			.param("tokens", tokens)
			.param("created", created)
			.param("run", run)
			.param("seen", seen)
			.update();
		this.jdbc.sql("""
				insert into audit.audit_item (run_id, item_no, job_id, outcome, decided_at)
				select :run, coalesce(max(item_no), 0) + 1, :id, 'FETCHED', cast(:seen as timestamptz)
				from audit.audit_item where run_id = :run
				""").param("run", run).param("id", jobId).param("seen", seen).update();
	}

	/** The same job as a later run sees it. */
	void change(long run, String jobId, String jobType, String state, @Nullable Long tokens, String seen) {
		this.jdbc.sql("""
				update audit.smart_job set job_type = :type, state = :state, total_tokens = cast(:tokens as bigint),
				  last_run_id = :run, fetched_at = cast(:seen as timestamptz)
				where job_id = :id
				""")
			.param("id", jobId)
			.param("type", jobType)
			.param("state", state)
			.param("tokens", tokens)
			.param("run", run)
			.param("seen", seen)
			.update();
	}

	/** The same job as a later run books it to another user and cost centre. */
	void assign(long run, String jobId, String user, String costCentre, String seen) {
		this.jdbc
			.sql("""
					update audit.smart_job set user_id = :user, labels = jsonb_build_object('cost_centre', cast(:centre as text)),
					  last_run_id = :run, fetched_at = cast(:seen as timestamptz)
					where job_id = :id
					""")
			.param("id", jobId)
			.param("user", user)
			.param("centre", costCentre)
			.param("run", run)
			.param("seen", seen)
			.update();
	}

	/** Corrections as {@code job seen-day reason cost-centre user tokens money}. */
	List<String> moves() {
		return this.jdbc
			.sql("""
					select concat_ws(' ', job_id, to_char(seen_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), reason,
					  coalesce(labels ->> 'cost_centre', '-'), coalesce(user_id, '-'), tokens, trim_scale(spend) || ' ' || currency)
					from audit.v_correction order by seen_at, job_id, change_id, tokens
					""")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/** A price without an end. */
	void price(String jobType, String currency, String price) {
		this.jdbc
			.sql("""
					insert into audit.price (account, job_type, currency, price_per_1000_tokens, valid_from, starts_at)
					values ('default', :type, :currency, cast(:price as numeric), date '2020-01-01', timestamptz '2020-01-01 00:00+08')
					""")
			.param("type", jobType)
			.param("currency", currency)
			.param("price", price)
			.update();
	}

	/** Corrections as {@code month job seen-day reason type tokens money}. */
	List<String> corrections() {
		return this.jdbc
			.sql("""
					select concat_ws(' ', to_char(month, 'YYYY-MM'), job_id, to_char(seen_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
					  reason, job_type, tokens, coalesce(trim_scale(spend) || ' ' || currency, 'unpriced'))
					from audit.v_correction order by seen_at, job_id, change_id, tokens, job_type collate "C"
					""")
			.query((row, number) -> row.getString(1))
			.list();
	}

	List<Map<String, @Nullable Object>> rows(String sql) {
		return this.jdbc.sql(sql).query().listOfRows();
	}

}
