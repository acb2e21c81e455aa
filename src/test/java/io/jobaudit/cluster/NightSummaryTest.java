package io.jobaudit.cluster;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.cluster.NightSummary.AccountResult;
import io.jobaudit.cluster.Nights.NightAccount;
import io.jobaudit.report.RunSummaries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class NightSummaryTest {

	@ParameterizedTest
	@CsvSource({ "0 0, 0", "0 77 69 65, 69", "75 69, 69", "70 143, 143", "77 78, 78", "65 77, 77", "3 65, 65", "2 3, 3",
			"0 2, 2", "70 78 77, 70", "64 73, 73" })
	void theCodeOfANightIsThatOfAnAccountThatMayStillSucceedElseTheFirstOfTheOrder(String codes, int code) {
		int[] accounts = Arrays.stream(codes.split(" ")).mapToInt(Integer::parseInt).toArray();

		assertThat(night(accounts).status()).isEqualTo(ExitStatus.of(code));
	}

	@Test
	void theSumOfTheAccountsIsTheStatementOfTheNight() {
		NightSummary night = night(0, 77, 3);

		ClosingStatement total = night.total();

		assertThat(total.distinctIds()).isEqualTo(3 * 10);
		assertThat(total.linesRead()).isEqualTo(3 * 12);
		assertThat(total.count(Outcome.FETCHED)).isEqualTo(3 * 7);
		assertThat(total.pending()).isEqualTo(3 * 3);
		assertThat(night.complete()).isEqualTo(2);
		JsonNode json = RunSummaries.ofNight(night.json());
		assertThat(json.get("exitCode").asInt()).isEqualTo(77);
		assertThat(json.get("distinctIds").asInt()).isEqualTo(3 * 10);
		assertThat(json.get("accounts").findValues("distinctIds")).extracting(JsonNode::asInt)
			.containsExactly(10, 10, 10);
	}

	@Test
	void anAccountWithoutARunHasNoFigures() {
		NightAccount account = new NightAccount(new Account("a"), null, ExitStatus.INPUT, "the list is empty");

		JsonNode json = RunSummaries.ofNight(
				new NightSummary(1, LocalDate.of(2026, 11, 28), List.of(new AccountResult(account, null, null)), null)
					.json());

		assertThat(json.get("accounts").get(0).propertyNames()).containsExactly("account", "run", "exitCode",
				"complete", "reason", "reports");
		assertThat(json.get("distinctIds").asInt()).isZero();
	}

	private static NightSummary night(int... codes) {
		return new NightSummary(1, LocalDate.of(2026, 11, 28),
				IntStream.range(0, codes.length).mapToObj((i) -> account(i, codes[i])).toList(), null);
	}

	private static AccountResult account(int number, int code) {
		return new AccountResult(
				new NightAccount(new Account("account-" + number), new RunId(number + 1), ExitStatus.of(code), null),
				new ClosingStatement(12, 10, 1, 1, Map.of(Outcome.FETCHED, 7L), 3, 7, 0), null);
	}

}
