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

import io.jobaudit.csv.CsvPrinters;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Ids out of a query: streamed into a file in one pass, so that the database is free
 * again before the first call, and the input can be read twice like any other.
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
	 * Asks the query of a file: its first column is the id, the others are labels.
	 * @param file one statement in SQL
	 * @throws BadInputException when the file or its statement is wrong or takes too long
	 * @throws SQLException when the database is out of reach or refuses the login
	 */
	public CsvInput ask(Path file) throws SQLException {
		String sql = read(file);
		try (Connection connection = this.database.connect()) {
			return spool(file.toString(), sql, connection);
		}
		catch (IOException ex) {
			throw new BadInputException(
					"the ids of %s cannot be kept in a temporary file: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	private static String read(Path file) {
		try {
			String sql = Files.readString(file).strip().replaceFirst(";\\s*$", "");
			if (sql.isBlank()) {
				throw new BadInputException("expected a query in " + file + ", but it is empty");
			}
			return sql;
		}
		catch (IOException ex) {
			throw new BadInputException(
					"expected a file with a query, but cannot read " + file.toAbsolutePath() + ": " + ex.getMessage(),
					ex);
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

	/** Streams the rows. */
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
					// a lonely null would be a blank line, and no line at all
					cells.add((rows.getString(i) != null) ? rows.getString(i) : "");
				}
				csv.printRecord(cells);
			}
		}
		return columns.getColumnLabel(1);
	}

	/** What is the query's own fault is bad input; the rest is the database's. */
	private SQLException explained(String source, SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (ex instanceof SQLTimeoutException || state.equals("57014") || state.equals("70100")) {
			throw new BadInputException("the query of %s took longer than audit.ids.datasource.query-timeout, %s"
				.formatted(source, this.properties.queryTimeout()), ex);
		}
		if (state.equals(READ_ONLY_VIOLATION)) {
			throw new BadInputException(
					"the query of %s must only read, but it writes: %s".formatted(source, ex.getMessage()), ex);
		}
		if (state.startsWith("08") || state.startsWith("28") || state.startsWith("57")) {
			return ex;
		}
		throw new BadInputException("the query of %s is refused: %s".formatted(source, ex.getMessage()), ex);
	}

}
