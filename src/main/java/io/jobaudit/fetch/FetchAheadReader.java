package io.jobaudit.fetch;

import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Keeps a number of calls in flight and hands outcomes on as they complete: the ledger
 * makes order irrelevant, so one slow id holds up nobody. After a failure it hands on
 * what is complete and then ends early; {@link #failure} tells.
 */
public final class FetchAheadReader implements ItemStreamReader<FetchedJob> {

	/** What a worker brings back: an outcome or what stopped it. */
	private record Completed(@Nullable FetchedJob job, @Nullable RuntimeException failure) {
	}

	private final ItemStreamReader<Inquiry> source;

	private final RetryingFetcher fetcher;

	private final ExecutorService workers;

	private final Clock clock;

	private final int window;

	private final BlockingQueue<Completed> completed = new LinkedBlockingQueue<>();

	private int open;

	private boolean exhausted;

	private @Nullable RuntimeException failure;

	/**
	 * Creates a reader.
	 * @param source the ids, read by the step's thread only
	 * @param fetcher asks about one id
	 * @param workers as many threads as calls in flight; shut down when the reader is
	 * closed
	 * @param window ids that are asked, or answered and not yet handed on, at most
	 * @param clock dates outcomes that need no call
	 */
	FetchAheadReader(ItemStreamReader<Inquiry> source, RetryingFetcher fetcher, ExecutorService workers, int window,
			Clock clock) {
		this.source = source;
		this.fetcher = fetcher;
		this.workers = workers;
		this.window = window;
		this.clock = clock;
	}

	@Override
	public void open(ExecutionContext context) {
		this.source.open(context);
	}

	@Override
	public void update(ExecutionContext context) {
		this.source.update(context);
	}

	@Override
	public void close() {
		this.workers.shutdownNow();
		this.source.close();
	}

	/** The next outcome, null when there is none left or something has failed. */
	@Override
	public @Nullable FetchedJob read() throws Exception {
		while (true) {
			ask();
			Completed next = next();
			if (next == null) {
				return null;
			}
			this.open--;
			if (next.job() != null) {
				return next.job();
			}
			fail(next.failure());
		}
	}

	/** What ended reading before all ids had an outcome; null when nothing did. */
	public @Nullable RuntimeException failure() {
		return this.failure;
	}

	private void ask() throws Exception {
		while (!this.exhausted && this.open < this.window) {
			Inquiry inquiry = this.source.read();
			if (inquiry == null) {
				this.exhausted = true;
				return;
			}
			this.open++;
			if (inquiry.storedFinal()) {
				this.completed.add(new Completed(new FetchedJob.Unchanged(inquiry, this.clock.instant()), null));
			}
			else {
				this.workers.execute(() -> complete(inquiry));
			}
		}
	}

	private @Nullable Completed next() throws InterruptedException {
		if (this.failure != null) {
			return this.completed.poll();
		}
		return (this.open > 0) ? this.completed.take() : null;
	}

	private void fail(@Nullable RuntimeException cause) {
		if (this.failure == null) {
			this.failure = cause;
			this.exhausted = true;
			this.workers.shutdownNow();
		}
	}

	private void complete(Inquiry inquiry) {
		try {
			this.completed.add(new Completed(this.fetcher.fetch(inquiry), null));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.completed.add(new Completed(null, ex));
		}
		catch (Error ex) {
			this.completed
				.add(new Completed(null, new IllegalStateException("fetching " + inquiry.id() + " broke", ex)));
			throw ex;
		}
	}

}
