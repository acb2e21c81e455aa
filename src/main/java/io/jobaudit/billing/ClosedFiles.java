package io.jobaudit.billing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;

import org.springframework.jdbc.core.JdbcOperations;

/** The files of closed months in the database. */
final class ClosedFiles {

	private final JdbcOperations jdbc;

	ClosedFiles(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Archives a file, streaming it to the database.
	 * @throws IllegalStateException when it has changed since it was written
	 */
	void keep(long closeId, ArchivedReport report) {
		try (InputStream in = Files.newInputStream(report.path())) {
			long length = Files.size(report.path());
			this.jdbc.update(
					"insert into audit.closed_file (close_id, name, sha256, rows, content) values (?, ?, ?, ?, ?)",
					(statement) -> {
						statement.setLong(1, closeId);
						statement.setString(2, report.name());
						statement.setString(3, report.sha256());
						statement.setLong(4, report.rows());
						statement.setBinaryStream(5, in, length);
					});
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + report.path(), ex);
		}
		if (!Boolean.TRUE.equals(this.jdbc.queryForObject(
				"select sha256 = encode(sha256(content), 'hex') from audit.closed_file where close_id = ? and name = ?",
				Boolean.class, closeId, report.name()))) {
			throw new IllegalStateException(report.path() + " has changed since it was written; close the month again");
		}
	}

}
