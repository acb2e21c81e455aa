package io.jobaudit.cluster;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.cluster.Nights.NightAccount;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The result of a night: the closing statement of each account, and their sum. */
public record NightSummary(long night, LocalDate day, List<AccountResult> accounts,
		@Nullable NightReport accountsReport) {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/** Faults that starting the night again does not fix, the most important first. */
	private static final List<ExitStatus> ORDER = List.of(ExitStatus.INTERNAL, ExitStatus.CONFIGURATION,
			ExitStatus.PERMISSION, ExitStatus.INPUT, ExitStatus.TOO_MANY_UNREADABLE, ExitStatus.LIMIT_PASSED);

	/**
	 * The result of an account.
	 *
	 * @param statement null if no run was opened
	 * @param reports directory of its reports, null if there are none
	 */
	public record AccountResult(NightAccount account, @Nullable ClosingStatement statement, @Nullable String reports) {

		/** Whether its run is complete and has its reports. */
		public boolean isComplete() {
			ExitStatus status = this.account.status();
			return status != null && status.code() <= ExitStatus.TOO_MANY_UNREADABLE.code();
		}

	}

	/**
	 * The result of writing the reports about all accounts.
	 *
	 * @param directory their directory; null if they could not be written
	 * @param reason why they could not be written; null if they are
	 */
	public record NightReport(@Nullable String directory, ExitStatus status, @Nullable String reason) {
	}

	/** Returns a copy with the result of the reports about all accounts. */
	NightSummary with(NightReport report) {
		return new NightSummary(this.night, this.day, this.accounts, report);
	}

	/** Number of accounts that are complete. */
	public long complete() {
		return this.accounts.stream().filter(AccountResult::isComplete).count();
	}

	/** The sum of all statements. */
	public ClosingStatement total() {
		return this.accounts.stream()
			.map(AccountResult::statement)
			.filter(Objects::nonNull)
			.reduce(ClosingStatement.NONE, ClosingStatement::plus);
	}

	/**
	 * The exit code of the night. If some account may succeed when the night is started
	 * again, it is the code of that account, so that a scheduler such as cron tries
	 * again.
	 */
	public ExitStatus status() {
		ExitStatus worst = worst(this.accounts.stream()
			.map((account) -> account.account().status())
			.map((status) -> (status != null) ? status : ExitStatus.NOT_NOW)
			.toList());
		return (this.accountsReport != null) ? worse(worst, this.accountsReport.status()) : worst;
	}

	static ExitStatus worse(ExitStatus one, ExitStatus other) {
		return worst(List.of(one, other));
	}

	private static ExitStatus worst(Collection<ExitStatus> statuses) {
		return statuses.stream()
			.filter(ExitStatus::isRepeatable)
			.min(Comparator.naturalOrder())
			.or(() -> ORDER.stream().filter(statuses::contains).findFirst())
			.or(() -> statuses.stream().max(Comparator.naturalOrder()))
			.orElse(ExitStatus.COMPLETE);
	}

	/** {@code night-summary.json}. */
	public String json() {
		ObjectNode json = JSON.createObjectNode();
		json.put("night", this.night).put("day", this.day.toString()).put("exitCode", status().code());
		json.put("accountsComplete", complete()).put("accountsNotComplete", this.accounts.size() - complete());
		put(json, total());
		if (this.accountsReport != null) {
			json.putObject("accountsReport")
				.put("directory", this.accountsReport.directory())
				.put("exitCode", this.accountsReport.status().code())
				.put("reason", this.accountsReport.reason());
		}
		ArrayNode accounts = json.putArray("accounts");
		for (AccountResult result : this.accounts) {
			NightAccount account = result.account();
			ObjectNode one = accounts.addObject().put("account", account.account().name());
			one.put("run", (account.run() != null) ? account.run().value() : null);
			one.put("exitCode", (account.status() != null) ? account.status().code() : null);
			one.put("complete", result.isComplete()).put("reason", account.reason()).put("reports", result.reports());
			if (result.statement() != null) {
				put(one, result.statement());
			}
		}
		return JSON.writeValueAsString(json) + "\n";
	}

	/** Uses the same names as {@code run-summary.json}. */
	private static void put(ObjectNode json, ClosingStatement statement) {
		json.put("linesRead", statement.linesRead()).put("distinctIds", statement.distinctIds());
		json.put("duplicates", statement.duplicates()).put("malformed", statement.malformed());
		ObjectNode outcomes = json.putObject("outcomes");
		for (Map.Entry<Outcome, Long> outcome : statement.outcomesInOrder().entrySet()) {
			outcomes.put(outcome.getKey().name(), outcome.getValue());
		}
		json.put("pending", statement.pending()).put("reconciled", statement.isReconciled());
	}

}
