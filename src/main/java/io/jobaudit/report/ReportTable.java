package io.jobaudit.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Where a result goes, row by row. */
interface ReportTable {

	void begin(List<ReportColumn> columns);

	void add(List<@Nullable Object> values);

	/** Streams the result of a query into a table and tells how many rows there were. */
	static long fill(ReportTable table, ReportQueries queries, String query, ZoneId zone) {
		return queries.extract(query, (rows) -> copy(rows, table, zone, queries));
	}

	private static long copy(ResultSet rows, ReportTable table, ZoneId zone, ReportQueries queries)
			throws SQLException {
		List<ReportColumn> columns = ReportColumn.of(rows.getMetaData(), zone);
		table.begin(columns);
		long count = 0;
		while (rows.next()) {
			queries.requireGoingOn();
			table.add(values(rows, columns));
			count++;
		}
		return count;
	}

	private static List<@Nullable Object> values(ResultSet rows, List<ReportColumn> columns) throws SQLException {
		List<@Nullable Object> values = new ArrayList<>(columns.size());
		for (int index = 0; index < columns.size(); index++) {
			values.add(columns.get(index).format().read(rows, index + 1));
		}
		return values;
	}

}
