package io.jobaudit.fetch;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.Account;
import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.AccountClient.Lane;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsSource;
import io.jobaudit.fetch.api.CredentialsSource.Credentials;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.util.unit.DataSize;

/** The room as the application puts it together, over real HTTP, with short time-outs. */
final class RealFetch implements AutoCloseable {

	/**
	 * What became of the ids.
	 *
	 * @param jobs ids with an outcome
	 * @param failure what ended the run early
	 */
	record Result(List<FetchedJob> jobs, @Nullable RuntimeException failure) {

		Map<Outcome, Long> outcomes() {
			return this.jobs.stream().collect(Collectors.groupingBy(FetchedJob::outcome, Collectors.counting()));
		}

		Map<String, Outcome> byId() {
			return this.jobs.stream().collect(Collectors.toMap((job) -> job.item().id().value(), FetchedJob::outcome));
		}

	}

	private static final CredentialsSource KEY = new CredentialsSource() {

		@Override
		public Credentials get() {
			return new Credentials("simulator", "simulator-secret", null);
		}

		@Override
		public boolean renew(Credentials refused) {
			throw new IllegalStateException("this key does not expire");
		}

	};

	private final Supplier<AccountClient> clients;

	private AccountClient client;

	RealFetch(URI endpoint, double rate, int concurrency, Duration patience) {
		this(endpoint, rate, concurrency, patience, Duration.ofMillis(300));
	}

	RealFetch(URI endpoint, double rate, int concurrency, Duration patience, Duration attemptTimeout) {
		this("default", KEY, endpoint, rate, concurrency, patience, attemptTimeout);
	}

	/** Makes one call at a time, each by leave of a gate. */
	RealFetch(URI endpoint, CallGate gate) {
		this("default", KEY, endpoint, 0, 1, Duration.ofMinutes(1), Duration.ofSeconds(10), new Lane(gate, null));
	}

	/** Shares a rate with other processes. */
	RealFetch(URI endpoint, double rate, SharedRate shared) {
		this("default", KEY, endpoint, rate, 1, Duration.ofMinutes(1), Duration.ofSeconds(10),
				new Lane(CallGate.OPEN, shared));
	}

	RealFetch(String account, CredentialsSource credentials, URI endpoint, double rate, int concurrency,
			Duration patience, Duration attemptTimeout) {
		this(account, credentials, endpoint, rate, concurrency, patience, attemptTimeout, Lane.ALONE);
	}

	private RealFetch(String account, CredentialsSource credentials, URI endpoint, double rate, int concurrency,
			Duration patience, Duration attemptTimeout, Lane lane) {
		ApiProperties properties = new ApiProperties("cn-shanghai", endpoint, null, rate, concurrency,
				Duration.ofSeconds(1), Duration.ofSeconds(10), attemptTimeout, patience, DataSize.ofMegabytes(16),
				List.of("ResourceNotFound"));
		RetryProperties retry = new RetryProperties(5, Duration.ofMillis(10), Duration.ofMillis(100), 2, 20);
		AccountClients all = new AccountClients(retry, Clock.systemUTC());
		this.clients = () -> all.of(new Account(account), properties, credentials, lane);
		this.client = this.clients.get();
	}

	/** Another client calls for the same account, as for the next part of a run. */
	void nextPart() {
		this.client.close();
		this.client = this.clients.get();
	}

	static List<String> ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "job-" + i).toList();
	}

	/** Asks for all ids, or until the API counts as out of reach. */
	Result run(List<String> ids) throws Exception {
		return run(ids, () -> {
		});
	}

	/**
	 * As {@link #run(List)}.
	 * @param halfway called when half the ids are asked or waiting to be
	 */
	Result run(List<String> ids, Runnable halfway) throws Exception {
		FetchAheadReader<FetchedJob> reader = this.client.reader(new Source(ids, halfway), 16, Optional.empty(),
				Function.identity(), new ConcurrentHashMap<>());
		reader.open(new ExecutionContext());
		try {
			List<FetchedJob> jobs = new ArrayList<>();
			for (FetchedJob job = reader.read(); job != null; job = reader.read()) {
				jobs.add(job);
			}
			return new Result(jobs, reader.failure());
		}
		finally {
			reader.close();
		}
	}

	JobListing listing(ListFilter filter) {
		return this.client.listing(filter);
	}

	double currentRate() {
		return this.client.currentRate();
	}

	ApiUsage usage() {
		return this.client.usage();
	}

	@Override
	public void close() {
		this.client.close();
	}

	private static final class Source implements ItemReader<PendingItem> {

		private final List<String> ids;

		private final Runnable halfway;

		private int taken;

		private Source(List<String> ids, Runnable halfway) {
			this.ids = ids;
			this.halfway = halfway;
		}

		@Override
		public @Nullable PendingItem read() {
			if (this.taken == this.ids.size() / 2) {
				this.halfway.run();
			}
			return (this.taken < this.ids.size()) ? item(this.ids.get(this.taken++)) : null;
		}

		private PendingItem item(String id) {
			return new PendingItem(this.taken, new SmartJobId(id), "{}", false, false);
		}

	}

}
