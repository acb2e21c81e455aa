package io.jobaudit.report.openxml;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFSheetConditionalFormatting;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook with one of each: held and streamed rows, a filter, a table, merged cells,
 * conditional formats, a link, a chart.
 */
final class GoodWorkbook {

	private GoodWorkbook() {
	}

	static void write(Path file) throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook();
				SXSSFWorkbook streaming = new SXSSFWorkbook(workbook);
				OutputStream out = Files.newOutputStream(file)) {
			XSSFSheet days = days(workbook);
			streamed(streaming.createSheet("All jobs"));
			table(workbook.createSheet("Table"));
			draw(days);
			streaming.write(out);
		}
	}

	private static XSSFSheet days(XSSFWorkbook workbook) {
		XSSFSheet sheet = workbook.createSheet("Days");
		for (int number = 0; number < 4; number++) {
			Row row = sheet.createRow(number);
			row.createCell(0).setCellValue((number == 0) ? "Day" : "day " + number);
			if (number == 0) {
				row.createCell(1).setCellValue("Jobs");
			}
			else {
				row.createCell(1).setCellValue(number);
			}
		}
		Cell link = sheet.getRow(1).createCell(2);
		link.setCellFormula("HYPERLINK(\"#'All jobs'!A2\",\"more\")");
		link.setCellValue("more");
		sheet.setColumnWidth(0, 2560);
		sheet.setColumnWidth(1, 5120);
		sheet.setAutoFilter(new CellRangeAddress(0, 3, 0, 2));
		sheet.addMergedRegion(new CellRangeAddress(5, 5, 0, 1));
		sheet.addMergedRegion(new CellRangeAddress(6, 6, 0, 1));
		XSSFSheetConditionalFormatting formats = sheet.getSheetConditionalFormatting();
		for (String limit : new String[] { "1", "2" }) {
			CellRangeAddress[] cells = { new CellRangeAddress(1, 3, 1, 1) };
			var rule = formats.createConditionalFormattingRule((byte) 5, limit);
			rule.createFontFormatting().setFontStyle(false, true);
			formats.addConditionalFormatting(cells, rule);
		}
		sheet.getFooter().setLeft("Footer");
		return sheet;
	}

	private static void streamed(Sheet sheet) {
		for (int number = 0; number < 3; number++) {
			Row row = sheet.createRow(number);
			row.createCell(0).setCellValue("text " + number);
			row.createCell(1).setCellValue(number);
		}
	}

	private static void table(XSSFSheet sheet) {
		for (int number = 0; number < 3; number++) {
			sheet.createRow(number).createCell(0).setCellValue("name " + number);
		}
		sheet.createTable(new AreaReference("A1:A3", null)).setDisplayName("Names");
	}

	private static void draw(XSSFSheet sheet) {
		XSSFChart chart = sheet.createDrawingPatriarch().createChart(new XSSFClientAnchor(0, 0, 0, 0, 4, 4, 8, 8));
		XDDFChartData data = chart.createData(ChartTypes.LINE, chart.createCategoryAxis(AxisPosition.BOTTOM),
				chart.createValueAxis(AxisPosition.LEFT));
		data.addSeries(XDDFDataSourcesFactory.fromStringCellRange(sheet, new CellRangeAddress(1, 3, 0, 0)),
				XDDFDataSourcesFactory.fromNumericCellRange(sheet, new CellRangeAddress(1, 3, 1, 1)));
		chart.plot(data);
	}

}
