package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a workbook, recomputed in the database independently of the queries of the
 * sheets.
 */
record ControlTotals(List<Recomputed> all) {

	static ControlTotals read(ReportQueries queries, @Nullable ReportQuery query) {
		return new ControlTotals((query == null) ? List.of()
				: queries.list(query, (row, number) -> new Recomputed(row.getString("sheet"), row.getString("figure"),
						row.getString("basis"), row.getBigDecimal("recomputed"))));
	}

	/** The known figures of a sheet. */
	Map<String, BigDecimal> of(String sheet) {
		Map<String, BigDecimal> figures = new HashMap<>();
		for (Recomputed total : this.all) {
			BigDecimal recomputed = total.recomputed();
			if (total.sheet().equals(sheet) && recomputed != null) {
				figures.put(total.figure(), recomputed);
			}
		}
		return figures;
	}

	/** How many figures in the workbook are the same. */
	long passed(List<WrittenSheet> written) {
		return this.all.stream().filter((total) -> total.difference(written).signum() == 0).count();
	}

	/**
	 * A figure.
	 *
	 * @param figure a reference to a label of the summary, or the name of a column in
	 * English
	 * @param basis a reference to what it was recomputed from
	 * @param recomputed null when unknown
	 */
	record Recomputed(String sheet, String figure, String basis, @Nullable BigDecimal recomputed) {

		/** The figure on the sheet; null when unknown. */
		@Nullable BigDecimal written(List<WrittenSheet> sheets) {
			return WrittenSheet.named(sheets, this.sheet).figure(ReportTexts.EN.resolve(this.figure));
		}

		/** Must be 0. */
		BigDecimal difference(List<WrittenSheet> sheets) {
			return orZero(written(sheets)).subtract(orZero(this.recomputed));
		}

		private static BigDecimal orZero(@Nullable BigDecimal value) {
			return (value != null) ? value : BigDecimal.ZERO;
		}

	}

}
