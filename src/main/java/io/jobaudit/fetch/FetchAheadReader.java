package io.jobaudit.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.jobaudit.SmartJobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Keeps a number of calls in flight and returns outcomes as they complete: their order
 * does not matter to the ledger, so a slow id delays no other. After a failure it returns
 * what is complete and then ends early; see {@link #failure}.
 */
public final class FetchAheadReader<T> implements ItemStreamReader<T> {

	/** The result of a worker: an outcome, or the failure that stopped it. */
	private record Completed<T>(@Nullable T item, @Nullable RuntimeException failure) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(FetchAheadReader.class);

	/** Longest wait for calls in flight after the end. */
	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final long POLL_MILLIS = 50;

	private final ItemReader<PendingItem> source;

	private final RetryingFetcher fetcher;

	private final Function<FetchedJob, T> then;

	private final Map<SmartJobId, T> answered;

	private final ExecutorService workers;

	private final Clock clock;

	private final int window;

	private final BlockingQueue<Completed<T>> completed = new LinkedBlockingQueue<>();

	private int open;

	private boolean exhausted;

	private volatile boolean ended;

	private volatile long graceEnds;

	private @Nullable RuntimeException failure;

	/**
	 * Creates a reader.
	 * @param source the ids, read by the step's thread only
	 * @param then turns an outcome into an item, in the thread of its call: an answer may
	 * take megabytes, and the item need not
	 * @param answered items by id: those of an earlier reader are returned without a
	 * call, new ones are added
	 * @param workers as many threads as calls in flight; shut down when the reader is
	 * closed
	 * @param window ids in flight, or answered and not yet returned, at most
	 * @param clock dates outcomes that need no call
	 */
	FetchAheadReader(ItemReader<PendingItem> source, RetryingFetcher fetcher, Function<FetchedJob, T> then,
			Map<SmartJobId, T> answered, ExecutorService workers, int window, Clock clock) {
		this.source = source;
		this.fetcher = fetcher;
		this.then = then;
		this.answered = answered;
		this.workers = workers;
		this.window = window;
		this.clock = clock;
	}

	@Override
	public void open(ExecutionContext context) {
		this.fetcher.counter().open();
	}

	@Override
	public void close() {
		this.workers.shutdownNow();
		this.fetcher.counter().close();
	}

	/** The next outcome; null when none is left or something has failed. */
	@Override
	public @Nullable T read() throws Exception {
		return read(Long.MAX_VALUE);
	}

	/**
	 * The next outcomes, as they complete.
	 * @param size maximum number of outcomes
	 * @param patience how long the first one waits for others
	 * @return none when none completes within a second; null when none is left or
	 * something has failed
	 */
	public @Nullable List<T> readSome(int size, Duration patience) throws Exception {
		T first = read(TimeUnit.SECONDS.toNanos(1));
		if (first == null && this.open > 0 && !this.ended) {
			return List.of();
		}
		first = (first != null) ? first : read();
		if (first == null) {
			return null;
		}
		List<T> some = new ArrayList<>(List.of(first));
		long end = System.nanoTime() + patience.toNanos();
		T next = first;
		while (next != null && some.size() < size) {
			next = read(Math.max(0, end - System.nanoTime()));
			if (next != null) {
				some.add(next);
			}
		}
		return some;
	}

	/** Returns null also when nothing completes within this time. */
	private @Nullable T read(long nanos) throws Exception {
		while (true) {
			ask();
			Completed<T> next = next(nanos);
			if (next == null) {
				return null;
			}
			if (next.item() != null) {
				this.open--;
				return next.item();
			}
			if (next.failure() != null) {
				fail(next.failure());
			}
		}
	}

	/** Ends early; what is complete is still returned. Thread-safe. */
	public void stop() {
		end();
		this.completed.add(new Completed<>(null, null));
	}

	/** What ended reading before all ids had an outcome; null for nothing. */
	public @Nullable RuntimeException failure() {
		return this.failure;
	}

	private void ask() throws Exception {
		while (!this.ended && !this.exhausted && this.open < this.window) {
			PendingItem item = this.source.read();
			if (item == null) {
				this.exhausted = true;
				return;
			}
			this.open++;
			if (item.storedFinal()) {
				complete(this.then.apply(new FetchedJob.Unchanged(item, this.clock.instant())));
			}
			else {
				start(item);
			}
		}
	}

	/**
	 * After the end: what calls in flight return within the grace period, then nothing.
	 */
	private @Nullable Completed<T> next(long nanos) throws InterruptedException {
		while (this.ended) {
			boolean idle = this.workers.isTerminated();
			Completed<T> last = this.completed.poll();
			if (last != null || idle || System.nanoTime() - this.graceEnds > 0) {
				return last;
			}
			this.workers.awaitTermination(POLL_MILLIS, TimeUnit.MILLISECONDS);
		}
		return (this.open > 0) ? this.completed.poll(nanos, TimeUnit.NANOSECONDS) : null;
	}

	private void fail(@Nullable RuntimeException cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		end();
	}

	/**
	 * No new calls: waiting callers give up, calls in flight have the grace period to
	 * end.
	 */
	private synchronized void end() {
		if (!this.ended) {
			this.graceEnds = System.nanoTime() + GRACE.toNanos();
			this.ended = true;
			this.workers.shutdownNow();
		}
	}

	private void start(PendingItem item) {
		try {
			this.workers.execute(() -> complete(item));
		}
		catch (RejectedExecutionException ex) {
			LOG.debug("{} stays pending: the reader has been stopped", item.id());
		}
	}

	private void complete(PendingItem item) {
		MDC.put("job", item.id().value());
		try {
			T known = this.answered.get(item.id());
			T answer = (known != null) ? known : this.then.apply(this.fetcher.fetch(item));
			this.answered.put(item.id(), answer);
			complete(answer);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.completed.add(new Completed<>(null, ex));
		}
		catch (Error ex) {
			this.completed.add(new Completed<>(null,
					new IllegalStateException("unexpected failure while fetching " + item.id(), ex)));
			throw ex;
		}
		finally {
			MDC.remove("job");
		}
	}

	private void complete(T item) {
		this.completed.add(new Completed<>(item, null));
	}

}
