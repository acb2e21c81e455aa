package io.jobaudit.metrics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What is measured of a run, with the help that Prometheus shows. Names are Micrometer's;
 * Prometheus has underscores, the unit and {@code _total} in them.
 */
enum Metric {

	API_CALLS("jobaudit.api.calls", null, "class",
			"Calls of the last run's process by what they came to; begins at 0 with every process, so look at the value, not at its increase"),

	API_RETRIES("jobaudit.api.retries", null, null, "Calls of the last run's process that repeated an earlier one"),

	API_WAIT("jobaudit.api.wait", "seconds", null,
			"Time that calls of the last run's process waited for their turns, added up over all in flight"),

	API_CALL_DURATION("jobaudit.api.call.duration", "seconds", null,
			"Time from sending a call of the last run's process to its whole answer"),

	API_RATE_CONFIGURED("jobaudit.api.configured.calls.per.second", null, null,
			"Calls per second that are configured for the account, 0 for no limit"),

	API_RATE_CURRENT("jobaudit.api.allowed.calls.per.second", null, null,
			"Calls per second that the API was last found to put up with, 0 for no limit"),

	ITEMS("jobaudit.items", null, "outcome",
			"Distinct ids of the last run by outcome; of the whole run, when it was resumed"),

	ITEMS_PENDING("jobaudit.items.pending", null, null, "Distinct ids of the last run without outcome"),

	FAILED_JOBS("jobaudit.failed.jobs", null, null, "Jobs of the last run that are in state Failed"),

	TOKENS("jobaudit.tokens", null, null,
			"Tokens that jobs of the last run report, together; not there when none reports any"),

	JOBS("jobaudit.jobs", null, "usage",
			"Jobs stored for the last run's ids by what they say of their tokens: reported, absent or unreadable"),

	INPUT_LINES("jobaudit.input.lines", null, null,
			"Data lines of the last run's input; 0 until its import is complete"),

	INPUT_REJECTED("jobaudit.input.rejected.lines", null, "reason",
			"Data lines of the last run's input that are no new id: duplicate or malformed"),

	INPUT_IDS("jobaudit.input.ids", null, null, "Distinct ids of the last run"),

	RUN_START("jobaudit.run.start.timestamp", "seconds", null,
			"When the last run was opened by its last process, in Unix time"),

	RUN_IN_PROGRESS("jobaudit.run.in.progress", null, null,
			"1 from a run's opening to its end, and for good when its process was killed; else 0"),

	RUN_DURATION("jobaudit.run.duration", "seconds", null,
			"Time from the opening of the last run by its last process to its end, reports included"),

	RUN_EXIT_CODE("jobaudit.run.exit.code", null, null,
			"Exit code of the last run, also of one that could not be opened; not there while one is in progress"),

	LAST_SUCCESS("jobaudit.last.success.timestamp", "seconds", null,
			"When the last complete run closed its book, in Unix time; it outlives runs that fail");

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

	/** Name of its label; it must have one. */
	String label() {
		if (this.label == null) {
			throw new IllegalStateException(this + " has no label of its own");
		}
		return this.label;
	}

	/** Name in Prometheus of one that is a gauge. */
	String gaugeName() {
		String name = this.id.replace('.', '_');
		return (this.unit != null) ? name + "_" + this.unit : name;
	}

	/** A label's value for a constant. */
	static String labelValue(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
