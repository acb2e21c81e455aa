package io.jobaudit.report.xlsx;

import java.util.regex.Pattern;

import io.jobaudit.ReportTexts;
import org.apache.poi.ss.SpreadsheetVersion;

/** Makes a text safe for a cell, which then shows it unchanged. */
final class CellText {

	private static final int MAX_LENGTH = SpreadsheetVersion.EXCEL2007.getMaxTextLength();

	private static final Pattern REFUSED = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

	/** The beginning of an escape in Excel: "_x000D_" would be a line break. */
	private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

	private CellText() {
	}

	static String of(String text) {
		if (text.length() <= MAX_LENGTH && text.chars().noneMatch(CellText::isSuspect)) {
			return text;
		}
		String readable = ESCAPE.matcher(REFUSED.matcher(text).replaceAll("\uFFFD")).replaceAll("_x005F_");
		return (readable.length() > MAX_LENGTH) ? cut(readable, text.codePointCount(0, text.length())) : readable;
	}

	/** A quick test, since most texts are harmless and a regular expression is slow. */
	private static boolean isSuspect(int character) {
		return (character < ' ' && character != '\n' && character != '\t') || character == '_' || character >= '\uFFFE';
	}

	private static String cut(String text, int characters) {
		String mark = ReportTexts.text("cell.cut", characters);
		int end = MAX_LENGTH - mark.length();
		if (Character.isHighSurrogate(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end) + mark;
	}

}
