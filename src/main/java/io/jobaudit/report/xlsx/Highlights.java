package io.jobaudit.report.xlsx;

import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnDefinition.Highlight;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.ComparisonOperator;
import org.apache.poi.ss.usermodel.ConditionalFormattingThreshold.RangeType;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFConditionalFormattingRule;
import org.apache.poi.xssf.usermodel.XSSFConditionalFormattingThreshold;
import org.apache.poi.xssf.usermodel.XSSFPatternFormatting;
import org.apache.poi.xssf.usermodel.XSSFSheetConditionalFormatting;

/** The conditional formats of a sheet's columns. */
record Highlights(XSSFSheetConditionalFormatting formatting, int lastRow) {

	void apply(List<ColumnDefinition> columns, ReportTexts texts) {
		for (int index = 0; index < columns.size() && this.lastRow > 0; index++) {
			int column = index;
			Highlight highlight = columns.get(index).highlight();
			if (highlight instanceof Highlight.Positive) {
				add(column, rule(ComparisonOperator.GT, "0", ChartColor.RED));
			}
			else if (highlight instanceof Highlight.Bar) {
				add(column, bars());
			}
			else if (highlight instanceof Highlight.Texts hues) {
				ColumnFormat format = columns.get(index).format();
				hues.hues()
					.forEach((text, hue) -> add(column, rule(ComparisonOperator.EQUAL,
							Links.quoted(String.valueOf(format.said(text, texts))), hue)));
			}
		}
	}

	private XSSFConditionalFormattingRule rule(byte operator, String formula, ChartColor hue) {
		XSSFConditionalFormattingRule rule = this.formatting.createConditionalFormattingRule(operator, formula);
		rule.createFontFormatting().setFontColor(CellStyles.color(hue.ink()));
		XSSFPatternFormatting fill = rule.createPatternFormatting();
		fill.setFillBackgroundColor(CellStyles.color(hue.tint()));
		fill.setFillPattern(PatternFormatting.SOLID_FOREGROUND);
		return rule;
	}

	/** Bars begin at 0; otherwise the smallest number would have none. */
	private XSSFConditionalFormattingRule bars() {
		XSSFConditionalFormattingRule rule = this.formatting
			.createConditionalFormattingRule(CellStyles.color(CellLook.Colors.BAR));
		XSSFConditionalFormattingThreshold least = rule.getDataBarFormatting().getMinThreshold();
		least.setRangeType(RangeType.NUMBER);
		least.setValue(0.0);
		return rule;
	}

	private void add(int column, XSSFConditionalFormattingRule rule) {
		CellRangeAddress[] cells = { new CellRangeAddress(1, this.lastRow, column, column) };
		this.formatting.addConditionalFormatting(cells, rule);
	}

}
