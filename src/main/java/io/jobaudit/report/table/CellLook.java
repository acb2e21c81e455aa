package io.jobaudit.report.table;

import org.jspecify.annotations.Nullable;

/** The styles of cells; colours are RGB in hex. */
public enum CellLook {

	/** A plain value. */
	VALUE(10, false, Colors.INK, null),

	/** A text that is a link. */
	LINK(10, false, "2F5F93", null),

	/** The explanation of a figure. */
	NOTE(9, false, Colors.GREY, null),

	/** Title of a summary. */
	TITLE(16, true, Colors.WHITE, Colors.NAVY),

	/** Run, period and time zone of a summary. */
	SUBTITLE(9, false, Colors.WHITE, Colors.NAVY),

	/** The figure that a reader looks for first. */
	HEADLINE(14, true, Colors.NAVY, null),

	/** Head of a block of figures. */
	SECTION(11, true, Colors.NAVY, Colors.PALE),

	/** Head of a column. */
	HEADER(10, true, Colors.WHITE, Colors.NAVY),

	/** The sum below a column. */
	TOTAL(10, true, Colors.INK, Colors.PALE),

	/** The database's own sum below a column. */
	CONTROL(9, false, Colors.GREY, Colors.PALE),

	/** A difference that is 0. */
	CHECK_PASSED(10, true, "1E6B3A", "E3F1E6"),

	/** A difference that is not 0. */
	CHECK_FAILED(10, true, "9C0006", "FFC7CE"),

	/** SQL. */
	CODE(9, false, Colors.GREY, null);

	private final int fontSize;

	private final boolean bold;

	private final String ink;

	private final @Nullable String fill;

	CellLook(int fontSize, boolean bold, String ink, @Nullable String fill) {
		this.fontSize = fontSize;
		this.bold = bold;
		this.ink = ink;
		this.fill = fill;
	}

	/** Height of its row in points, enough for two lines of a header. */
	public float rowHeight() {
		return (this == HEADER) ? 2 * this.fontSize + 8 : this.fontSize + 7;
	}

	public int fontSize() {
		return this.fontSize;
	}

	public boolean isBold() {
		return this.bold;
	}

	public String ink() {
		return this.ink;
	}

	@Nullable public String fill() {
		return this.fill;
	}

	public String fontName() {
		return (this == CODE) ? "Courier New" : "Arial";
	}

	public static final class Colors {

		public static final String NAVY = "1F3A5F";

		public static final String PALE = "E8EEF5";

		public static final String INK = "222222";

		public static final String GREY = "5F6B7A";

		public static final String LINE = "D9DFE7";

		public static final String WHITE = "FFFFFF";

		public static final String BAR = "A9C4DE";

	}

}
