package io.jobaudit.report.definition;

import java.util.List;

/** A colour by what it says, in RGB hex: for a chart, and as ink on a tinted cell. */
public enum ChartColor {

	/** Spend, or nothing in particular. */
	BLUE("3F74A8", "1F3A5F", "E8EEF5"),

	/** What went wrong. */
	RED("B5533C", "9C0006", "FFC7CE"),

	/** What went well. */
	GREEN("4E8B5F", "1E6B3A", "E3F1E6"),

	/** What to keep an eye on. */
	AMBER("C28414", "7A4F00", "FFF0CC"),

	/** What stands back. */
	GREY("8A94A3", "5F6B7A", "EEF0F3");

	private static final List<ChartColor> PALETTE = List.of(BLUE, AMBER, GREEN, RED, GREY);

	private final String solid;

	private final String ink;

	private final String tint;

	ChartColor(String solid, String ink, String tint) {
		this.solid = solid;
		this.ink = ink;
		this.tint = tint;
	}

	/** Colour of a series that names none, by its place in the chart. */
	public static ChartColor ofSeries(int index) {
		return PALETTE.get(index % PALETTE.size());
	}

	public String solid() {
		return this.solid;
	}

	public String ink() {
		return this.ink;
	}

	public String tint() {
		return this.tint;
	}

}
