package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jobaudit.ClosingStatement;
import io.jobaudit.Outcome;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.csv.FocusCsv;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.html.PageAnswer;
import io.jobaudit.report.subject.AuditedRun;
import io.jobaudit.report.subject.AuditedRun.ApiCalls;
import io.jobaudit.report.subject.Completeness;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/** {@code run-summary.json}: its components are named and ordered as in the file. */
record RunSummary(UUID database, long run, String status, @Nullable Integer exitCode, String account, String region,
		Instant startedAt, @Nullable Instant finishedAt, Input input, Map<Outcome, Long> outcomes, long pending,
		boolean reconciled, Jobs jobs, Tokens tokens, Map<String, String> spend, Focus focus, ApiCalls api,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Parts parts, @Nullable Completeness completeness,
		List<NewFailureKind> newFailureKinds, List<ComparedFigure> unusualFigures, long expiringJobs,
		List<UsedBudget> budgets, List<String> answer,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TranslatedAnswer translatedAnswer,
		List<SummaryFile> files) {

	static final String FILE_NAME = "run-summary.json";

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	static RunSummary of(AuditedRun run, ReportQueries queries, FocusProperties focus, PageAnswer answer,
			ReportTexts texts, List<ReportFile> files) {
		return new RunSummary(run.database(), run.runId().value(), run.status(), run.exitCode(), run.account().name(),
				run.region(), run.startedAt(), run.finishedAt(), Input.of(run, queries),
				run.statement().outcomesInOrder(), run.statement().pending(), run.isReconciled(), Jobs.read(queries),
				Tokens.read(queries), spend(queries), Focus.of(focus, files), run.api(), Parts.read(queries),
				Completeness.read(queries), newFailureKinds(queries), ComparedFigure.read(queries),
				queries.list(ReportQuery.packaged("run/expiring-jobs"), (row, number) -> row.getLong("jobs")).get(0),
				UsedBudget.read(queries), answer.sentences(run.name(ReportTexts.EN), ReportTexts.EN),
				TranslatedAnswer.of(answer, run, texts), files.stream().map(SummaryFile::of).toList());
	}

	/** Exact amounts by currency, as text: a number of JSON may be rounded when read. */
	private static Map<String, String> spend(ReportQueries queries) {
		Map<String, String> spend = new LinkedHashMap<>();
		queries.forEach(ReportQuery.packaged("run/spend"),
				(row, number) -> Map.entry(row.getString("currency"), row.getBigDecimal("spend")),
				(sum) -> spend.put(sum.getKey(), sum.getValue().stripTrailingZeros().toPlainString()));
		return spend;
	}

	private static List<NewFailureKind> newFailureKinds(ReportQueries queries) {
		return queries.list(ReportQuery.packaged("run/new-failure-kinds"),
				(row, number) -> new NewFailureKind(row.getString("job_type"), row.getString("error_code"),
						row.getLong("jobs")));
	}

	String json() {
		return JSON.writer().with(layout()).writeValueAsString(this) + "\n";
	}

	/** One line per value, with the same line separators on every platform. */
	private static PrettyPrinter layout() {
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
		return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
	}

	record Input(String source, String sha256, @Nullable Long lines, @Nullable Long distinct, @Nullable Long duplicates,
			@Nullable Long malformed, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Parent parent,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ListBefore previous) {

		private static Input of(AuditedRun run, ReportQueries queries) {
			ClosingStatement counts = run.statement();
			return run.imported()
					? new Input(run.inputSource(), run.inputSha256(), counts.linesRead(), counts.distinctIds(),
							counts.duplicates(), counts.malformed(), Parent.of(run), ListBefore.read(queries))
					: new Input(run.inputSource(), run.inputSha256(), null, null, null, null, Parent.of(run), null);
		}

	}

	/** The same list in the last complete run before. */
	record ListBefore(long run, long distinct) {

		private static @Nullable ListBefore read(ReportQueries queries) {
			List<ListBefore> lists = queries.list(ReportQuery.packaged("run/previous-list"),
					(row, number) -> new ListBefore(row.getLong("run_id"), row.getLong("distinct_ids")));
			return lists.isEmpty() ? null : lists.get(0);
		}

	}

	/** Failures of a job type with an error code. */
	record NewFailureKind(String jobType, String errorCode, long jobs) {
	}

	/**
	 * A figure of a job type outside the usual range of the last runs.
	 *
	 * @param figure FAILURE_RATE, a fraction of 1, or TOKENS
	 * @param runs number of earlier runs that it is compared with
	 */
	record ComparedFigure(String jobType, String figure, BigDecimal amount, BigDecimal median, BigDecimal low,
			BigDecimal high, long runs) {

		private static List<ComparedFigure> read(ReportQueries queries) {
			return queries.list(ReportQuery.packaged("run/unusual-figures"),
					(row, number) -> new ComparedFigure(row.getString("job_type"), row.getString("figure"),
							rounded(row.getBigDecimal("amount")), rounded(row.getBigDecimal("median")),
							rounded(row.getBigDecimal("low")), rounded(row.getBigDecimal("high")),
							row.getLong("runs")));
		}

		/** Rounded to the digits that are shown. */
		private static BigDecimal rounded(BigDecimal exact) {
			BigDecimal rounded = exact.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
			return (rounded.scale() < 0) ? rounded.setScale(0) : rounded;
		}

	}

	/** The earlier run that the ids come from. */
	record Parent(long run, @Nullable String part) {

		private static @Nullable Parent of(AuditedRun run) {
			return (run.parentRunId() != null) ? new Parent(run.parentRunId().value(), run.parentPart()) : null;
		}

	}

	/** By type, since later runs are compared by type. */
	record Jobs(Map<String, Long> byState, Map<String, Long> byType, Map<String, Long> byErrorCode,
			List<TypeFigures> types) {

		private static Jobs read(ReportQueries queries) {
			return new Jobs(counts(queries, ReportQuery.packaged("run/jobs-by-state")),
					counts(queries, ReportQuery.packaged("run/jobs-by-type")),
					counts(queries, ReportQuery.packaged("run/jobs-by-error-code")),
					queries.list(ReportQuery.packaged("run/job-types"),
							(row, number) -> new TypeFigures(row.getString("type"), row.getLong("jobs"),
									row.getLong("failed"), row.getBigDecimal("tokens"))));
		}

		private static Map<String, Long> counts(ReportQueries queries, ReportQuery query) {
			Map<String, Long> counts = new LinkedHashMap<>();
			queries.forEach(query, (row, number) -> Map.entry(row.getString("name"), row.getLong("jobs")),
					(count) -> counts.put(count.getKey(), count.getValue()));
			return counts;
		}

	}

	/** Figures of a job type; tokens are null when no job of it reports any. */
	record TypeFigures(String type, long jobs, long failed, @Nullable BigDecimal tokens) {
	}

	/** The total is null when no job reports tokens: unknown is not zero. */
	record Tokens(@Nullable BigDecimal total, long jobsReporting, long jobsNotReporting, long jobsUnreadable) {

		private static Tokens read(ReportQueries queries) {
			return queries
				.list(ReportQuery.packaged("run/tokens"),
						(row, number) -> new Tokens(row.getBigDecimal("total"), row.getLong("reporting"),
								row.getLong("silent"), row.getLong("unreadable")))
				.get(0);
		}

	}

	/** Number of charges in {@code focus.csv} and {@code focus-unpriced.csv}. */
	record Focus(String version, long charges, long unpriced) {

		private static Focus of(FocusProperties properties, List<ReportFile> files) {
			return new Focus(properties.focusVersion(), rows(files, FocusCsv.FocusPart.CHARGES),
					rows(files, FocusCsv.FocusPart.UNPRICED));
		}

		private static long rows(List<ReportFile> files, FocusCsv.FocusPart part) {
			return files.stream()
				.filter((file) -> file.name().equals(part.fileName()))
				.mapToLong(ReportFile::rows)
				.sum();
		}

	}

	/**
	 * The parts of a shared run.
	 *
	 * @param lost how often another process took over a part after the first died or
	 * froze
	 * @param workers processes that completed at least one part
	 */
	record Parts(long parts, long lost, long workers) {

		private static @Nullable Parts read(ReportQueries queries) {
			List<Parts> parts = queries.list(ReportQuery.packaged("run/parts"),
					(row, number) -> new Parts(row.getLong("parts"), row.getLong("lost"), row.getLong("workers")));
			return parts.isEmpty() ? null : parts.get(0);
		}

	}

	/**
	 * A budget that is used to 80 % or more.
	 *
	 * @param costCentre its name; {@code *} for all together
	 * @param before what was booked without what the run was the first to see
	 */
	record UsedBudget(String month, String costCentre, String currency, String budget, String booked, String before) {

		private static List<UsedBudget> read(ReportQueries queries) {
			return queries.list(ReportQuery.packaged("run/budgets"),
					(row, number) -> new UsedBudget(row.getString("month"), row.getString("cost_centre"),
							row.getString("currency"), plain(row.getBigDecimal("budget")),
							plain(row.getBigDecimal("booked")), plain(row.getBigDecimal("booked_before"))));
		}

		private static String plain(BigDecimal exact) {
			return exact.stripTrailingZeros().toPlainString();
		}

	}

	/** The answer in the language of the reports. */
	record TranslatedAnswer(String language, List<String> sentences) {

		private static @Nullable TranslatedAnswer of(PageAnswer answer, AuditedRun run, ReportTexts texts) {
			return (texts == ReportTexts.EN) ? null
					: new TranslatedAnswer(texts.text("language"), answer.sentences(run.name(texts), texts));
		}

	}

	record SummaryFile(String name, String sha256, long rows) {

		private static SummaryFile of(ReportFile file) {
			return new SummaryFile(file.name(), file.sha256(), file.rows());
		}

	}

}
