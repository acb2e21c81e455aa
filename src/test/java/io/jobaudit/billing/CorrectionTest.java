package io.jobaudit.billing;

import java.util.List;
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
	void aJobWhoseCreationCouldNotBeReadWhenItsMonthWasClosedIsLate() {
		job("a", "ASR", "Executing", 10L, null, "2026-10-16T00:00:00Z");
		change("a", "ASR", "Finished", 1000L, "2026-10-20T00:00:00Z");
		this.books.close("2026-10", CLOSED);

		this.books.jdbc.sql("update audit.smart_job set create_time = cast(:at as timestamptz)")
			.param("at", CREATED)
			.update();
		change("a", "ASR", "Finished", 3000L, "2026-11-10T00:00:00Z");

		assertThat(this.books.corrections()).containsExactly("2026-10 a 2026-11-02 LATE ASR 1000 0.02 CNY",
				"2026-10 a 2026-11-10 CHANGED ASR 2000 0.04 CNY");
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
	 * By currency, type and whether the job is priced: nothing is lost, nothing is
	 * counted twice.
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
				  select job_type, currency, total_tokens as tokens, spend from audit.v_booked_job
				  union all
				  select job_type, currency, tokens, spend from audit.v_correction),
				sums as (
				  select coalesce(job_type, '-') as job_type, coalesce(currency, '-') as currency,
				    coalesce(sum(tokens), 0) as tokens, coalesce(sum(spend), 0) as spend
				  from booked group by 1, 2),
				truth as (
				  select coalesce(job_type, '-') as job_type, coalesce(currency, '-') as currency,
				    coalesce(sum(total_tokens), 0) as tokens, coalesce(sum(spend), 0) as spend
				  from audit.v_job group by 1, 2)
				select concat_ws(' ', job_type, currency, sums.tokens, truth.tokens, sums.spend, truth.spend)
				from sums full join truth using (job_type, currency)
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
