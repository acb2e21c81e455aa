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

	public ReportSubject subject() {
		return new ReportSubject(name(), this.period.directoryName(), subtitles(), facts(), this.asOf,
				this.scope.asOf(this.asOf));
	}

	private String name() {
		YearMonth month = this.period.month();
		return (month != null) ? ReportTexts.text("period.month", month)
				: ReportTexts.text("period.days", this.period.firstDay(), this.period.lastDay());
	}

	private List<String> subtitles() {
		String state = (this.closedAt != null) ? ReportTexts.text("period.closed") : ReportTexts.text("period.open");
		return List.of(
				ReportTexts.text("period.subtitle", this.period.firstDay(), this.period.lastDay(),
						this.scope.accountName()),
				ReportTexts.text("period.subtitle-times", state, this.scope.zone().getId()));
	}

	private List<Fact> facts() {
		return List.of(new Fact(ReportTexts.text("fact.first-day"), this.period.firstDay().toString()),
				new Fact(ReportTexts.text("fact.last-day"), this.period.lastDay().toString()),
				new Fact(ReportTexts.text("fact.account"), this.scope.accountName()),
				new Fact(ReportTexts.text("fact.version"), this.version),
				new Fact(ReportTexts.text("fact.as-of"), this.asOf),
				new Fact(ReportTexts.text("fact.closed"), this.closedAt),
				new Fact(ReportTexts.text("fact.closed-by"), this.closedBy),
				new Fact(ReportTexts.text("fact.zone"), this.scope.zone().getId()));
	}

}
