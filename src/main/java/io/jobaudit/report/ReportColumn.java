package io.jobaudit.report;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a result.
 *
 * @param name its alias in the SQL
 * @param header what a reader sees: the alias, with the zone where instants are shown
 * @param format what it holds
 */
record ReportColumn(String name, String header, ColumnFormat format) {

	static List<ReportColumn> of(ResultSetMetaData metaData, ZoneId zone) throws SQLException {
		List<ReportColumn> columns = new ArrayList<>();
		for (int column = 1; column <= metaData.getColumnCount(); column++) {
			String name = metaData.getColumnLabel(column);
			ColumnFormat format = ColumnFormat.of(metaData, column);
			String header = (format == ColumnFormat.INSTANT) ? name + " (" + zone.getId() + ")" : name;
			columns.add(new ReportColumn(name, header, format));
		}
		return List.copyOf(columns);
	}

}
