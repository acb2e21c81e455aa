package io.jobaudit.report.xlsx;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.Look;
import io.jobaudit.report.table.Money;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** The cell styles of a workbook, each made once. */
final class CellStyles {

	private final XSSFWorkbook workbook;

	private final Map<Key, CellStyle> styles = new HashMap<>();

	CellStyles(XSSFWorkbook workbook) {
		this.workbook = workbook;
		// Column widths are measured in characters of the workbook's first font.
		XSSFFont first = workbook.getFontAt(0);
		first.setFontName(Look.VALUE.fontName());
		first.setFontHeightInPoints((short) Look.VALUE.fontSize());
	}

	CellStyle of(Look look, ColumnFormat format) {
		return of(look, format, null);
	}

	/** With as many digits as the currency has. */
	CellStyle of(Look look, ColumnFormat format, @Nullable String currency) {
		String pattern = (format == ColumnFormat.MONEY) ? Money.pattern(currency) : format.pattern();
		return this.styles.computeIfAbsent(new Key(look, format, pattern), this::create);
	}

	CellStyle of(Look look) {
		return of(look, ColumnFormat.TEXT);
	}

	private CellStyle create(Key key) {
		Look look = key.look();
		XSSFCellStyle style = this.workbook.createCellStyle();
		style.setFont(font((key.format() == ColumnFormat.LINK && look == Look.VALUE) ? Look.LINK : look));
		style.setDataFormat(this.workbook.createDataFormat().getFormat(key.pattern()));
		align(style, key);
		String fill = look.fill();
		if (fill != null) {
			style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
			style.setFillForegroundColor(color(fill));
		}
		drawLines(style, look);
		return style;
	}

	private static void align(XSSFCellStyle style, Key key) {
		style.setVerticalAlignment(VerticalAlignment.CENTER);
		style.setWrapText(key.look() == Look.HEADER);
		if (key.format().isNumber()) {
			// At its right edge a header has the button of its filter.
			style.setAlignment((key.look() == Look.HEADER) ? HorizontalAlignment.CENTER : HorizontalAlignment.RIGHT);
		}
		else {
			style.setAlignment(HorizontalAlignment.LEFT);
			style.setIndention((short) 1);
		}
	}

	private static void drawLines(XSSFCellStyle style, Look look) {
		if (look == Look.TOTAL) {
			style.setBorderTop(BorderStyle.THIN);
			style.setTopBorderColor(color(Look.Colors.NAVY));
		}
		if (look == Look.VALUE || look == Look.NOTE) {
			style.setBorderBottom(BorderStyle.THIN);
			style.setBottomBorderColor(color(Look.Colors.LINE));
		}
	}

	private XSSFFont font(Look look) {
		XSSFFont font = this.workbook.createFont();
		font.setFontName(look.fontName());
		font.setFontHeightInPoints((short) look.fontSize());
		font.setBold(look.isBold());
		font.setColor(color(look.ink()));
		font.setUnderline((look == Look.LINK) ? Font.U_SINGLE : Font.U_NONE);
		return font;
	}

	private static XSSFColor color(String rgb) {
		return new XSSFColor(HexFormat.of().parseHex(rgb));
	}

	private record Key(Look look, ColumnFormat format, String pattern) {
	}

}
