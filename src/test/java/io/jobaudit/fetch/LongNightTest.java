package io.jobaudit.fetch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.aliyun.credentials.models.CredentialModel;
import io.jobaudit.HttpProxy;
import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.Acs3Signer;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.CredentialsSource.Credentials;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.SignedHttpApi;
import io.jobaudit.fetch.api.VendorCredentials;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Fourteen hours of calls with tokens that live for one hour, on time that the test
 * moves. The calls are real ones, and the simulated API checks their signature and token.
 */
@Tag("slow")
class LongNightTest {

	private static final Duration NIGHT = Duration.ofHours(14).plusMinutes(10);

	private static final Duration LIFE = Duration.ofHours(1);

	private static final Duration BETWEEN_CALLS = Duration.ofSeconds(20);

	/** When the source may be away, and the vendor's library reads a token again. */
	private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	/** Tokens that this night takes after its first one. */
	private static final int RENEWALS = 14;

	private static final Night REFUSED = new Night("refused", Library.READS_ONCE, Duration.ZERO, Integer.MAX_VALUE,
			Duration.ZERO, 0, 0);

	private static final Night LOST = new Night("lost", Library.READS_ONCE, NIGHT, 0, Duration.ZERO, 2, 62);

	private final SteppedTime time = new SteppedTime();

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1);

	private final CloseableHttpClient http;

	private final ApiProperties properties;

	LongNightTest() {
		this.properties = new ApiProperties("cn-shanghai", this.simulator.endpoint(), null, 0, 1, Duration.ofSeconds(3),
				Duration.ofSeconds(15), Duration.ofSeconds(30), PATIENCE, DataSize.ofMegabytes(16),
				List.of("JobNotFound"));
		this.http = HttpProxy.of(null)
			.client(this.properties.connectTimeout(), this.properties.responseTimeout(), this.properties.concurrency());
	}

	@AfterEach
	void close() throws IOException {
		this.deadlines.shutdownNow();
		this.http.close();
		this.simulator.close();
	}

	/**
	 * A kind of night.
	 *
	 * @param name what happens
	 * @param library how the vendor's library keeps a token
	 * @param late how long after the end of a token the next one is there
	 * @param refusals how often the API refuses a new token at first
	 * @param outage how long the source is away, from five minutes before the end of a
	 * token on
	 * @param refused calls that the API refuses for each renewal
	 * @param reads at most so many reads of the source for each renewal
	 */
	record Night(String name, Library library, Duration late, int refusals, Duration outage, int refused, int reads) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** How the vendor's library keeps a token. */
	enum Library {

		/** As with a credentials URI, OIDC or a RAM role. */
		REFRESHES_EARLY,

		/** As with a profile of the command line tool. */
		READS_ONCE

	}

	static Stream<Night> nights() {
		Duration none = Duration.ZERO;
		Duration early = Duration.ofMinutes(-10);
		Duration late = Duration.ofMinutes(9);
		Duration away = Duration.ofMinutes(10);
		return Stream.of(new Night("refreshed early", Library.REFRESHES_EARLY, early, 0, none, 0, 1),
				new Night("rotated early, but read once", Library.READS_ONCE, early, 0, none, 1, 1),
				new Night("rotated on time", Library.READS_ONCE, none, 0, none, 1, 1),
				new Night("late", Library.READS_ONCE, late, 0, none, 1, 55),
				new Night("late, though refreshed early", Library.REFRESHES_EARLY, late, 0, none, 1, 16 + 55),
				new Night("new token refused once", Library.READS_ONCE, none, 1, none, 2, 2),
				new Night("new token refused eight times", Library.READS_ONCE, none, 8, none, 9, 9),
				new Night("refreshed early and refused once", Library.REFRESHES_EARLY, early, 1, none, 1, 2),
				new Night("source away", Library.READS_ONCE, early, 0, away, 1, 31),
				new Night("source away, though refreshed early", Library.REFRESHES_EARLY, early, 0, away, 1, 16 + 31));
	}

	@ParameterizedTest
	@MethodSource("nights")
	void everyIdIsFetchedAndEachTokenCostsFewCallsAndReads(Night night) throws Exception {
		Tokens tokens = new Tokens(night);
		RetryingFetcher fetcher = fetcher(tokens);
		List<FetchedJob> jobs = new ArrayList<>();

		while (this.time.elapsed().compareTo(NIGHT) < 0) {
			jobs.add(fetcher.fetch(item(jobs.size())));
			this.time.pass(BETWEEN_CALLS);
		}

		long refused = this.simulator.statistics().otherErrors();
		assertThat(jobs).extracting(FetchedJob::outcome).containsOnly(Outcome.FETCHED);
		assertThat(jobs).hasSizeGreaterThan(2100);
		assertThat(this.simulator.statistics().jobAnswers() - jobs.size()).as("answers that only probed the API")
			.isBetween(0L, (night.refusals() > 1) ? (long) RENEWALS : 0L);
		assertThat(refused).as("calls refused").isEqualTo((long) night.refused() * RENEWALS);
		assertThat(tokens.longestUseOfExpired).as("how long an expired token is sent")
			.isLessThanOrEqualTo(BETWEEN_CALLS);
		assertThat(tokens.reads).as("reads of the source").isBetween(RENEWALS, 1 + night.reads() * RENEWALS);
	}

	@Test
	void aNightWhoseNextTokenNeverComesEndsWith77AfterThePatience() {
		Tokens tokens = new Tokens(LOST);
		RetryingFetcher fetcher = fetcher(tokens);

		assertThatThrownBy(() -> {
			for (int i = 0; true; i++) {
				fetcher.fetch(item(i));
				this.time.pass(BETWEEN_CALLS);
			}
		}).isInstanceOfSatisfying(FatalAnswerException.class, (ex) -> {
			assertThat(ex.getExitCode()).isEqualTo(77);
			assertThat(ex).hasMessageContaining("InvalidSecurityToken.Expired");
		});
		assertThat(this.time.elapsed().minus(LIFE)).isBetween(PATIENCE, PATIENCE.plus(BETWEEN_CALLS));
		assertThat(this.simulator.statistics().jobAnswers()).isEqualTo(LIFE.dividedBy(BETWEEN_CALLS));
		assertThat(this.simulator.statistics().otherErrors()).isEqualTo(2);
		assertThat(tokens.reads).isEqualTo(63);
	}

	@Test
	void aNightWhoseNewTokenIsNeverAcceptedEndsWith77AfterThePatience() {
		Tokens tokens = new Tokens(REFUSED);
		RetryingFetcher fetcher = fetcher(tokens);

		assertThatThrownBy(() -> {
			for (int i = 0; true; i++) {
				fetcher.fetch(item(i));
				this.time.pass(BETWEEN_CALLS);
			}
		}).isInstanceOfSatisfying(ApiOutageException.class, (ex) -> {
			assertThat(ex.getExitCode()).isEqualTo(77);
			assertThat(ex).hasMessageContainingAll("the API has accepted no security token for PT10M",
					"InvalidSecurityToken.Expired");
		});
		assertThat(this.time.elapsed().minus(LIFE)).isBetween(PATIENCE, PATIENCE.plus(BETWEEN_CALLS));
	}

	@Test
	void aNightThatBeginsWithAnExpiredTokenEndsAtOnce() {
		this.time.pass(LIFE);
		Tokens tokens = new Tokens(LOST);

		assertThatThrownBy(() -> fetcher(tokens).fetch(item(0))).isInstanceOf(FatalAnswerException.class);

		assertThat(this.time.elapsed()).isEqualTo(LIFE);
		assertThat(this.simulator.statistics().otherErrors()).isEqualTo(2);
	}

	private RetryingFetcher fetcher(Tokens tokens) {
		RetryProperties limits = new RetryProperties(5, Duration.ofMillis(200), Duration.ofSeconds(10), 2, 20);
		SignedHttpApi api = new SignedHttpApi(this.http, this.deadlines, this.properties,
				new Acs3Signer(Clock.systemUTC(), () -> UUID.randomUUID().toString()), tokens.watched(), this.time);
		return new RetryingFetcher(api, new ApiCircuitBreaker(limits, PATIENCE, this.time), limits,
				new ApiUsage.Counter(this.time), this.time, Clock.systemUTC(), () -> 0.5);
	}

	private static PendingItem item(int number) {
		return new PendingItem(number + 1, new SmartJobId("night-" + number), "{}", false, false);
	}

	/** What hands out tokens, on the time of the test, and knows which are good. */
	private final class Tokens implements Supplier<VendorCredentials.Origin> {

		private final Night night;

		private final Map<String, Integer> refusals = new HashMap<>();

		private int reads;

		private Duration longestUseOfExpired = Duration.ZERO;

		private Tokens(Night night) {
			this.night = night;
		}

		/** Tells the API about each key, before a call is signed with it. */
		private CredentialsSource watched() {
			VendorCredentials credentials = new VendorCredentials(this);
			return new CredentialsSource() {

				@Override
				public Credentials get() {
					Credentials key = credentials.get();
					String accepted = isAccepted(Objects.requireNonNull(key.securityToken())) ? key.securityToken()
							: "another";
					LongNightTest.this.simulator.change((options) -> TestOptions.withSecurityToken(options, accepted));
					return key;
				}

				@Override
				public boolean renew(Credentials refused) {
					return credentials.renew(refused);
				}

			};
		}

		private boolean isAccepted(String token) {
			int number = Integer.parseInt(token);
			Duration over = now().minus(end(number));
			this.longestUseOfExpired = (over.compareTo(this.longestUseOfExpired) > 0) ? over : this.longestUseOfExpired;
			return over.isNegative()
					&& (number == 0 || this.refusals.merge(token, 1, Integer::sum) > this.night.refusals());
		}

		/** As a new client of the vendor's library, which has read nothing. */
		@Override
		public VendorCredentials.Origin get() {
			int[] kept = { -1 };
			return () -> {
				boolean again = kept[0] < 0 || (this.night.library() == Library.REFRESHES_EARLY
						&& now().compareTo(end(kept[0]).minus(BEFORE_THE_END)) >= 0);
				kept[0] = again ? read() : kept[0];
				return CredentialModel.builder()
					.accessKeyId("simulator")
					.accessKeySecret("simulator-secret")
					.securityToken(Integer.toString(kept[0]))
					.build();
			};
		}

		/** The newest token there is. */
		private int read() {
			this.reads++;
			long sinceFirstOutage = now().minus(LIFE).plus(BEFORE_THE_END).toSeconds();
			if (sinceFirstOutage >= 0 && sinceFirstOutage % LIFE.toSeconds() < this.night.outage().toSeconds()) {
				throw new IllegalStateException("the source is away");
			}
			return Math.max(0, (int) now().minus(this.night.late()).dividedBy(LIFE));
		}

		private Duration now() {
			return LongNightTest.this.time.elapsed();
		}

		private static Duration end(int token) {
			return LIFE.multipliedBy(token + 1L);
		}

	}

}
