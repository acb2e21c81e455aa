package io.jobaudit.report.subject;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What reports are about, as a reader is told.
 *
 * @param name in a few words, such as run 17
 * @param directoryName name of the directory that its reports stand in
 * @param subtitles lines below a title
 * @param facts what the audit sheet says of it, in order
 * @param instant stands for it in a file that must not depend on the clock
 * @param scope what its queries are bound to
 */
public record ReportSubject(String name, String directoryName, List<String> subtitles, List<Fact> facts,
		Instant instant, ReportScope scope) {

	public ReportSubject {
		subtitles = List.copyOf(subtitles);
		facts = List.copyOf(facts);
	}

	/**
	 * A line of the audit sheet.
	 *
	 * @param value a text or an instant; null when unknown
	 */
	public record Fact(String label, @Nullable Object value) {
	}

}
