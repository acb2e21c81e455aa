package io.jobaudit.report.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet that a page shows: those of a chart, the ones that matter most, and
 * sums. These are the first rows or, of a trend, the last ones.
 */
public final class ChartedSheet implements ReportTable {

	/** Rows that a page lists. */
	public static final int MOST_LISTED = 10;

	private final SheetDefinition definition;

	private final ChartDefinition chart;

	private final boolean isTrend;

	private final ColumnSums sums;

	private final ColumnSums rest;

	private final Deque<List<@Nullable Object>> charted = new ArrayDeque<>();

	private final Deque<List<@Nullable Object>> listed = new ArrayDeque<>();

	/** Rows without figures since the last one that has any. */
	private final List<List<@Nullable Object>> unlisted = new ArrayList<>();

	private long count;

	private ChartedSheet(SheetDefinition definition, ChartDefinition chart) {
		this.definition = definition;
		this.chart = chart;
		this.isTrend = chart.isTrend(definition);
		this.sums = new ColumnSums(definition);
		this.rest = new ColumnSums(definition);
	}

	private static ChartedSheet read(ReportQueries queries, WorkbookDefinition workbook, ChartDefinition chart) {
		SheetDefinition definition = workbook.requireSheet(chart.sheet());
		ChartedSheet sheet = new ChartedSheet(definition, chart);
		sheet.count = ReportTable.fill(sheet, queries, workbook.query(definition), definition.columns());
		return sheet.end();
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
						(name) -> new ChartedSheet(definition, chart));
				sheet.add(values);
				sheet.count++;
			}
		}, queries, workbook.query(definition), definition.columns());
		byCurrency.forEach((currency, sheet) -> charts.put(chart.of(currency.toString()), sheet.end()));
		return charts;
	}

	@Override
	public void add(List<@Nullable Object> values) {
		this.sums.add(values);
		// An unknown day has no place on a time axis.
		if (this.definition.requireColumn(this.chart.categories()).format() != ColumnFormat.DATE
				|| values.get(this.definition.index(this.chart.categories())) != null) {
			keep(this.charted, this.chart.most(), values);
		}
		this.unlisted.add(values);
		if (!this.isTrend || isKnown(values)) {
			this.unlisted.forEach(this::list);
			this.unlisted.clear();
		}
	}

	private void list(List<@Nullable Object> values) {
		List<@Nullable Object> left = keep(this.listed, MOST_LISTED, values);
		if (left != null) {
			this.rest.add(left);
		}
	}

	/** Days at the end of a trend may still be to come: they are not listed. */
	private ChartedSheet end() {
		this.unlisted.forEach(this.rest::add);
		return this;
	}

	private boolean isKnown(List<@Nullable Object> values) {
		return this.chart.series()
			.stream()
			.anyMatch((series) -> values.get(this.definition.index(series.column())) != null);
	}

	/** Returns the row that there is no room for; null for none. */
	private @Nullable List<@Nullable Object> keep(Deque<List<@Nullable Object>> rows, int most,
			List<@Nullable Object> values) {
		if (rows.size() < most) {
			rows.add(values);
			return null;
		}
		if (!this.isTrend) {
			return values;
		}
		rows.add(values);
		return rows.remove();
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

	public List<List<@Nullable Object>> charted() {
		return List.copyOf(this.charted);
	}

	/** The rows that matter most, first; the others are only summed. */
	public List<List<@Nullable Object>> listed() {
		List<List<@Nullable Object>> rows = new ArrayList<>(this.listed);
		if (this.isTrend) {
			Collections.reverse(rows);
		}
		return rows;
	}

	/** The sums of all rows. */
	public ColumnSums sums() {
		return this.sums;
	}

	/** The sums of the rows that are not listed. */
	public ColumnSums rest() {
		return this.rest;
	}

}
