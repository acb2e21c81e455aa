package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.jobaudit.report.subject.ReportSubject.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The period that is reported on.
 *
 * @param asOf when the account's last run before its end was finished; its end when there
 * is none
 * @param closedAt when its month was closed; null when it is none or not
 * @param version version of job-audit that saw its last run
 */
public record AuditedPeriod(ReportPeriod period, ReportScope scope, Instant asOf, @Nullable Instant closedAt,
		@Nullable String version) {

	public static AuditedPeriod read(ReportPeriod period, ReportQueries queries) {
		return queries.list(ReportQuery.packaged("period/period"), (row, number) -> of(period, queries.scope(), row))
			.get(0);
	}

	public ReportSubject subject() {
		return new ReportSubject(this.period.toString(), this.period.directoryName(), subtitles(), facts(), this.asOf,
				this.scope.asOf(this.asOf));
	}

	private List<String> subtitles() {
		String state = (this.closedAt != null) ? "closed, as it was booked" : "not closed, as it stands now";
		return List.of(
				"Jobs created %s to %s, account %s".formatted(this.period.firstDay(), this.period.lastDay(),
						this.scope.accountName()),
				"%s, days and times in %s".formatted(state, this.scope.zone().getId()));
	}

	private List<Fact> facts() {
		return List.of(new Fact("First day", this.period.firstDay().toString()),
				new Fact("Last day", this.period.lastDay().toString()), new Fact("Account", this.scope.accountName()),
				new Fact("Version of job-audit", this.version), new Fact("As of", this.asOf),
				new Fact("Closed", this.closedAt), new Fact("Zone of days and instants", this.scope.zone().getId()));
	}

	private static AuditedPeriod of(ReportPeriod period, ReportScope scope, ResultSet row) throws SQLException {
		OffsetDateTime closedAt = row.getObject("closed_at", OffsetDateTime.class);
		return new AuditedPeriod(period, scope, row.getObject("as_of", OffsetDateTime.class).toInstant(),
				(closedAt != null) ? closedAt.toInstant() : null, row.getString("version"));
	}

}
