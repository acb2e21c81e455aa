package io.jobaudit.report.table;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/** A destination for the rows of a result. */
public interface ReportTable {

	void add(List<@Nullable Object> values);

	/** Streams the result of a query into a table and returns the number of rows. */
	static long fill(ReportTable table, ReportQueries queries, ReportQuery query, List<ColumnDefinition> columns) {
		return queries.extract(query, (rows) -> copy(rows, table, columns, queries));
	}

	private static long copy(ResultSet rows, ReportTable table, List<ColumnDefinition> columns, ReportQueries queries)
			throws SQLException {
		List<String> found = columns(rows.getMetaData());
		int[] order = columns.stream().mapToInt((column) -> 1 + found.indexOf(column.name().text())).toArray();
		long count = 0;
		while (rows.next()) {
			queries.checkNotStopped();
			table.add(values(rows, columns, order));
			count++;
		}
		return count;
	}

	private static List<@Nullable Object> values(ResultSet row, List<ColumnDefinition> columns, int[] order)
			throws SQLException {
		List<@Nullable Object> values = new ArrayList<>(order.length);
		for (int index = 0; index < order.length; index++) {
			values.add(columns.get(index).format().read(row, order[index]));
		}
		return values;
	}

	static List<String> columns(ResultSetMetaData metaData) throws SQLException {
		List<String> columns = new ArrayList<>();
		for (int column = 1; column <= metaData.getColumnCount(); column++) {
			columns.add(metaData.getColumnLabel(column));
		}
		return columns;
	}

}
