package io.jobaudit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.jobaudit.simulator.SimulatedAccount.ProperAnswer;
import io.jobaudit.simulator.Statistics.SimulatedOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JobListTest {

	private final List<String> ids = IntStream.range(0, 250).mapToObj((number) -> "job-" + number).toList();

	private final JobList list = new JobList(this.ids);

	@Test
	void tokensAndNumbersLeadThroughTheSamePages() {
		List<String> byToken = new ArrayList<>();
		String token = "";
		do {
			JsonNode page = page(
					token.isEmpty() ? Map.of("MaxResults", "100") : Map.of("MaxResults", "100", "NextToken", token));
			page.get("SmartJobList").forEach((job) -> byToken.add(job.get("JobId").asString()));
			token = page.path("NextToken").asString("");
		}
		while (!token.isEmpty());
		List<String> byNumber = new ArrayList<>();
		for (int number = 1; number <= 4; number++) {
			page(Map.of("PageSize", "100", "PageNo", "" + number)).get("SmartJobList")
				.forEach((job) -> byNumber.add(job.get("JobId").asString()));
		}

		assertThat(byToken).containsExactlyInAnyOrderElementsOf(this.ids);
		assertThat(byNumber).isEqualTo(byToken);
	}

	@Test
	void theCountIsOnSomePagesOnly() {
		List<JsonNode> pages = IntStream.rangeClosed(1, 25)
			.mapToObj((number) -> page(Map.of("PageSize", "10", "PageNo", "" + number)))
			.toList();

		assertThat(pages).filteredOn((page) -> page.has("TotalCount"))
			.hasSizeBetween(10, 24)
			.allMatch((page) -> page.get("TotalCount").asInt() == 250);
	}

	@Test
	void idsThatAreNotAnsweredWithAJobAreNotListed() {
		assertThat(new JobList(List.of("unknown-1", "refused-1", "a b", "job-1")).answer(call(Map.of()), "r")
			.reply()
			.bytes()).asString(StandardCharsets.UTF_8)
			.contains("job-1")
			.doesNotContain("unknown-1", "refused-1", "a b");
	}

	@ParameterizedTest
	@CsvSource({ "MaxResults, 0", "MaxResults, 101", "PageSize, x", "PageNo, 0", "NextToken, guessed",
			"NextToken, YWZ0ZXI6eA==", "SortBy, CreationTime" })
	void otherParametersAreRefused(String name, String value) {
		ProperAnswer answer = this.list.answer(call(Map.of(name, value)), "r");

		assertThat(answer.outcome()).isEqualTo(SimulatedOutcome.OTHER_ERROR);
		assertThat(answer.reply().status()).isEqualTo(400);
		assertThat(answer.reply().bytes()).asString(StandardCharsets.UTF_8).contains("\"Code\":\"InvalidParameter\"");
	}

	private JsonNode page(Map<String, String> query) {
		return JsonMapper.shared().readTree(this.list.answer(call(query), "r").reply().bytes());
	}

	private static ApiCall call(Map<String, String> query) {
		return new ApiCall("POST", "/", new TreeMap<>(query), new TreeMap<>(Map.of("host", "h")), new byte[0]);
	}

}
