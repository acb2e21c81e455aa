package io.jobaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.ConfigurationException;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.subject.ReportStoppedException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reports of a closed month, byte for byte as they were archived when it was closed.
 */
record ClosedMonthReports(JdbcClient jdbc, long closeId) {

	/**
	 * Finds the reports of a month.
	 * @param zone the report's zone
	 * @return empty when the month is not closed, or its files are not archived yet
	 * @throws ConfigurationException when the month is closed in another time zone
	 */
	static Optional<ClosedMonthReports> find(DataSource dataSource, Account account, YearMonth month, ZoneId zone) {
		JdbcClient jdbc = JdbcClient.create(dataSource);
		return jdbc.sql("""
				select close_id, zone, filed_at
				from audit.month_close
				where account = :account and month = :month and reopened_at is null
				""").param("account", account.name()).param("month", month.atDay(1)).query((row, number) -> {
			if (!row.getString("zone").equals(zone.getId())) {
				throw ConfigurationException.otherZone(month, row.getString("zone"), zone);
			}
			ClosedMonthReports found = new ClosedMonthReports(jdbc, row.getLong("close_id"));
			return Optional.ofNullable(row.getObject("filed_at")).map((filedAt) -> found);
		}).optional().flatMap((found) -> found);
	}

	WrittenReports writeTo(StagedDirectory staged, BooleanSupplier stopping) {
		List<ReportFile> files = this.jdbc.sql("""
				select name, sha256, rows from audit.closed_file where close_id = :close order by name collate "C"
				""")
			.param("close", this.closeId)
			.query((row, number) -> new ReportFile(staged.target().resolve(row.getString("name")),
					row.getString("sha256"), row.getLong("rows")))
			.list();
		try {
			for (ReportFile file : files) {
				write(staged.file(file.name()), file, stopping);
				requireUnchanged(staged.file(file.name()), file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write the files of the closed month", ex);
		}
		return new WrittenReports(staged.target(), files, "");
	}

	private void write(Path path, ReportFile file, BooleanSupplier stopping) throws IOException {
		try (OutputStream out = Directories.createFile(path)) {
			byte[] part = part(file.name(), 0);
			for (long position = part.length; part.length > 0; position += part.length) {
				if (stopping.getAsBoolean()) {
					throw new ReportStoppedException();
				}
				out.write(part);
				part = part(file.name(), position);
			}
		}
	}

	private byte[] part(String name, long position) {
		return this.jdbc
			.sql("select substring(content from :from for :length) from audit.closed_file"
					+ " where close_id = :close and name = :name")
			.param("from", (int) position + 1)
			.param("length", 1 << 22)
			.param("close", this.closeId)
			.param("name", name)
			.query(byte[].class)
			.single();
	}

	private static void requireUnchanged(Path path, ReportFile file) throws IOException {
		String sha256 = ReportFiles.sha256(path);
		if (!sha256.equals(file.sha256())) {
			throw new IllegalStateException(
					"%s of the closed month is damaged: its SHA-256 is %s, but was %s when the month was closed"
						.formatted(file.name(), sha256, file.sha256()));
		}
	}

}
