package io.jobaudit.report.xlsx;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.TextWidth;
import org.apache.poi.ss.usermodel.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Column widths in characters: from the definition, else fitting the content. Texts are
 * measured in the first rows only, numbers in all rows, since a number that does not fit
 * is not shown.
 */
final class ColumnWidths {

	private static final int MEASURED_ROWS = 200;

	private static final int LEAST = 10;

	private static final int MOST = 40;

	private static final int MOST_OF_FEW = 76;

	/** Room for the button that opens a column's filter. */
	private static final int FILTER_BUTTON = 5;

	private static final int MARGIN = 3;

	/** Of a price. */
	private static final int MOST_DECIMALS = 12;

	/** A line may end at a space, and before or after each wide character. */
	private static final Pattern BETWEEN_WORDS = Pattern.compile(" |(?<=[\\u2E80-\\uFFFF])|(?=[\\u2E80-\\uFFFF])");

	private final List<ColumnDefinition> columns;

	private final int mostOfText;

	private final int[] widths;

	private int rows;

	/** Widths of a table; texts get more room when it has few rows. */
	ColumnWidths(SheetDefinition sheet, OpenWorkbook workbook) {
		this.columns = sheet.columns();
		this.mostOfText = sheet.streams() ? MOST : MOST_OF_FEW;
		this.widths = this.columns.stream()
			.mapToInt((column) -> Math.max(LEAST,
					headerWidth(column.header(workbook.zone(), workbook.texts())) + FILTER_BUTTON))
			.toArray();
	}

	void measure(List<@Nullable Object> values) {
		this.rows++;
		for (int index = 0; index < this.widths.length; index++) {
			measure(index, values.get(index));
		}
	}

	void measure(int index, @Nullable Object value) {
		int width = width(value, this.columns.get(index).format()) + MARGIN;
		this.widths[index] = Math.max(this.widths[index], width);
	}

	void applyTo(Sheet sheet) {
		for (int index = 0; index < this.widths.length; index++) {
			sheet.setColumnWidth(index, width(index) * 256);
		}
	}

	/** Of all columns. */
	int sum() {
		return IntStream.range(0, this.widths.length).map(this::width).sum();
	}

	private int width(int column) {
		return Objects.requireNonNullElse(this.columns.get(column).width(), this.widths[column]);
	}

	/** A header takes two lines. */
	private static int headerWidth(String header) {
		int longestWord = BETWEEN_WORDS.splitAsStream(header).mapToInt(TextWidth::of).max().orElse(0);
		return Math.max(longestWord, (TextWidth.of(header) + 1) / 2);
	}

	private int width(@Nullable Object value, ColumnFormat format) {
		if (value instanceof BigDecimal number) {
			return digits(number, format);
		}
		if (value instanceof String text) {
			return (this.rows <= MEASURED_ROWS) ? textWidth(text) : 0;
		}
		return (value != null) ? format.pattern().length() : 0;
	}

	/**
	 * Digits before the decimal point with separators, and the decimals that are shown.
	 */
	private static int digits(BigDecimal number, ColumnFormat format) {
		int whole = Math.max(1, number.precision() - number.scale());
		int decimals = (format == ColumnFormat.PRICE) ? Math.max(3, 1 + Math.min(number.scale(), MOST_DECIMALS)) : 3;
		return whole + whole / 3 + ((number.scale() > 0 || format.isMoney()) ? decimals : 0);
	}

	private int textWidth(String text) {
		double width = text.codePoints()
			.limit(this.mostOfText)
			.takeWhile((character) -> character != '\n')
			.mapToDouble(ColumnWidths::characterWidth)
			.sum();
		return (int) Math.min(this.mostOfText, Math.ceil(width));
	}

	private static double characterWidth(int character) {
		if (TextWidth.isWide(character)) {
			return 2;
		}
		return Character.isUpperCase(character) ? 1.25 : 1;
	}

}
