package io.jobaudit.metrics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The metrics of a run and their help in Prometheus. Names are Micrometer's; Prometheus
 * adds underscores, the unit and {@code _total}.
 */
enum Metric {

	API_CALLS("jobaudit.api.calls", null, "class",
			"API calls of the last run's process by result; starts at 0 with every process, so use the value, not its increase"),

	API_RETRIES("jobaudit.api.retries", null, null, "API calls of the last run's process that repeated an earlier one"),

	API_WAIT("jobaudit.api.wait", "seconds", null,
			"Time that API calls of the last run's process waited for the rate limit, summed over all calls in flight"),

	API_CALL_DURATION("jobaudit.api.call.duration", "seconds", null,
			"Time of an API call of the last run's process, from sending it to the complete answer"),

	API_RATE_CONFIGURED("jobaudit.api.configured.calls.per.second", null, null,
			"Configured API calls per second of the account, 0 for no limit"),

	API_RATE_CURRENT("jobaudit.api.allowed.calls.per.second", null, null,
			"API calls per second that the API last allowed, 0 for no limit"),

	ITEMS("jobaudit.items", null, "outcome",
			"Distinct ids of the last run by outcome; of the whole run if it was resumed"),

	ITEMS_PENDING("jobaudit.items.pending", null, null, "Distinct ids of the last run without an outcome"),

	FAILED_JOBS("jobaudit.failed.jobs", null, null, "Jobs of the last run in state Failed"),

	TOKENS("jobaudit.tokens", null, null,
			"Total tokens reported by the last run's jobs; absent if no job reports usage"),

	JOBS("jobaudit.jobs", null, "usage",
			"Stored jobs of the last run's ids by token usage: reported, absent or unreadable"),

	INPUT_LINES("jobaudit.input.lines", null, null,
			"Data lines of the last run's input; 0 if the import is not complete"),

	INPUT_REJECTED("jobaudit.input.rejected.lines", null, "reason",
			"Data lines of the last run's input without a new id, by reason: duplicate or malformed"),

	INPUT_IDS("jobaudit.input.ids", null, null, "Distinct ids of the last run"),

	INPUT_PREVIOUS_IDS("jobaudit.input.previous.ids", null, null,
			"Distinct ids of the same list in the complete run before the last one; absent if there was none"),

	NEW_FAILURE_KINDS("jobaudit.new.failure.kinds", null, null,
			"Kinds of failure, by job type and error code, that no run before the last one has seen"),

	UNUSUAL_FIGURES("jobaudit.unusual.figures", null, null,
			"Failure rates and tokens of job types of the last run outside median +/- 3 MAD of the 30 runs of the list before it"),

	EXPIRING_JOBS("jobaudit.expiring.jobs", null, null,
			"Unfinished jobs of the last run that the API deletes within 30 days, or has deleted"),

	PARTS_LOST("jobaudit.parts.lost", null, null,
			"Parts of the last run that another process took over after the first died or froze; absent for a run of one process"),

	WORKER_PARTS("jobaudit.worker.parts", null, null, "Parts of shared runs that a worker is fetching"),

	WORKER_PARTS_LOST("jobaudit.worker.parts.lost", null, null,
			"Tasks of a worker that others took over because its heartbeats were missing; starts at 0 with every process"),

	WORKER_HEARTBEAT("jobaudit.worker.heartbeat", null, null,
			"Age of a worker's last heartbeat, as a share of the time after which others take over its tasks; 0 without a task"),

	RUN_START("jobaudit.run.start.timestamp", "seconds", null,
			"Unix time when the last process of the last run opened it"),

	RUN_IN_PROGRESS("jobaudit.run.in.progress", null, null,
			"1 while a run is in progress, and after its process was killed; otherwise 0"),

	RUN_DURATION("jobaudit.run.duration", "seconds", null,
			"Time from when the last process of the last run opened it to its end, reports included"),

	RUN_EXIT_CODE("jobaudit.run.exit.code", null, null,
			"Exit code of the last run, even if it could not be opened; absent while a run is in progress"),

	LAST_SUCCESS("jobaudit.last.success.timestamp", "seconds", null,
			"Unix time when the last complete run was closed; kept when later runs fail");

	private final String id;

	private final @Nullable String unit;

	private final @Nullable String label;

	private final String help;

	Metric(String id, @Nullable String unit, @Nullable String label, String help) {
		this.id = id;
		this.unit = unit;
		this.label = label;
		this.help = help;
	}

	String id() {
		return this.id;
	}

	@Nullable String unit() {
		return this.unit;
	}

	String help() {
		return this.help;
	}

	/** Name of its label; for metrics that have one. */
	String label() {
		if (this.label == null) {
			throw new IllegalStateException("the metric " + this.id + " has no label");
		}
		return this.label;
	}

	String gaugeName() {
		String name = this.id.replace('.', '_');
		return (this.unit != null) ? name + "_" + this.unit : name;
	}

	static String labelValue(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
