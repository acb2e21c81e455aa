package io.jobaudit.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.ledger.RunRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunsTextTest {

	private static final Instant START = Instant.parse("2026-11-27T02:15:00Z");

	@Test
	void aListFits80ColumnsHoweverLargeItsFigures() {
		Account account = new Account("default");
		RunRecord run = new RunRecord(new RunId(12_345), account, "cn-shanghai", "INTERRUPTED", 143, START,
				START.plusSeconds(3_725), "0.1.0", "/var/lib/job-audit/" + "ids-".repeat(30) + ".csv", "a1", null,
				1_000_000L, 1_000_000L, 0L, 0L, Map.of("FETCHED", 40_000L, "UNCHANGED", 959_000L, "NOT_FOUND", 7L), 993,
				40_000, 0, 0, "/var/lib/job-audit/" + "reports/".repeat(12) + "run-12345", null, null, null);

		String text = RunsText.list(List.of(run), account, ZoneId.of("Asia/Shanghai"));

		assertThat(text.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(80))
			.contains("12345 2026-11-27 10:15 interrupted  143 1,000,000    40,000   959,000       993",
					"      took 1:02:05, NOT_FOUND 7", "      unfinished; to give it up: job-audit runs abandon 12345");
	}

}
