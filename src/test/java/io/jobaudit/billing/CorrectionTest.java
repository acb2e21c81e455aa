package io.jobaudit.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes to jobs of a closed month, and the month in which they are booked. */
@Tag("slow")
class CorrectionTest {

	private static final String CREATED = "2026-10-15T00:00:00Z";

	private static final String CLOSED = "2026-11-02T00:00:00Z";

	private final BillingFixture books = new BillingFixture();

	private final long run = this.books.run("2026-10-20T00:00:00Z");

	@BeforeEach
	void prices() {
		this.books.price("ASR", "CNY", "0.02");
		this.books.price("TextGenerate", "USD", "1.5");
	}

	@Test
	void anUnchangedJobIsNoCorrection() {
		job("a", "ASR", "Executing", null);
		change("a", "ASR", "Finished", 1000L, "2026-10-25T00:00:00Z");
		this.books.close("2026-10", CLOSED);
		job("open", "ASR", "Executing", null, "2026-11-02T00:00:00Z", "2026-11-02T01:00:00Z");
		change("open", "ASR", "Finished", 5L, "2026-11-03T00:00:00Z");

		assertThat(this.books.corrections()).isEmpty();
	}

	@Test
	void tokensReportedLaterAreBookedInTheMonthInWhichTheyAreSeen() {
		job("a", "ASR", "Executing", null);
		this.books.close("2026-10", CLOSED);

		change("a", "ASR", "Finished", 1500L, "2026-11-30T16:30:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-12-01 CHANGED ASR 1500 0.03 CNY");
	}

