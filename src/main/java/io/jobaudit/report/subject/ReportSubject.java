package io.jobaudit.report.subject;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The run or period that reports are about.
 *
 * @param facts what the Audit sheet says about it, in order
 * @param instant the date of files, which must not depend on the clock
 * @param scope parameters of its queries
 */
public record ReportSubject(String name, String directoryName, List<String> subtitles, List<Fact> facts,
		Instant instant, ReportScope scope) {

	/**
	 * A line of the Audit sheet.
	 *
	 * @param value a text or an OffsetDateTime; null when unknown
	 */
	public record Fact(String label, @Nullable Object value) {

		Fact(String label, @Nullable Instant value) {
			this(label, (Object) ((value != null) ? value.atOffset(ZoneOffset.UTC) : null));
		}

	}

}
