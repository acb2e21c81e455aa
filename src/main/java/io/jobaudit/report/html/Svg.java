package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.jobaudit.report.definition.ChartColor;
import io.jobaudit.report.definition.YamlValue;

/**
 * Drawings in the page. Widths are in percent and heights in pixels, so that they fit any
 * screen and text keeps its size.
 */
final class Svg {

	/** Width of a character, in pixels. */
	private static final double CHARACTER = 6.2;

	private Svg() {
	}

	/**
	 * Begins the drawing of a chart, with its description.
	 * @param id unique on the page
	 * @param height in pixels
	 * @param left space to the left of the part in percent, in pixels
	 * @param right space to its right
	 */
	static void open(Html html, String id, ChartPoints points, int height, int left, int right) {
		html.open("svg", "class", "chart", "role", "img", "aria-labelledby", id + "-title", "aria-describedby",
				id + "-gist", "width", "100%", "height", String.valueOf(height), "style",
				"padding: 0 " + right + "px 0 " + left + "px");
		html.line("title", points.chart().title().text(), "id", id + "-title");
		html.line("desc", new ChartDescription(points).text(), "id", id + "-gist");
	}

	static void openColor(Html html, ChartColor hue) {
		html.open("g", "class", YamlValue.name(hue), "color", "#" + hue.solid(), "fill", "currentColor");
	}

	static String percent(double fraction) {
		return plain(fraction * 100, 3) + "%";
	}

	static String pixels(double length) {
		return plain(length, 2);
	}

	/** Width of a text, in pixels. */
	static int widthOf(String text) {
		return (int) Math.ceil(text.length() * CHARACTER);
	}

	private static String plain(double number, int digits) {
		return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

}
