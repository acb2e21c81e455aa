package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a workbook, compared with the same figure recomputed from the tables.
 *
 * @param sheet sheet that shows it
 * @param figure its name there
 * @param basis what it was recomputed from
 * @param written the figure on the sheet; null when unknown
 * @param recomputed the figure from the tables; null when unknown
 */
record ControlTotal(String sheet, String figure, String basis, @Nullable BigDecimal written,
		@Nullable BigDecimal recomputed) {

	static List<ControlTotal> read(ReportQueries queries, ReportQuery query, List<WrittenSheet> written) {
		return queries.list(query, (row, number) -> {
			String sheet = row.getString("sheet");
			String figure = ReportTexts.resolve(row.getString("figure"));
			return new ControlTotal(sheet, figure, ReportTexts.resolve(row.getString("basis")),
					WrittenSheet.named(written, sheet).figure(figure), row.getBigDecimal("recomputed"));
		});
	}

	/** Must be 0. */
	BigDecimal difference() {
		return orZero(this.written).subtract(orZero(this.recomputed));
	}

	private static BigDecimal orZero(@Nullable BigDecimal value) {
		return (value != null) ? value : BigDecimal.ZERO;
	}

}
