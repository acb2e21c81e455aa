package io.jobaudit.report.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.definition.YamlValue.YamlMapping;
import org.jspecify.annotations.Nullable;

/** What one file says about a workbook: a whole definition, or a site's changes. */
record WorkbookPart(SourceLocation place, @Nullable LocatedText title, @Nullable LocatedText purpose,
		@Nullable LocatedText detail, List<ChartDefinition> charts, List<SheetDefinition> sheets) {

	static WorkbookPart read(String text, String file) {
		YamlMapping keys = YamlValue.parse(text, file)
			.mapping()
			.allow("title", "purpose", "detail", "charts", "sheets");
		return new WorkbookPart(keys.place(), keys.find("title").map(YamlValue::words).orElse(null),
				keys.find("purpose").map(YamlValue::words).orElse(null), keys.text("detail").orElse(null),
				distinct(keys.list("charts").stream().map(ChartDefinition::read).toList(), "chart",
						WorkbookPart::titleOf),
				distinctSheets(keys.list("sheets").stream().map(SheetDefinition::read).toList()));
	}

	/**
	 * Merges the changes of another file: a title, purpose or detail replaces, a sheet or
	 * chart with the same name replaces, a new sheet is added after the sheet that it
	 * names, else last. A sheet that is only for runs or only for periods leaves the
	 * other.
	 */
	WorkbookPart with(WorkbookPart other) {
		List<ChartDefinition> mergedCharts = new ArrayList<>(this.charts);
		other.charts.forEach((chart) -> put(mergedCharts, chart, WorkbookPart::titleOf));
		List<SheetDefinition> mergedSheets = new ArrayList<>(this.sheets);
		other.sheets.forEach((sheet) -> put(mergedSheets, sheet));
		return new WorkbookPart(other.place, (other.title != null) ? other.title : this.title,
				(other.purpose != null) ? other.purpose : this.purpose,
				(other.detail != null) ? other.detail : this.detail, mergedCharts, mergedSheets);
	}

	/** Its sheets, each after the sheet that it names. */
	List<SheetDefinition> orderedSheets() {
		List<SheetDefinition> ordered = new ArrayList<>(this.sheets);
		for (SheetDefinition sheet : this.sheets) {
			LocatedText after = sheet.after();
			if (after != null) {
				ordered.remove(sheet);
				ordered.add(after.text().equalsIgnoreCase("summary") ? 0 : 1 + requireIndex(ordered, after), sheet);
			}
		}
		return ordered;
	}

	private static LocatedText titleOf(ChartDefinition chart) {
		return chart.title().inEnglish();
	}

	private static int requireIndex(List<SheetDefinition> sheets, LocatedText name) {
		int index = index(sheets, name, SheetDefinition::name);
		if (index < 0) {
			throw ReportDefinitionException.unknown("sheet", name,
					sheets.stream().map((sheet) -> sheet.name().text()).toList());
		}
		return index;
	}

	private static void put(List<SheetDefinition> all, SheetDefinition sheet) {
		List<SheetDefinition> replaced = all.stream()
			.filter((known) -> known.name().names(sheet.name()) && !known.excludes(sheet))
			.toList();
		all.add(replaced.isEmpty() ? all.size() : all.indexOf(replaced.get(0)), sheet);
		all.removeAll(replaced);
	}

	private static List<SheetDefinition> distinctSheets(List<SheetDefinition> all) {
		for (int index = 0; index < all.size(); index++) {
			SheetDefinition sheet = all.get(index);
			sheet.name()
				.require(
						all.subList(0, index)
							.stream()
							.allMatch((known) -> !known.name().names(sheet.name()) || known.excludes(sheet)),
						"duplicate sheet \"%s\"", sheet.name());
		}
		return all;
	}

	private static <T> void put(List<T> all, T one, Function<T, LocatedText> name) {
		int index = index(all, name.apply(one), name);
		if (index < 0) {
			all.add(one);
		}
		else {
			all.set(index, one);
		}
	}

	private static <T> int index(List<T> all, LocatedText wanted, Function<T, LocatedText> name) {
		return IntStream.range(0, all.size())
			.filter((index) -> name.apply(all.get(index)).names(wanted))
			.findFirst()
			.orElse(-1);
	}

	private static <T> List<T> distinct(List<T> all, String kind, Function<T, LocatedText> name) {
		for (int index = 0; index < all.size(); index++) {
			LocatedText term = name.apply(all.get(index));
			term.require(index(all, term, name) == index, "duplicate %s \"%s\"", kind, term);
		}
		return all;
	}

}