	@Test
	void aJobThatChangesTwiceIsCorrectedTwiceEachInItsMonth() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		change("a", "ASR", "Finished", 3000L, "2026-11-10T00:00:00Z");
		change("a", "ASR", "Finished", 2500L, "2026-12-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-10 CHANGED ASR 2000 0.04 CNY",
				"2026-10 a 2026-12-10 CHANGED ASR -500 -0.01 CNY");
	}

	@Test
	void theMoneyOfAJobThatFailsLaterIsReversedAndItsTokensAreKept() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		change("a", "ASR", "Failed", 1000L, "2026-11-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-10 CHANGED ASR 0 -0.02 CNY");
	}

	@Test
	void usageThatIsNoLongerKnownIsReversed() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		change("a", "ASR", "Finished", null, "2026-11-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-10 CHANGED ASR -1000 -0.02 CNY");
	}

	@Test
	void aChangeToATypeOfAnotherCurrencyIsReversedInOneAndBookedInTheOther() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		change("a", "TextGenerate", "Finished", 1000L, "2026-11-10T00:00:00Z");
		change("a", "DynamicChart", "Finished", 1000L, "2026-11-11T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-10 CHANGED ASR -1000 -0.02 CNY",
				"2026-10 a 2026-11-10 CHANGED TextGenerate 1000 1.5 USD",
				"2026-10 a 2026-11-11 CHANGED TextGenerate -1000 -1.5 USD",
				"2026-10 a 2026-11-11 CHANGED DynamicChart 1000 unpriced");
	}

	@Test
	void aJobThatIsSeenFirstAfterTheClosingIsLateAndItsChangesFollow() {
		this.books.close("2026-10", CLOSED);

		job("late", "ASR", "Finished", 1000L, CREATED, "2026-11-10T00:00:00Z");
		job("silent", "ASR", "Executing", null, CREATED, "2026-11-10T00:00:00Z");
		change("late", "TextGenerate", "Finished", 3000L, "2026-12-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 late 2026-11-10 LATE ASR 1000 0.02 CNY",
				"2026-10 late 2026-12-10 CHANGED ASR -1000 -0.02 CNY",
				"2026-10 late 2026-12-10 CHANGED TextGenerate 3000 4.5 USD");
	}

	@Test
	void aJobWithoutATimeOfCreationIsBookedInTheMonthInWhichItWasFirstSeen() {
		job("a", "ASR", "Executing", 10L, null, "2026-10-16T00:00:00Z");
		change("a", "ASR", "Finished", 1000L, "2026-10-20T00:00:00Z");
		this.books.close("2026-10", CLOSED);

		this.books.jdbc.sql("update audit.smart_job set create_time = cast(:at as timestamptz)")
			.param("at", CREATED)
			.update();
		change("a", "ASR", "Finished", 3000L, "2026-11-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-10 CHANGED ASR 2000 0.04 CNY");
	}

	@Test
	void aJobThatLosesItsTimeOfCreationBeforeTheClosingIsBookedWhenItWasFirstSeen() {
		job("a", "ASR", "Finished", 1000L, "2026-09-15T00:00:00Z", "2026-10-16T00:00:00Z");
		this.books.jdbc.sql("update audit.smart_job set create_time = null").update();

		this.books.close("2026-09", "2026-10-31T16:00:00Z");
		this.books.close("2026-10", CLOSED);

		assertThat(this.books.rows("""
				select c.job_id from audit.closed_job c join audit.month_close m using (close_id)
				where m.month = date '2026-10-01'""")).hasSize(1);
		assertThat(this.books.rows("select job_id from audit.v_booked_job")).hasSize(1);
		assertThat(this.books.corrections()).isEmpty();
	}

	@Test
	void aMoveToAnotherCostCentreTakesBackFromOneAndBooksToTheOther() {
		job("a", "ASR", "Finished", 1000L);
		this.books.assign(this.run, "a", "alice", "CC-A", "2026-10-21T00:00:00Z");
		this.books.close("2026-10", CLOSED);

		this.books.assign(this.run, "a", "alice", "CC-B", "2026-11-10T00:00:00Z");
		this.books.assign(this.run, "a", "bob", "CC-B", "2026-12-10T00:00:00Z");

		assertThat(this.books.moves()).containsExactly("a 2026-11-10 REASSIGNED CC-A alice -1000 -0.02 CNY",
				"a 2026-11-10 REASSIGNED CC-B alice 1000 0.02 CNY",
				"a 2026-12-10 REASSIGNED CC-B alice -1000 -0.02 CNY", "a 2026-12-10 REASSIGNED CC-B bob 1000 0.02 CNY");
		assertThat(this.books.rows("select user_id, labels ->> 'cost_centre' as centre from audit.v_booked_job"))
			.containsExactly(Map.of("user_id", "alice", "centre", "CC-A"));
	}

	@Test
	void tokensThatChangeWithTheCostCentreMoveAsTheyWereAndAsTheyAre() {
		job("a", "ASR", "Finished", 1000L);
		this.books.assign(this.run, "a", "alice", "CC-A", "2026-10-21T00:00:00Z");
		this.books.close("2026-10", CLOSED);

		this.books.jdbc.sql("""
				update audit.smart_job set total_tokens = 1500, labels = '{"cost_centre": "CC-B"}',
				  fetched_at = timestamptz '2026-11-10 00:00Z'""").update();

		assertThat(this.books.moves()).containsExactly("a 2026-11-10 CHANGED CC-A alice -1000 -0.02 CNY",
				"a 2026-11-10 CHANGED CC-B alice 1500 0.03 CNY");
	}

	@Test
	void labelsThatARunGivesWithoutFetchingAreItsCorrection() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);
		long night = this.books.run("2026-11-10T00:00:00Z");
		this.books.jdbc.sql("update audit.audit_run set status = 'RUNNING' where run_id = :run")
			.param("run", night)
			.update();

		this.books.jdbc.sql("update audit.smart_job set labels = '{\"cost_centre\": \"CC-B\"}'").update();

		assertThat(this.books.rows("select distinct run_id, reason from audit.v_correction"))
			.containsExactly(Map.of("run_id", night, "reason", "REASSIGNED"));
	}

	@Test
	void whoAJobIsBookedToIsNoChangeUntilItsMonthIsClosed() {
		job("a", "ASR", "Finished", 1000L);
		this.books.assign(this.run, "a", "alice", "CC-A", "2026-10-21T00:00:00Z");
		this.books.close("2026-10", CLOSED);
		this.books.assign(this.run, "a", "alice", "CC-B", "2026-11-03T00:00:00Z");
		this.books.book("2026-11-11T00:00:00Z").reopen(BillingFixture.ACCOUNT, YearMonth.of(2026, 10), "x");
		this.books.assign(this.run, "a", "alice", "CC-C", "2026-11-12T00:00:00Z");
		this.books.close("2026-10", "2026-11-12T00:00:00Z");

		assertThat(this.books.moves()).isEmpty();
		assertThat(this.books.rows("select new_labels ->> 'cost_centre' as centre from audit.v_change"))
			.as("of the closed month only")
			.containsExactly(Map.of("centre", "CC-B"));
		this.books.assign(this.run, "a", "alice", "CC-D", "2026-11-13T00:00:00Z");
		assertThat(this.books.moves()).containsExactly("a 2026-11-13 REASSIGNED CC-C alice -1000 -0.02 CNY",
				"a 2026-11-13 REASSIGNED CC-D alice 1000 0.02 CNY");
	}

	@Test
	void whatAnEarlierReleaseClosesIsFrozenToo() {
		job("a", "ASR", "Finished", 1000L);
		this.books.assign(this.run, "a", "alice", "CC-A", "2026-10-21T00:00:00Z");
		this.books.jdbc
			.sql("""
					with closed as (
					  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version, last_change_id)
					  values ('default', date '2026-10-01', 'Asia/Shanghai', timestamptz '2026-10-01 00:00+08',
					    timestamptz '2026-11-01 00:00+08', timestamptz '2026-11-02 00:00Z', 'finance', '0.1.0', 0)
					  returning close_id)
					insert into audit.closed_job (close_id, job_id, state, job_type, error_code, total_tokens, prompt_tokens,
					  completion_tokens, usage_status, create_time, currency, price_per_1000_tokens, spend_status, spend)
					select c.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
					  j.completion_tokens, j.usage_status, j.create_time, j.currency, j.price_per_1000_tokens, j.spend_status, j.spend
					from closed c cross join audit.v_job j""")
			.update();

		this.books.assign(this.run, "a", "bob", "CC-B", "2026-11-10T00:00:00Z");

		assertThat(this.books.rows("select user_id, booked_at = create_time as same from audit.v_booked_job"))
			.containsExactly(Map.of("user_id", "alice", "same", true));
		assertThat(this.books.moves()).containsExactly("a 2026-11-10 REASSIGNED CC-A alice -1000 -0.02 CNY",
				"a 2026-11-10 REASSIGNED CC-B bob 1000 0.02 CNY");
	}

	@Test
	void freeAndUnpricedTokensOfACorrectionAreCounted() {
		job("a", "DynamicChart", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		change("a", "DynamicChart", "Failed", 1000L, "2026-11-10T00:00:00Z");

		assertThat(this.books.rows("select tokens, free_tokens, unpriced_tokens from audit.v_correction"))
			.containsExactly(Map.of("tokens", BigDecimal.ZERO, "free_tokens", BigDecimal.valueOf(1000),
					"unpriced_tokens", BigDecimal.valueOf(-1000)));
	}

	@Test
	void whatIsBookedKeepsItsMonthWhenTheVendorMovesItsCreation() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-10", CLOSED);

		this.books.jdbc.sql("update audit.smart_job set create_time = timestamptz '2026-11-15 00:00Z'").update();
		change("a", "ASR", "Finished", 3000L, "2026-11-20T00:00:00Z");
		this.books.close("2026-11", "2026-12-02T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-20 CHANGED ASR 2000 0.04 CNY");
		assertThat(this.books.rows("select job_id from audit.v_booked_job")).hasSize(1);
	}

	@Test
	void aMachineWhoseClockIsSlowLosesNoCorrectionAndBooksNoneInAClosedMonth() {
		job("a", "ASR", "Finished", 1000L);
		this.books.close("2026-09", "2026-10-02T00:00:00Z");
		job("september", "ASR", "Finished", 1000L, "2026-09-15T00:00:00Z", "2026-10-20T00:00:00Z");
		this.books.close("2026-10", "2026-10-31T16:00:30Z");

		change("a", "ASR", "Finished", 2000L, "2026-10-31T15:59:00Z");
		change("september", "ASR", "Finished", 2000L, "2026-10-31T15:59:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-09 september 2026-10-20 LATE ASR 1000 0.02 CNY",
				"2026-10 a 2026-11-01 CHANGED ASR 1000 0.02 CNY",
				"2026-09 september 2026-11-01 CHANGED ASR 1000 0.02 CNY");
	}

	@Test
	void aReopenedMonthHasNoCorrectionsAndClosingItAgainBooksTheCurrentState() {
		job("a", "ASR", "Finished", 1000L);
		ClosedMonth closed = this.books.close("2026-10", CLOSED);
		change("a", "ASR", "Finished", 3000L, "2026-11-10T00:00:00Z");

		this.books.book("2026-11-11T00:00:00Z").reopen(BillingFixture.ACCOUNT, closed.month(), "x");
		assertThat(this.books.corrections()).isEmpty();
		this.books.close("2026-10", "2026-11-12T00:00:00Z");

		assertThat(this.books.corrections()).isEmpty();
		change("a", "ASR", "Finished", 4000L, "2026-11-13T00:00:00Z");
		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-13 CHANGED ASR 1000 0.02 CNY");
	}

	/**
	 * By currency, type, user and cost centre: nothing is lost, nothing is counted twice.
	 */
	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 20_261_124_001L, 20_261_124_002L, 20_261_124_003L, 20_261_124_004L, 20_261_124_005L })
	void bookedAndCorrectedAddUpToTheCurrentStateWhateverHappens(long seed) {
		Random random = new Random(seed);
		RandomBillingHistory history = new RandomBillingHistory(this.books, random);
		Set<String> corrections = new TreeSet<>();

		for (int day = 0; day < 120; day++) {
			history.next();
			if (day % 10 == 9) {
				assertThat(differences()).as("seed %d, step %d", seed, day).isEmpty();
				corrections.addAll(this.books.corrections());
			}
		}

		assertThat(corrections).as("corrections of seed %d", seed).hasSizeGreaterThan(10);
	}

	/** Groups of jobs whose booked and corrected figures differ from the current ones. */
	private List<String> differences() {
		return this.books.jdbc.sql("""
				with booked as (
				  select job_type, currency, user_id, labels, total_tokens as tokens, spend from audit.v_booked_job
				  union all
				  select job_type, currency, user_id, labels, tokens, spend from audit.v_correction),
				sums as (
				  select coalesce(job_type, '-') as job_type, coalesce(currency, '-') as currency,
				    concat_ws(' ', user_id, labels ->> 'cost_centre') as owner,
				    coalesce(sum(tokens), 0) as tokens, coalesce(sum(spend), 0) as spend
				  from booked group by 1, 2, 3),
				truth as (
				  select coalesce(job_type, '-') as job_type, coalesce(currency, '-') as currency,
				    concat_ws(' ', user_id, labels ->> 'cost_centre') as owner,
				    coalesce(sum(total_tokens), 0) as tokens, coalesce(sum(spend), 0) as spend
				  from audit.v_job group by 1, 2, 3)
				select concat_ws(' ', job_type, currency, owner, sums.tokens, truth.tokens, sums.spend, truth.spend)
				from sums full join truth using (job_type, currency, owner)
				where (coalesce(sums.tokens, 0), coalesce(sums.spend, 0)) is distinct from
				  (coalesce(truth.tokens, 0), coalesce(truth.spend, 0))
				""").query((row, number) -> row.getString(1)).list();
	}

	private void job(String id, String type, String state, @Nullable Long tokens) {
		job(id, type, state, tokens, CREATED, "2026-10-20T00:00:00Z");
	}

	private void job(String id, String type, String state, @Nullable Long tokens, @Nullable String created,
			String seen) {
		this.books.job(this.run, id, type, state, tokens, created, seen);
	}

	private void change(String id, String type, String state, @Nullable Long tokens, String seen) {
		this.books.change(this.run, id, type, state, tokens, seen);
	}

}
