package io.jobaudit.fetch.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A 200 with a page of the account's jobs.
 *
 * @param jobs the page's jobs
 * @param nextToken where the next page is, null when the API does not say
 * @param totalCount jobs on all pages, null when the API does not say
 */
public record ListAnswer(List<ListedJob> jobs, @Nullable String nextToken,
		@Nullable Long totalCount) implements ApiAnswer {

	public ListAnswer {
		jobs = List.copyOf(jobs);
	}
}
