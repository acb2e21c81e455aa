package io.jobaudit.report.definition;

import java.util.List;

/** A colour by its meaning, in RGB hex: solid for charts, and ink and tint for cells. */
public enum ChartColor {

	/** Spend, and whatever has no other colour. */
	BLUE("3F74A8", "1F3A5F", "E8EEF5"),

	/** Failures. */
	RED("B5533C", "9C0006", "FFC7CE"),

	/** Successes. */
	GREEN("4E8B5F", "1E6B3A", "E3F1E6"),

	/** Warnings. */
	AMBER("C28414", "7A4F00", "FFF0CC"),

	/** Secondary information. */
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

	/** The default colour of a series, by its position in the chart. */
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
