package io.jobaudit.report.xlsx;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import javax.xml.namespace.QName;

import io.jobaudit.Money;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.CellLook;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.xmlbeans.XmlCursor;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTStylesheet;

/** The cell styles of a workbook, each created once. */
final class CellStyles {

	private final XSSFWorkbook workbook;

	private final Map<StyleKey, CellStyle> styles = new HashMap<>();

	CellStyles(XSSFWorkbook workbook) {
		this.workbook = workbook;
		// Column widths are measured in characters of the workbook's first font.
		XSSFFont first = workbook.getFontAt(0);
		first.setFontName(CellLook.VALUE.fontName());
		first.setFontHeightInPoints((short) CellLook.VALUE.fontSize());
		nameFirstStyle(workbook.getStylesSource().getCTStylesheet());
	}

	/** Names the style Normal, which other programs expect and POI leaves out. */
	private static void nameFirstStyle(CTStylesheet sheet) {
		try (XmlCursor cursor = sheet.newCursor()) {
			cursor.toEndToken();
			cursor.beginElement(new QName(XSSFRelation.NS_SPREADSHEETML, "cellStyles"));
			cursor.insertAttributeWithValue("count", "1");
			cursor.beginElement(new QName(XSSFRelation.NS_SPREADSHEETML, "cellStyle"));
			cursor.insertAttributeWithValue("name", "Normal");
			cursor.insertAttributeWithValue("xfId", "0");
			cursor.insertAttributeWithValue("builtinId", "0");
		}
	}

	CellStyle of(CellLook look, ColumnFormat format) {
		return of(look, format, null);
	}

	CellStyle of(CellLook look, ColumnFormat format, @Nullable String currency) {
		String pattern = (format == ColumnFormat.MONEY) ? Money.pattern(currency) : format.pattern();
		ColumnFormat shown = (format == ColumnFormat.WORD) ? ColumnFormat.TEXT : format;
		return this.styles.computeIfAbsent(new StyleKey(look, shown, pattern), this::create);
	}

	private CellStyle create(StyleKey key) {
		CellLook look = key.look();
		XSSFCellStyle style = this.workbook.createCellStyle();
		style.setFont(font((key.format() == ColumnFormat.LINK && look == CellLook.VALUE) ? CellLook.LINK : look));
		String pattern = key.format().isMoney() ? key.pattern() + ";[Red]-" + key.pattern() : key.pattern();
		style.setDataFormat(this.workbook.createDataFormat().getFormat(pattern));
		align(style, key);
		String fill = look.fill();
		if (fill != null) {
			style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
			style.setFillForegroundColor(color(fill));
		}
		drawLines(style, look);
		return style;
	}

	private static void align(XSSFCellStyle style, StyleKey key) {
		style.setVerticalAlignment(VerticalAlignment.CENTER);
		style.setWrapText(key.look() == CellLook.HEADER);
		if (key.format().isNumber()) {
			// The button of the filter is at the right edge of a header.
			style
				.setAlignment((key.look() == CellLook.HEADER) ? HorizontalAlignment.CENTER : HorizontalAlignment.RIGHT);
		}
		else {
			style.setAlignment(HorizontalAlignment.LEFT);
			style.setIndention((short) 1);
		}
	}

	private static void drawLines(XSSFCellStyle style, CellLook look) {
		if (look == CellLook.TOTAL || look == CellLook.CONTROL) {
			style.setBorderTop(BorderStyle.THIN);
			style.setTopBorderColor(color(CellLook.Colors.NAVY));
		}
		if (look == CellLook.VALUE || look == CellLook.NOTE) {
			style.setBorderBottom(BorderStyle.THIN);
			style.setBottomBorderColor(color(CellLook.Colors.LINE));
		}
	}

	private XSSFFont font(CellLook look) {
		XSSFFont font = this.workbook.createFont();
		font.setFontName(look.fontName());
		font.setFontHeightInPoints((short) look.fontSize());
		font.setBold(look.isBold());
		font.setColor(color(look.ink()));
		font.setUnderline((look == CellLook.LINK) ? Font.U_SINGLE : Font.U_NONE);
		return font;
	}

	static XSSFColor color(String rgb) {
		return new XSSFColor(HexFormat.of().parseHex(rgb));
	}

	private record StyleKey(CellLook look, ColumnFormat format, String pattern) {
	}

}
