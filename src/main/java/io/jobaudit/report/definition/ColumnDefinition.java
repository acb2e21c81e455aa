package io.jobaudit.report.definition;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.definition.YamlValue.YamlMapping;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table sheet.
 *
 * @param name its alias in the SQL and its header
 * @param width in characters; null to fit the content
 * @param total where the definition asks for a sum; null when it does not
 * @param highlight how values are highlighted; null when they are not
 * @param currency name of the column that holds the currency of its amounts, if any
 * @param link target of its links; null when it has none
 * @param ofPeriod whether only workbooks of a period have it
 * @param shows other amounts of its row that are added up as they are shown; empty when
 * it shows its own
 */
public record ColumnDefinition(LocatedText name, ColumnFormat format, @Nullable Integer width,
		@Nullable SourceLocation total, @Nullable Highlight highlight, @Nullable LocatedText currency,
		@Nullable LinkTarget link, boolean ofPeriod, List<Term> shows) {

	static ColumnDefinition read(YamlValue value) {
		YamlMapping keys = value.mapping()
			.allow("header", "format", "width", "total", "highlight", "currency", "sheet", "match", "period", "shows");
		LocatedText name = keys.require("header").text();
		ColumnDefinition column = new ColumnDefinition(name, keys.require("format").oneOf("format", ColumnFormat.class),
				keys.find("width").map((width) -> width.number(1, 255)).orElse(null),
				keys.find("total").filter(YamlValue::flag).map(YamlValue::place).orElse(null),
				keys.find("highlight").map(Highlight::read).orElse(null), keys.text("currency").orElse(null),
				keys.text("sheet").map((sheet) -> new LinkTarget(sheet, keys.text("match").orElse(name))).orElse(null),
				keys.flag("period"), keys.list("shows").stream().map(Term::read).toList());
		column.requireSense(keys);
		return column;
	}

	/** The header as shown in a language: for instants with the time zone. */
	public String header(ZoneId zone, ReportTexts texts) {
		return (this.format == ColumnFormat.INSTANT) ? texts.time(this.name.text(), zone.getId())
				: texts.header(this.name.text());
	}

	private void requireSense(YamlMapping keys) {
		if (this.total != null && !this.format.isNumber()) {
			throw misplaced(this.total, "a total needs a number");
		}
		if (this.highlight != null && this.highlight.isOfNumbers() != this.format.isNumber()) {
			throw misplaced(keys.require("highlight").place(),
					"positive and bar need a number, texts with their colours a text");
		}
		if (!this.shows.isEmpty() && this.format != ColumnFormat.MONEY) {
			throw misplaced(keys.require("shows").place(), "only money shows other amounts");
		}
		if (this.currency != null && !this.format.isMoney()) {
			throw misplaced(this.currency.place(), "a currency needs money or price");
		}
		if (this.format == ColumnFormat.LINK) {
			keys.require("sheet");
		}
		keys.find("sheet")
			.or(() -> keys.find("match"))
			.filter((key) -> this.format != ColumnFormat.LINK)
			.ifPresent((key) -> {
				throw misplaced(key.place(), "sheet and match need a link");
			});
	}

	private ReportDefinitionException misplaced(SourceLocation place, String rule) {
		return new ReportDefinitionException(place,
				"%s, but the column \"%s\" has the format %s".formatted(rule, this.name, YamlValue.name(this.format)));
	}

	/** The first row of another sheet that holds the same value in a column. */
	public record LinkTarget(LocatedText sheet, LocatedText column) {
	}

	/**
	 * A column whose amount is added or, with {@code -} before its name, subtracted.
	 */
	public record Term(LocatedText column, boolean isMinus) {

		private static Term read(YamlValue value) {
			LocatedText text = value.text();
			boolean isMinus = text.text().startsWith("-");
			return new Term(isMinus ? new LocatedText(text.text().substring(1), text.place()) : text, isMinus);
		}

	}

	/** How some values of a column are highlighted. */
	public sealed interface Highlight {

		/** Numbers above 0 are red. */
		record Positive() implements Highlight {
		}

		/** Numbers have a bar as a background. */
		record Bar() implements Highlight {
		}

		/** Texts have colours of their own. */
		record Texts(Map<String, ChartColor> hues) implements Highlight {
		}

		static Highlight read(YamlValue value) {
			if (value.isMapping()) {
				Map<String, ChartColor> hues = new LinkedHashMap<>();
				value.mapping()
					.values()
					.forEach((text, hue) -> hues.put(text.text(), hue.oneOf("color", ChartColor.class)));
				return new Texts(hues);
			}
			return switch (value.text().text()) {
				case "positive" -> new Positive();
				case "bar" -> new Bar();
				default -> throw value.expected("positive, bar or texts with their colours");
			};
		}

		default boolean isOfNumbers() {
			return !(this instanceof Texts);
		}

	}

}
