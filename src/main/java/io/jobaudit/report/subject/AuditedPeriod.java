package io.jobaudit.report.subject;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.subject.ReportSubject.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The period that is reported on.
 *
 * @param asOf when the account's last run before the end of the period finished; else its
 * end
 * @param closedAt when its month was closed; null when it is not a closed month
 * @param closedBy who closed it
 */
public record AuditedPeriod(ReportPeriod period, ReportScope scope, Instant asOf, @Nullable Instant closedAt,
		@Nullable String closedBy, @Nullable String version) {

	public static AuditedPeriod read(ReportPeriod period, ReportQueries queries) {
		return queries
			.list(ReportQuery.packaged("period/period"), (row, number) -> new AuditedPeriod(period, queries.scope(),
					row.getObject("as_of", OffsetDateTime.class).toInstant(), ReportQueries.instant(row, "closed_at"),
					row.getString("closed_by"), row.getString("version")))
			.get(0);
	}

	public ReportSubject subject(ReportTexts texts) {
		return new ReportSubject(name(texts), this.period.directoryName(), subtitles(texts), facts(texts), this.asOf,
				this.scope.asOf(this.asOf), texts);
	}

	private String name(ReportTexts texts) {
		YearMonth month = this.period.month();
		return (month != null) ? texts.text("period.month", month)
				: texts.text("period.days", this.period.firstDay(), this.period.lastDay());
	}

	private List<String> subtitles(ReportTexts texts) {
		String state = (this.closedAt != null) ? texts.text("period.closed") : texts.text("period.open");
		return List.of(
				texts.text("period.subtitle", this.period.firstDay(), this.period.lastDay(), this.scope.accountName()),
				texts.text("period.subtitle-times", state, this.scope.zone().getId()));
	}

	private List<Fact> facts(ReportTexts texts) {
		return List.of(new Fact(texts.text("fact.first-day"), this.period.firstDay().toString()),
				new Fact(texts.text("fact.last-day"), this.period.lastDay().toString()),
				new Fact(texts.text("fact.account"), this.scope.accountName()),
				new Fact(texts.text("fact.version"), this.version), new Fact(texts.text("fact.as-of"), this.asOf),
				new Fact(texts.text("fact.closed"), this.closedAt),
				new Fact(texts.text("fact.closed-by"), this.closedBy),
				new Fact(texts.text("fact.zone"), this.scope.zone().getId()));
	}

}
