package io.jobaudit.report.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * A line of a summary.
 *
 * @param section block of the summary
 * @param label what is measured
 * @param amount how much; null when unknown
 * @param share of something, as a fraction of 1
 * @param note its explanation
 * @param isCheck whether the amount must be 0
 * @param format how the amount is shown
 * @param currency currency of an amount of money; null for none
 * @param link name of the sheet with the details
 */
public record KeyFigure(String section, String label, @Nullable BigDecimal amount, @Nullable BigDecimal share,
		@Nullable String note, boolean isCheck, ColumnFormat format, @Nullable String currency, @Nullable String link) {

	private static final String FORMAT = "format";

	private static final String CURRENCY = "currency";

	private static final String LINK = "link";

	/** The key figures of a workbook. */
	public static List<KeyFigure> read(ReportQueries queries, WorkbookDefinition workbook) {
		ReportQuery query = workbook.summary();
		return (query != null)
				? queries.list(query, (row, number) -> of(row, ReportTable.positions(row.getMetaData()).keySet()))
				: List.of();
	}

	public CellLook look() {
		if (!this.isCheck) {
			return CellLook.VALUE;
		}
		return (this.amount != null && this.amount.signum() == 0) ? CellLook.CHECK_PASSED : CellLook.CHECK_FAILED;
	}

	private static KeyFigure of(ResultSet row, Set<String> columns) throws SQLException {
		BigDecimal amount = row.getBigDecimal("amount");
		String format = columns.contains(FORMAT) ? row.getString(FORMAT) : null;
		String note = row.getString("note");
		return new KeyFigure(ReportTexts.resolve(row.getString("section")), ReportTexts.resolve(row.getString("label")),
				amount, row.getBigDecimal("share"), (note != null) ? ReportTexts.resolve(note) : null,
				row.getBoolean("is_check"), (format != null) ? ColumnFormat.of(format) : ofNumber(amount),
				columns.contains(CURRENCY) ? row.getString(CURRENCY) : null,
				columns.contains(LINK) ? row.getString(LINK) : null);
	}

	private static ColumnFormat ofNumber(@Nullable BigDecimal amount) {
		return (amount != null && amount.scale() > 0) ? ColumnFormat.DECIMAL : ColumnFormat.COUNT;
	}

}
