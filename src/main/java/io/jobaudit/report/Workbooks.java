package io.jobaudit.report;

import java.util.List;
import java.util.Set;

/** Every workbook of a run, sheet by sheet. */
final class Workbooks {

	static final WorkbookDefinition FAILURES = new WorkbookDefinition("failures", "Failed smart jobs", List.of(
			new SheetDefinition("By error code", "by-error-code", "Failed jobs of the run by error code", false,
					Set.of("Failed jobs", "Share %")),
			new SheetDefinition("By job type", "by-job-type", "Jobs of the run by job type", false,
					Set.of("Jobs", "Finished", "Failed", "Other states", "Share of failures %")),
			new SheetDefinition("Failed jobs", "failed-jobs", "Jobs of the run in state Failed", true, Set.of()),
			new SheetDefinition("Unreadable ids", "unreadable-ids", "Ids of the run with outcome UNREADABLE", true,
					Set.of("Attempts"))),
			"Failed jobs", new ChartDefinition("Failed jobs by error code", ChartDefinition.Shape.BARS, "By error code",
					"Error code", "Failed jobs", 10));

	static final WorkbookDefinition TOKEN_SPEND = new WorkbookDefinition(
			"token-spend", "Token spend of smart jobs", List.of(
					new SheetDefinition("By job type", "by-job-type", "Jobs of the run by job type", false,
							Set.of("Jobs", "Reporting", "Not reporting", "Unreadable", "Total tokens",
									"Share of tokens %", "Prompt tokens", "Completion tokens")),
					new SheetDefinition("By day", "by-day", "Jobs of the run by day of creation", false,
							Set.of("Jobs", "Reporting", "Not reporting", "Unreadable", "Total tokens", "Prompt tokens",
									"Completion tokens")),
					new SheetDefinition("Token jobs", "token-jobs",
							"Jobs of the run with a usage in the answer, readable or not", true,
							Set.of("Total tokens", "Prompt tokens", "Completion tokens"))),
			"Token jobs", new ChartDefinition("Tokens by day of creation", ChartDefinition.Shape.COLUMNS, "By day",
					"Day", "Total tokens", 400));

	static final List<WorkbookDefinition> ALL = List.of(FAILURES, TOKEN_SPEND);

	private Workbooks() {
	}

}
