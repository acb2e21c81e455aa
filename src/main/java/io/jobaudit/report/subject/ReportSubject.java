package io.jobaudit.report.subject;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.jobaudit.ReportTexts;
import org.jspecify.annotations.Nullable;

/**
 * The run or period that reports are about.
 *
 * @param facts what the Audit sheet says about it, in order
 * @param instant the date of files, which must not depend on the clock
 * @param scope parameters of its queries
 * @param texts of its reports, in their language
 */
public record ReportSubject(String name, String directoryName, List<String> subtitles, List<Fact> facts,
		Instant instant, ReportScope scope, ReportTexts texts) {

	/**
	 * What it is about in one line: name, account if it is one, days and their time zone.
	 */
	public String brief() {
		String account = this.scope.accountName();
		String brief = (account != null) ? this.texts.text("subject.brief", this.name, account) : this.name;
		Instant from = this.scope.from();
		Instant to = this.scope.to();
		ZoneId zone = this.scope.zone();
		return (from == null || to == null) ? brief + this.texts.text("subject.zone", zone.getId())
				: brief + this.texts.text("subject.days", LocalDate.ofInstant(from, zone),
						LocalDate.ofInstant(to, zone).minusDays(1), zone.getId());
	}

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
