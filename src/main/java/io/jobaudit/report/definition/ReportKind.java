package io.jobaudit.report.definition;

import java.util.Optional;

import io.jobaudit.report.definition.YamlValue.YamlMapping;
import org.jspecify.annotations.Nullable;

/** What a report is about; a sheet or chart may be only for one of them. */
public enum ReportKind {

	RUN, PERIOD;

	/** The key {@code only} of a sheet or chart; null without it. */
	static @Nullable ReportKind only(YamlMapping keys) {
		Optional<YamlValue> only = keys.find("only");
		return only.map((kind) -> kind.oneOf("only", ReportKind.class)).orElse(null);
	}

	/** Whether what is only for one kind, null for both, is also for this kind. */
	boolean has(@Nullable ReportKind only) {
		return only == null || only == this;
	}

}
