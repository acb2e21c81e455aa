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

	/** Rows that are kept, so that workbook, page and CSV file ask for them once. */
	int MOST_REMEMBERED = 1000;

	/** Streams the rows of a sheet's query into a table and returns their number. */
	static long fill(ReportTable table, ReportQueries queries, ReportQuery query, List<ColumnDefinition> columns) {
		List<List<@Nullable Object>> known = queries.remembered(query);
		if (known == null) {
			return queries.extract(query, (rows) -> copy(rows, table, columns, queries, query));
		}
		known.forEach(table::add);
		return known.size();
	}

	private static long copy(ResultSet rows, ReportTable table, List<ColumnDefinition> columns, ReportQueries queries,
			ReportQuery query) throws SQLException {
		List<List<@Nullable Object>> first = new ArrayList<>();
		List<String> found = columns(rows.getMetaData());
		int[] order = columns.stream().mapToInt((column) -> 1 + found.indexOf(column.name().text())).toArray();
		long count = 0;
		while (rows.next()) {
			queries.rowRead();
			List<@Nullable Object> values = values(rows, columns, order);
			table.add(values);
			if (count++ < MOST_REMEMBERED) {
				first.add(values);
			}
		}
		if (count == first.size()) {
			queries.remember(query, first);
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
