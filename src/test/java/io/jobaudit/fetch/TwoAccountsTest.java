package io.jobaudit.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.aliyun.credentials.models.CredentialModel;
import io.jobaudit.Outcome;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.VendorCredentials;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import io.jobaudit.simulator.TestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two accounts in one process, each with its own API: neither notices the other. */
@Timeout(60)
@Tag("slow")
class TwoAccountsTest {

	private static final int RATE = 40;

	private static final List<String> IDS = RealFetch.ids(2 * RATE);

	private final ExecutorService background = Executors.newCachedThreadPool();

	private final Tokens northTokens = new Tokens("north");

	private final Tokens southTokens = new Tokens("south");

	private Simulator north = Simulator.start(options("north"));

	private final Simulator south = Simulator.start(options("south"));

	private final RealFetch northern = fetch("north", this.northTokens, this.north);

	private final RealFetch southern = fetch("south", this.southTokens, this.south);

	@AfterEach
	void close() {
		this.background.shutdownNow();
		this.northern.close();
		this.southern.close();
		this.north.close();
		this.south.close();
	}

	@Test
	void eachSignsWithItsOwnKeyAndCountsItsOwnCalls() throws Exception {
		Future<Result> few = this.background.submit(() -> this.northern.run(RealFetch.ids(30)));

		assertAllFetched(this.southern.run(IDS), IDS);
		assertAllFetched(few.get(), RealFetch.ids(30));

		assertThat(this.northern.usage().calls()).isEqualTo(30).isEqualTo(this.north.statistics().calls());
		assertThat(this.southern.usage().calls()).isEqualTo(IDS.size()).isEqualTo(this.south.statistics().calls());
		assertThat(this.north.statistics().jobAnswers()).as("signed by the key of the north").isEqualTo(30);
		assertThat(this.south.statistics().jobAnswers()).as("signed by the key of the south").isEqualTo(IDS.size());
	}

	@Test
	void readersOfOneAccountShareItsRateAndCountTheirOwnCalls() throws Exception {
		this.north.change((options) -> options.withListedJobs(RealFetch.ids(250)));
		Future<Result> fetching = this.background.submit(() -> this.northern.run(IDS));
		JobListing listing = this.northern.listing(ListFilter.ALL);
		int listed = 0;
		for (List<?> page = listing.nextPage(); page != null; page = listing.nextPage()) {
			listed += page.size();
		}

		assertAllFetched(fetching.get(), IDS);

		Statistics seen = this.north.statistics();
		assertThat(listed).isEqualTo(250);
		assertThat(listing.usage().calls()).isEqualTo(3).isEqualTo(seen.listAnswers());
		assertThat(this.northern.usage().calls()).isEqualTo(IDS.size() + 3).isEqualTo(seen.calls());
		assertThat(seen.maxCallsInAnySecond()).as("one rate for both").isLessThan(RATE + RATE / 4);
		assertThat(this.southern.usage()).isEqualTo(ApiUsage.NONE);
	}

	@Test
	void anOutageOfOneDoesNotStopOrSlowTheOther() throws Exception {
		int port = this.north.endpoint().getPort();
		this.north.close();
		Future<Result> waiting = this.background.submit(() -> this.northern.run(IDS));
		await().until(() -> this.northern.usage().calls() >= 10);

		assertAllFetched(this.southern.run(IDS), IDS);
		assertUndisturbed();
		assertThat(waiting).isNotDone();

		this.north = Simulator.start(options("north").withPort(port));
		assertAllFetched(waiting.get(), IDS);
	}

	@Test
	void throttlingOfOneDoesNotSlowTheOther() throws Exception {
		this.north.change((options) -> options.withRate(RATE / 8));
		Future<Result> slowed = this.background.submit(() -> this.northern.run(IDS));
		await().until(() -> this.northern.currentRate() < RATE / 2.0);

		assertAllFetched(this.southern.run(IDS), IDS);
		assertUndisturbed();
		assertThat(slowed).isNotDone();

		this.north.change((options) -> options.withRate(0));
		assertAllFetched(slowed.get(), IDS);
	}

	@Test
	void anExpiredTokenOfOneDoesNotStopOrSlowTheOther() throws Exception {
		Future<Result> waiting = this.background.submit(() -> this.northern.run(IDS));
		await().until(() -> this.north.statistics().jobAnswers() >= 10);
		this.north.change((options) -> TestOptions.withSecurityToken(options, "north-2"));
		await().until(() -> this.north.statistics().otherErrors() >= 1);

		assertAllFetched(this.southern.run(IDS), IDS);
		assertUndisturbed();
		assertThat(this.southTokens.origins).as("the other's key is not read again").hasValue(1);
		assertThat(waiting).isNotDone();

		this.northTokens.number.set(2);
		assertAllFetched(waiting.get(), IDS);
	}

	/** As if it were alone: one call for each id, and far faster than the other may. */
	private void assertUndisturbed() {
		Statistics seen = this.south.statistics();
		assertThat(seen.calls()).isEqualTo(seen.jobAnswers()).isEqualTo(IDS.size());
		assertThat(seen.maxCallsInAnySecond()).isGreaterThan(RATE / 2);
		assertThat(this.southern.currentRate()).isEqualTo(RATE);
		assertThat(this.southern.usage().retries()).isZero();
	}

	private static void assertAllFetched(Result result, List<String> ids) {
		assertThat(result.failure()).isNull();
		assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.FETCHED, (long) ids.size()));
	}

	private static SimulatorOptions options(String account) {
		return TestOptions.withSecurityToken(
				TestOptions.withAccessKey(SimulatorOptions.defaults(), account, account + "-secret"), account + "-1");
	}

	private static RealFetch fetch(String account, Tokens tokens, Simulator simulator) {
		return new RealFetch(account, new VendorCredentials(tokens), simulator.endpoint(), RATE, 8,
				Duration.ofMinutes(1), Duration.ofSeconds(5));
	}

	/** An account's source of tokens. */
	private static final class Tokens implements Supplier<VendorCredentials.Origin> {

		private final String account;

		private final AtomicInteger number = new AtomicInteger(1);

		private final AtomicInteger origins = new AtomicInteger();

		private Tokens(String account) {
			this.account = account;
		}

		@Override
		public VendorCredentials.Origin get() {
			this.origins.incrementAndGet();
			return this::key;
		}

		private CredentialModel key() {
			return CredentialModel.builder()
				.accessKeyId(this.account)
				.accessKeySecret(this.account + "-secret")
				.securityToken(this.account + "-" + this.number.get())
				.build();
		}

	}

}
