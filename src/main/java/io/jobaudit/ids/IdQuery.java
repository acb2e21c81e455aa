package io.jobaudit.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvPrinters;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Takes ids from a query: its rows are streamed into a file in one pass, so that the
 * database is released before the first API call and the input can be read twice.
 */
public final class IdQuery {

	private static final String READ_ONLY_VIOLATION = "25006";

	private final IdsProperties.Datasource properties;

	private final IdsDatabase database;

	IdQuery(IdsProperties.Datasource properties, IdsDatabase database) {
		this.properties = properties;
		this.database = database;
	}

	/**
	 * Runs the query of a file: its first column is the id, the others are labels.
	 * @param file one SQL statement
	 * @throws BadInputException when the file or its statement is wrong or takes too long
	 * @throws SQLException when the database is unavailable or rejects the login
	 */
	public CsvInput ask(Path file) throws SQLException {
		String sql = read(file);
		try (Connection connection = this.database.connect()) {
			return spool(file.toString(), sql, connection);
		}
		catch (IOException ex) {
			throw new BadInputException("%s: the rows cannot be written to a temporary file: %s; make room in %s"
				.formatted(file, FailureReason.ofFile(ex), System.getProperty("java.io.tmpdir")), ex);
		}
	}

	private static String read(Path file) {
		try {
			String sql = Files.readString(file).strip().replaceFirst(";\\s*$", "");
			if (sql.isBlank()) {
				throw new BadInputException(
						"%s: the file is empty; write one SQL query whose first column is the job id".formatted(file));
			}
			return sql;
		}
		catch (IOException ex) {
			throw new BadInputException("%s: the file cannot be read: %s; give a file with one SQL query"
				.formatted(file.toAbsolutePath(), FailureReason.ofFile(ex)), ex);
		}
	}

	private CsvInput spool(String source, String sql, Connection connection) throws SQLException, IOException {
		try (Statement statement = connection.createStatement()) {
			statement.setFetchSize(this.properties.fetchSize());
			statement.setQueryTimeout((int) this.properties.queryTimeout().toSeconds());
			try (ResultSet rows = statement.executeQuery(sql)) {
				Path spooled = CsvInput.temporaryFile();
				String idColumn = write(rows, spooled);
				return CsvInput.spooled(source, spooled, idColumn);
			}
		}
		catch (SQLException ex) {
			throw explained(source, ex);
		}
	}

	/**
	 * Streams the rows.
	 * @return name of the first column
	 */
	private static String write(ResultSet rows, Path file) throws SQLException, IOException {
		ResultSetMetaData columns = rows.getMetaData();
		List<@Nullable String> cells = new ArrayList<>();
		try (CSVPrinter csv = CsvPrinters.to(file)) {
			for (int i = 1; i <= columns.getColumnCount(); i++) {
				cells.add(columns.getColumnLabel(i));
			}
			csv.printRecord(cells);
			while (rows.next()) {
				cells.clear();
				for (int i = 1; i <= columns.getColumnCount(); i++) {
					// a row of a single null would be a blank line, which is skipped
					cells.add((rows.getString(i) != null) ? rows.getString(i) : "");
				}
				csv.printRecord(cells);
			}
		}
		return columns.getColumnLabel(1);
	}

	/** A fault of the query is bad input; the rest is a fault of the database. */
	private SQLException explained(String source, SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (ex instanceof SQLTimeoutException || state.equals("57014") || state.equals("70100")) {
			throw new BadInputException(("%s: the query took longer than %ds (audit.ids.datasource.query-timeout);"
					+ " raise the setting, or make the query faster")
				.formatted(source, this.properties.queryTimeout().toSeconds()), ex);
		}
		if (state.equals(READ_ONLY_VIOLATION)) {
			throw new BadInputException("%s: the query writes, but must only read: %s".formatted(source, said(ex)), ex);
		}
		if (state.startsWith("08") || state.startsWith("28") || state.startsWith("57")) {
			return ex;
		}
		throw new BadInputException("%s: the database rejects the query: %s".formatted(source, said(ex)), ex);
	}

	private static String said(SQLException failure) {
		return String.valueOf(failure.getMessage()).replaceFirst("\\s*Position: (\\d+)", " (character $1)");
	}

}
