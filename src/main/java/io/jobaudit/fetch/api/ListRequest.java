package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks for a page of the account's jobs, oldest first: jobs created meanwhile come last
 * and shift nothing.
 *
 * @param filter which jobs
 * @param nextToken token that the previous page gave for this one, null for none
 * @param pageNo number of the page, from 1; sent where there is no token
 */
public record ListRequest(ListFilter filter, @Nullable String nextToken, int pageNo) implements ApiRequest {

	public static final String ACTION = "ListSmartJobs";

	/** The most that the API allows. */
	public static final int PAGE_SIZE = 100;

	private static final String LIST = "SmartJobList";

	public static ListRequest first(ListFilter filter) {
		return new ListRequest(filter, null, 1);
	}

	/** The page after this one. */
	public ListRequest next(@Nullable String token) {
		return new ListRequest(this.filter, token, this.pageNo + 1);
	}

	@Override
	public String action() {
		return ACTION;
	}

	@Override
	public Map<String, String> query() {
		Map<String, String> query = new HashMap<>();
		query.put("SortBy", "CreationTime:Asc");
		put(query, "JobType", this.filter.jobType());
		put(query, "JobState", this.filter.state());
		boolean numbered = this.nextToken == null && this.pageNo > 1;
		query.put(numbered ? "PageSize" : "MaxResults", Integer.toString(PAGE_SIZE));
		put(query, "PageNo", numbered ? Integer.toString(this.pageNo) : null);
		put(query, "NextToken", this.nextToken);
		return query;
	}

	@Override
	public String wanted() {
		return "a list of jobs";
	}

	@Override
	public boolean isAnsweredBy(ObjectNode body) {
		return body.path(LIST).isArray();
	}

	@Override
	public ApiAnswer answer(int httpStatus, String requestId, JsonBody body) {
		List<ListedJob> jobs = new ArrayList<>();
		for (JsonNode entry : body.object().path(LIST)) {
			if (!(entry instanceof ObjectNode job) || AnswerReader.field(job, "JobId").isEmpty()) {
				return new ApiError(ErrorClass.UNUSABLE, httpStatus, "NoJobId",
						"entry %d of %s has no JobId".formatted(jobs.size() + 1, LIST), requestId, Duration.ZERO);
			}
			jobs.add(ListedJob.of(job));
		}
		String token = AnswerReader.field(body.object(), "NextToken");
		return new ListAnswer(jobs, token.isEmpty() ? null : token, total(body.object()));
	}

	private static @Nullable Long total(ObjectNode body) {
		String total = AnswerReader.field(body, "TotalCount");
		return total.matches("\\d{1,18}") ? Long.valueOf(total) : null;
	}

	private static void put(Map<String, String> query, String name, @Nullable String value) {
		if (value != null) {
			query.put(name, value);
		}
	}

	@Override
	public String toString() {
		return "page " + this.pageNo + " of " + this.filter;
	}

	/**
	 * Which jobs of the account are listed.
	 *
	 * @param jobType their type, null for all
	 * @param state their state, null for all
	 */
	public record ListFilter(@Nullable String jobType, @Nullable String state) {

		public static final ListFilter ALL = new ListFilter(null, null);

		/** The operation and its parameters, such as {@code ListSmartJobs type=ASR}. */
		@Override
		public String toString() {
			return ListRequest.ACTION + ((this.jobType != null) ? " type=" + this.jobType : "")
					+ ((this.state != null) ? " state=" + this.state : "");
		}

	}

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

}
