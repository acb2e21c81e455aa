package io.jobaudit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;

import io.jobaudit.simulator.SimulatedAccount.ProperAnswer;
import io.jobaudit.simulator.Statistics.SimulatedOutcome;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The account's jobs as {@code ListSmartJobs} lists them, with the same data. */
final class JobList {

	static final String ACTION = "ListSmartJobs";

	// a lone surrogate has no UTF-8
	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private static final int MAX_SIZE = 100;

	/** Share of the pages without a total count. */
	private static final double WITHOUT_TOTAL = 0.3;

	private static final String TOKEN = "after:";

	private final List<String> ids;

	private final List<SimulatedJob> jobs;

	JobList(List<String> ids) {
		this.ids = ids;
		this.jobs = ids.stream()
			.map(SimulatedJobs::of)
			.flatMap(Optional::stream)
			.sorted(Comparator.comparing(SimulatedJob::createTime).thenComparing(SimulatedJob::jobId))
			.toList();
	}

	/** Whether it was made from the same list. */
	boolean isOf(List<String> others) {
		return this.ids == others;
	}

	ProperAnswer answer(ApiCall call, String requestId) {
		SortedMap<String, String> query = call.query();
		String size = query.getOrDefault("MaxResults", query.getOrDefault("PageSize", "10"));
		String sort = query.getOrDefault("SortBy", "CreationTime:Desc");
		OptionalInt start = start(query, size);
		if (!isNumber(size, MAX_SIZE) || start.isEmpty() || !sort.matches("CreationTime:(Asc|Desc)")) {
			return ProperAnswer.error(
					SimulatedError.other(400, "InvalidParameter", "A parameter of the list is invalid."), call,
					requestId);
		}
		List<SimulatedJob> matching = matching(query, sort.endsWith("Desc"));
		String body = page(matching, start.getAsInt(), Integer.parseInt(size), call, requestId);
		return new ProperAnswer(SimulatedOutcome.LIST, WholeReply.json(200, requestId, body));
	}

	private List<SimulatedJob> matching(SortedMap<String, String> query, boolean latestFirst) {
		Comparator<SimulatedJob> order = Comparator.comparing(SimulatedJob::createTime);
		Stream<SimulatedJob> matching = this.jobs.stream()
			.filter((job) -> query.getOrDefault("JobType", job.jobType()).equals(job.jobType()))
			.filter((job) -> query.getOrDefault("JobState", job.state()).equals(job.state()));
		return (latestFirst ? matching.sorted(order.reversed()) : matching).toList();
	}

	private static String page(List<SimulatedJob> jobs, int start, int size, ApiCall call, String requestId) {
		ObjectNode page = JSON.createObjectNode().put("RequestId", requestId);
		int end = Math.min(jobs.size(), start + size);
		jobs.stream().skip(start).limit(size).map(JobList::entry).forEach(page.putArray("SmartJobList")::add);
		if (end < jobs.size() && !call.query().containsKey("PageNo")) {
			page.put("NextToken", token(end));
		}
		if (Draw.share(0, call.subject(), 0) >= WITHOUT_TOTAL) {
			page.put("TotalCount", jobs.size());
		}
		return JSON.writeValueAsString(page.put("MaxResults", size));
	}

	private static ObjectNode entry(SimulatedJob job) {
		ObjectNode answer = (ObjectNode) JSON.readTree(job.json());
		ObjectNode entry = JSON.createObjectNode().put("JobId", job.jobId()).put("JobState", job.state());
		entry.setAll((ObjectNode) answer.path("SmartJobInfo"));
		return entry;
	}

	private static OptionalInt start(SortedMap<String, String> query, String size) {
		String token = query.get("NextToken");
		if (token != null) {
			return position(token);
		}
		String pageNo = query.getOrDefault("PageNo", "1");
		return (isNumber(pageNo, Integer.MAX_VALUE / MAX_SIZE) && isNumber(size, MAX_SIZE))
				? OptionalInt.of((Integer.parseInt(pageNo) - 1) * Integer.parseInt(size)) : OptionalInt.empty();
	}

	private static String token(int position) {
		return Base64.getEncoder().encodeToString((TOKEN + position).getBytes(StandardCharsets.UTF_8));
	}

	private static OptionalInt position(String token) {
		try {
			String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
			return text.matches(TOKEN + "\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text.substring(TOKEN.length())))
					: OptionalInt.empty();
		}
		catch (IllegalArgumentException ex) {
			return OptionalInt.empty();
		}
	}

	private static boolean isNumber(String text, int most) {
		return text.matches("[1-9]\\d{0,8}") && Integer.parseInt(text) <= most;
	}

}
