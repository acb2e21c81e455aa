package io.jobaudit.report.table;

import java.util.ArrayList;
import java.util.List;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** A destination for the rows of a result. */
public interface ReportTable {

	void add(List<@Nullable Object> values);

	/** Rows that are kept, so that workbook, page and CSV file ask for them once. */
	int MOST_REMEMBERED = 1000;

	/** Streams the rows of a sheet's query into a table and returns their number. */
	static long fill(ReportTable table, ReportQueries queries, ReportQuery query, List<ColumnDefinition> columns) {
		List<List<@Nullable Object>> known = queries.remembered(query);
		if (known == null) {
			return copy(table, queries, query, columns);
		}
		known.forEach(table::add);
		return known.size();
	}

	private static long copy(ReportTable table, ReportQueries queries, ReportQuery query,
			List<ColumnDefinition> columns) {
		List<List<@Nullable Object>> first = new ArrayList<>();
		long count = queries.forEach(query, (found) -> layout(columns, found), (values) -> {
			table.add(values);
			if (first.size() < MOST_REMEMBERED) {
				first.add(values);
			}
		});
		if (count == first.size()) {
			queries.remember(query, first);
		}
		return count;
	}

	private static RowMapper<List<@Nullable Object>> layout(List<ColumnDefinition> columns, List<String> found) {
		int[] order = columns.stream().mapToInt((column) -> 1 + found.indexOf(column.name().text())).toArray();
		return (row, number) -> {
			List<@Nullable Object> values = new ArrayList<>(order.length);
			for (int index = 0; index < order.length; index++) {
				values.add(columns.get(index).format().read(row, order[index]));
			}
			return values;
		};
	}

}
