package io.jobaudit.report.xlsx;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.definition.SheetDefinition;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** The rows of a table sheet that a chart shows. */
final class ChartSource {

	private final SheetDefinition table;

	private final XSSFSheet sheet;

	private final LocatedText categories;

	private final int rows;

	ChartSource(ChartDefinition chart, SheetDefinition table, XSSFSheet sheet, long rowsOfTable) {
		this.table = table;
		this.sheet = sheet;
		this.categories = chart.categories();
		this.rows = known((int) Math.min(chart.most(), rowsOfTable));
	}

	boolean isEmpty() {
		return this.rows == 0;
	}

	boolean isOfDays() {
		return format(this.categories) == ColumnFormat.DATE;
	}

	ColumnFormat format(LocatedText column) {
		return this.table.requireColumn(column).format();
	}

	XDDFDataSource<?> categories() {
		if (!isOfDays()) {
			return XDDFDataSourcesFactory.fromStringCellRange(this.sheet, range(this.categories));
		}
		XDDFNumericalDataSource<Double> days = values(this.categories);
		days.setFormatCode(ColumnFormat.DATE.pattern());
		return days;
	}

	XDDFNumericalDataSource<Double> values(LocatedText column) {
		return XDDFDataSourcesFactory.fromNumericCellRange(this.sheet, range(column));
	}

	private CellRangeAddress range(LocatedText column) {
		int index = this.table.index(column);
		return new CellRangeAddress(1, this.rows, index, index);
	}

	/** Leaves out unknown days, which come last and have no place on a time axis. */
	private int known(int charted) {
		if (charted == 0 || !isOfDays()) {
			return charted;
		}
		boolean lastIsDay = this.sheet.getRow(charted)
			.getCell(this.table.index(this.categories))
			.getCellType() == CellType.NUMERIC;
		return lastIsDay ? charted : charted - 1;
	}

}
