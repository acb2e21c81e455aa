package io.jobaudit.fetch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.fetch.api.ListRequest;
import io.jobaudit.fetch.api.ListRequest.ListAnswer;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the account's jobs page by page: one call a page, rate-limited, retried and
 * counted like all calls. A job may appear twice when the list shifts meanwhile.
 */
public final class JobListing {

	private static final Logger LOG = LoggerFactory.getLogger(JobListing.class);

	private static final int PAGES_PER_LOG_LINE = 50;

	private static final int MAX_EMPTY_PAGES = 100;

	private final RetryingFetcher fetcher;

	private final ListFilter filter;

	private final Set<String> tokens = new HashSet<>();

	private List<ListedJob> last = List.of();

	private int emptyPages;

	private long listed;

	private @Nullable Long total;

	private @Nullable ListRequest next;

	private @Nullable FutureTask<ListAnswer> call;

	private boolean stopped;

	JobListing(RetryingFetcher fetcher, ListFilter filter) {
		this.fetcher = fetcher;
		this.filter = filter;
		this.next = ListRequest.first(filter);
	}

	/**
	 * Lists the next page.
	 * @return its jobs, possibly none; null after the last page
	 * @throws ListingStoppedException when {@link #stop} was called
	 * @throws ListingFailedException when the API refuses to list, or its pages do not
	 * end
	 * @throws FatalAnswerException when no call can succeed
	 * @throws ApiOutageException when the API has not answered for too long
	 * @throws CredentialsException when credentials are no longer available
	 */
	public @Nullable List<ListedJob> nextPage() {
		ListRequest request = this.next;
		if (request == null) {
			return null;
		}
		ListAnswer page = ask(request);
		this.listed += page.jobs().size();
		this.total = (page.totalCount() != null) ? page.totalCount() : this.total;
		this.next = isLast(page) ? null : request.next(page.nextToken());
		if (this.next != null) {
			requireProgress(page, request.pageNo());
		}
		this.last = page.jobs();
		logProgress(request.pageNo());
		return page.jobs();
	}

	/** Number of jobs on all pages as the API reports it, null when it does not. */
	public @Nullable Long totalCount() {
		return this.total;
	}

	/** What its calls have used. */
	public ApiUsage usage() {
		return this.fetcher.counter().usage();
	}

	/** Stops, even during a call. Thread-safe. */
	public synchronized void stop() {
		this.stopped = true;
		if (this.call != null) {
			this.call.cancel(true);
		}
	}

	/** Without a token, only a page that is not full, or the count, shows the end. */
	private boolean isLast(ListAnswer page) {
		return page.nextToken() == null && (page.jobs().size() < ListRequest.PAGE_SIZE
				|| (page.totalCount() != null && this.listed >= page.totalCount()));
	}

	private void requireProgress(ListAnswer page, int pageNo) {
		String token = page.nextToken();
		if (token != null && !this.tokens.add(token)) {
			throw endless("page %d repeats an earlier NextToken".formatted(pageNo));
		}
		if (!page.jobs().isEmpty() && page.jobs().equals(this.last)) {
			throw endless("page %d repeats the previous page".formatted(pageNo));
		}
		this.emptyPages = page.jobs().isEmpty() ? this.emptyPages + 1 : 0;
		if (this.emptyPages > MAX_EMPTY_PAGES) {
			throw endless("the last %d pages are empty".formatted(this.emptyPages));
		}
	}

	private ListingFailedException endless(String why) {
		return new ListingFailedException(
				"%s does not end: %s; %d jobs were listed".formatted(this.filter, why, this.listed));
	}

	/** Calls in a thread of its own, so that the call can be abandoned. */
	private ListAnswer ask(ListRequest request) {
		this.fetcher.counter().open();
		try {
			FutureTask<ListAnswer> task = begin(request);
			Thread thread = new Thread(task, "list");
			thread.setDaemon(true);
			thread.start();
			return task.get();
		}
		catch (CancellationException ex) {
			throw new ListingStoppedException();
		}
		catch (InterruptedException ex) {
			stop();
			Thread.currentThread().interrupt();
			throw new ListingStoppedException();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure
					: new IllegalStateException("unexpected failure while listing " + request, ex);
		}
		finally {
			this.fetcher.counter().close();
		}
	}

	private synchronized FutureTask<ListAnswer> begin(ListRequest request) {
		FutureTask<ListAnswer> task = new FutureTask<>(() -> this.fetcher.list(request));
		if (this.stopped) {
			task.cancel(true);
		}
		this.call = task;
		return task;
	}

	private void logProgress(int pageNo) {
		if (this.next == null || pageNo % PAGES_PER_LOG_LINE == 0) {
			LOG.info("{}: listed {} jobs{} on {} pages{}", this.filter, this.listed,
					(this.total != null) ? " of " + this.total : "", pageNo, (this.next == null) ? "" : " so far");
		}
		if (this.next == null && this.total != null && this.total > this.listed) {
			LOG.warn("The API reports {} jobs in total, but listed only {}", this.total, this.listed);
		}
	}

	@Override
	public String toString() {
		return this.filter.toString();
	}

	/** The account's jobs cannot be listed, although the API answers. */
	public static class ListingFailedException extends AuditException {

		private static final long serialVersionUID = 1L;

		ListingFailedException(String message) {
			super(ExitStatus.UNAVAILABLE, message);
		}

	}

	/** Listing was stopped on request before its end. */
	public static class ListingStoppedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ListingStoppedException() {
			super("stopped before all jobs were listed");
		}

	}

}
