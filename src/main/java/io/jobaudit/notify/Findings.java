package io.jobaudit.notify;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.jobaudit.ReportTexts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a complete run found, as {@code run-summary.json} says it.
 *
 * @param answers the main facts, in sentences, by language
 * @param errorCodes failed jobs by error code, most first
 * @param newKinds kinds of failure that no run before has seen
 * @param unusual figures of job types that are unusual
 * @param expiringJobs unfinished jobs that the API soon deletes
 * @param budgets budgets that are used to 80 % or more
 * @param previous null if no complete run before had the same list
 */
record Findings(Map<String, List<String>> answers, Cost cost, Map<String, Long> errorCodes, List<FailureKind> newKinds,
		List<UnusualFigure> unusual, long expiringJobs, List<BudgetAlert> budgets, @Nullable PreviousList previous) {

	/**
	 * What the jobs used.
	 *
	 * @param tokens null if no job reports any
	 * @param spend exact amounts by currency; empty if no job has a price
	 */
	record Cost(@Nullable BigDecimal tokens, SortedMap<String, BigDecimal> spend) {
	}

	/** A failure rate, a fraction of 1, or tokens of a job type, and what is usual. */
	record UnusualFigure(String jobType, boolean isRate, BigDecimal amount, BigDecimal low, BigDecimal high) {

		static UnusualFigure of(JsonNode figure) {
			return new UnusualFigure(figure.get("jobType").stringValue(),
					"FAILURE_RATE".equals(figure.get("figure").stringValue()), figure.get("amount").decimalValue(),
					figure.get("low").decimalValue(), figure.get("high").decimalValue());
		}

	}

	/** Failures of a job type with an error code. */
	record FailureKind(String jobType, String errorCode, long jobs) {
	}

	/** The same list in an earlier run. */
	record PreviousList(long run, long distinct) {

		/** Whether a list is at most half as long, or at least longer by half. */
		boolean isFarFrom(long ids) {
			return ids * 2 <= this.distinct || ids * 2 >= this.distinct * 3;
		}

	}

	/**
	 * The main facts in a language or, if the reports were in another one, in English.
	 */
	List<String> answer(ReportTexts texts) {
		List<String> inEnglish = this.answers.getOrDefault(ReportTexts.EN.text("language"), List.of());
		return this.answers.getOrDefault(texts.text("language"), inEnglish);
	}

	private static Map<String, List<String>> answers(JsonNode summary) {
		Map<String, List<String>> answers = new HashMap<>();
		answers.put(ReportTexts.EN.text("language"), texts(summary.get("answer")));
		JsonNode translated = summary.path("translatedAnswer");
		if (!translated.isMissingNode()) {
			answers.put(translated.get("language").stringValue(), texts(translated.get("sentences")));
		}
		return answers;
	}

	private static List<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::stringValue).toList();
	}

	/** Reads the summary of a run. */
	static Findings of(JsonNode summary) {
		JsonNode tokens = summary.at("/tokens/total");
		SortedMap<String, BigDecimal> spend = new TreeMap<>();
		summary.get("spend")
			.propertyStream()
			.forEach((amount) -> spend.put(amount.getKey(), new BigDecimal(amount.getValue().stringValue())));
		Map<String, Long> errorCodes = new LinkedHashMap<>();
		summary.at("/jobs/byErrorCode")
			.propertyStream()
			.forEach((code) -> errorCodes.put(code.getKey(), code.getValue().longValue()));
		JsonNode previous = summary.at("/input/previous");
		return new Findings(answers(summary), new Cost(tokens.isNull() ? null : tokens.decimalValue(), spend),
				errorCodes,
				summary.get("newFailureKinds")
					.valueStream()
					.map((kind) -> new FailureKind(kind.get("jobType").stringValue(),
							kind.get("errorCode").stringValue(), kind.get("jobs").longValue()))
					.toList(),
				summary.get("unusualFigures").valueStream().map(UnusualFigure::of).toList(),
				summary.get("expiringJobs").longValue(), BudgetAlert.of(summary), previous.isMissingNode() ? null
						: new PreviousList(previous.get("run").longValue(), previous.get("distinct").longValue()));
	}

}
