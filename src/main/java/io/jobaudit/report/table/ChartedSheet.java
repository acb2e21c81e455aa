package io.jobaudit.report.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import org.jspecify.annotations.Nullable;

/** The first rows of a sheet, for a chart, and the sums of all its rows. */
public final class ChartedSheet implements ReportTable {

	/** Rows that a page lists: the days of a month, and one for unknown days. */
	public static final int MOST_LISTED = 32;

	private final SheetDefinition definition;

	private final int most;

	private final ColumnSums sums;

	private final List<List<@Nullable Object>> rows = new ArrayList<>();

	private long count;

	private ChartedSheet(SheetDefinition definition, int most) {
		this.definition = definition;
		this.most = Math.max(most, MOST_LISTED);
		this.sums = new ColumnSums(definition);
	}

	public static ChartedSheet read(ReportQueries queries, WorkbookDefinition workbook, ChartDefinition chart) {
		SheetDefinition definition = workbook.requireSheet(chart.sheet());
		ChartedSheet sheet = new ChartedSheet(definition, chart.most());
		sheet.count = ReportTable.fill(sheet, queries, workbook.query(definition), definition.columns());
		return sheet;
	}

	/**
	 * The charts of a definition, with the rows that each shows: one chart or, where it
	 * asks for that, one for each currency.
	 */
	public static Map<ChartDefinition, ChartedSheet> readEach(ReportQueries queries, WorkbookDefinition workbook,
			ChartDefinition chart) {
		Map<ChartDefinition, ChartedSheet> charts = new LinkedHashMap<>();
		SheetDefinition definition = workbook.requireSheet(chart.sheet());
		if (chart.each() == null) {
			charts.put(chart, read(queries, workbook, chart));
			return charts;
		}
		int column = definition.index(chart.each());
		int series = definition.index(chart.series().get(0).column());
		Map<Object, ChartedSheet> byCurrency = new LinkedHashMap<>();
		ReportTable.fill((values) -> {
			Object currency = values.get(column);
			if (currency != null && values.get(series) != null) {
				ChartedSheet sheet = byCurrency.computeIfAbsent(currency,
						(name) -> new ChartedSheet(definition, chart.most()));
				sheet.add(values);
				sheet.count++;
			}
		}, queries, workbook.query(definition), definition.columns());
		byCurrency.forEach((currency, sheet) -> charts.put(chart.of(currency.toString()), sheet));
		return charts;
	}

	@Override
	public void add(List<@Nullable Object> values) {
		this.sums.add(values);
		if (this.rows.size() < this.most) {
			this.rows.add(values);
		}
	}

	public SheetDefinition definition() {
		return this.definition;
	}

	public boolean isLeftOut() {
		return this.definition.optional() && this.count == 0;
	}

	public long count() {
		return this.count;
	}

	public List<List<@Nullable Object>> first(int rows) {
		return this.rows.subList(0, Math.min(rows, this.rows.size()));
	}

	public ColumnSums sums() {
		return this.sums;
	}

}
