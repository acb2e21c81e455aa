package io.jobaudit.report.definition;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.report.definition.ColumnDefinition.LinkTarget;
import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.subject.ReportQuery;

/** All workbooks by name: packaged ones with a site's changes, the site's own. */
public final class Workbooks {

	/** A workbook that is not among the reports: its queries need a bill. */
	private static final String RECONCILIATION = "reconciliation";

	/** Another one: its queries need several accounts. */
	private static final String ACCOUNTS = "accounts";

	private Workbooks() {
	}

	/**
	 * Reads and checks the workbook that compares a bill.
	 * @param directory directory of the site's definitions; it may be missing
	 * @throws ReportDefinitionException when a definition is invalid
	 */
	public static WorkbookDefinition reconciliation(Path directory) {
		return read(folders(directory, RECONCILIATION::equals).getOrDefault(RECONCILIATION, List.of()));
	}

	/**
	 * Reads and checks the workbook about several accounts.
	 * @param directory directory of the site's definitions; it may be missing
	 * @throws ReportDefinitionException when a definition is invalid
	 */
	public static WorkbookDefinition accounts(Path directory) {
		return read(folders(directory, ACCOUNTS::equals).getOrDefault(ACCOUNTS, List.of()));
	}

	/**
	 * Reads and checks the definitions of the reports.
	 * @param directory directory of the site's definitions; it may be missing
	 * @param reserved file names that no sheet may use
	 * @throws ReportDefinitionException when a definition is invalid
	 */
	public static List<WorkbookDefinition> load(Path directory, Set<String> reserved) {
		List<WorkbookDefinition> workbooks = folders(directory,
				(name) -> !Set.of(RECONCILIATION, ACCOUNTS).contains(name))
			.values()
			.stream()
			.map(Workbooks::read)
			.toList();
		requireDistinctFiles(workbooks, reserved);
		return workbooks;
	}

	/**
	 * The workbooks that a site has changed or added, by name.
	 * @param directory directory of the site's definitions; it may be missing
	 */
	public static Set<String> ofSite(Path directory) {
		return DefinitionFolder.of(directory).map(DefinitionFolder::workbook).collect(Collectors.toSet());
	}

	private static Map<String, List<DefinitionFolder>> folders(Path directory, Predicate<String> wanted) {
		return Stream.concat(DefinitionFolder.packaged(), DefinitionFolder.of(directory))
			.filter((folder) -> wanted.test(folder.workbook()))
			.collect(Collectors.groupingBy(DefinitionFolder::workbook, TreeMap::new, Collectors.toList()));
	}

	/** Later folders change the definition of the first. */
	private static WorkbookDefinition read(List<DefinitionFolder> folders) {
		DefinitionFolder last = folders.get(folders.size() - 1);
		SourceLocation.of(last.name())
			.require(last.workbook().matches("[A-Za-z0-9][A-Za-z0-9_-]*"),
					"expected a folder name of letters, digits, - and _, but found \"%s\"", last.workbook());
		Map<String, ReportQuery> queries = new HashMap<>();
		folders.forEach((folder) -> folder.queries().forEach((query) -> queries.put(query, folder.query(query))));
		WorkbookPart part = folders.stream()
			.filter((folder) -> folder.files().containsKey(DefinitionFolder.DEFINITION))
			.map((folder) -> WorkbookPart.read(folder.files().getOrDefault(DefinitionFolder.DEFINITION, ""),
					folder.path(DefinitionFolder.DEFINITION)))
			.reduce(WorkbookPart::with)
			.orElseThrow(() -> new ReportDefinitionException(SourceLocation.of(last.path(DefinitionFolder.DEFINITION)),
					"the file is missing; only the folder of a packaged workbook can do without it"));
		WorkbookDefinition workbook = WorkbookDefinition.of(last.workbook(), part, queries);
		Stream.of(ReportKind.values()).forEach((kind) -> new WorkbookRules(workbook.of(kind)).check());
		requireUsed(workbook, last);
		return workbook;
	}

	/** A query that no sheet uses has a misspelt name. */
	private static void requireUsed(WorkbookDefinition workbook, DefinitionFolder folder) {
		folder.queries().stream().filter((query) -> !workbook.uses(query)).findFirst().ifPresent((query) -> {
			LocatedText file = new LocatedText(query, SourceLocation.of(folder.path(query + ".sql")));
			throw ReportDefinitionException.unused(file,
					workbook.queries().keySet().stream().filter(workbook::uses).sorted().toList());
		});
	}

	private static void requireDistinctFiles(List<WorkbookDefinition> workbooks, Set<String> reserved) {
		Set<String> taken = new HashSet<>(reserved);
		workbooks.stream()
			.flatMap((workbook) -> workbook.tables().stream())
			.flatMap((sheet) -> Stream.ofNullable(sheet.csv()))
			.sorted(Comparator.comparing(LocatedText::text))
			.forEach((csv) -> csv.require(taken.add(csv.text()), "the file name \"%s\" is already in use", csv));
	}

	/** Checks the parts of a workbook against each other. */
	record WorkbookRules(WorkbookDefinition workbook) {

		void check() {
			this.workbook.tables().forEach(this::checkSheet);
			this.workbook.charts().forEach(this::checkChart);
			this.workbook.requireSheet(this.workbook.detail());
		}

		private void checkSheet(SheetDefinition sheet) {
			if (!this.workbook.queries().containsKey(sheet.sql().text())) {
				LocatedText file = new LocatedText(sheet.sql() + ".sql", sheet.sql().place());
				throw ReportDefinitionException.unknown("file", file,
						this.workbook.queries().keySet().stream().sorted().map((name) -> name + ".sql").toList());
			}
			sheet.columns().forEach((column) -> checkColumn(sheet, column));
		}

		private void checkColumn(SheetDefinition sheet, ColumnDefinition column) {
			column.name()
				.require(sheet.requireColumn(column.name()) == column, "duplicate column \"%s\"", column.name());
			if (column.currency() != null) {
				sheet.requireColumn(column.currency());
			}
			column.shows().forEach((term) -> requireNumber(sheet, term.column()));
			if (column.link() != null) {
				checkLink(sheet, column.link());
			}
		}

		/** A link can be written only after its target row. */
		private void checkLink(SheetDefinition sheet, LinkTarget link) {
			SheetDefinition target = this.workbook.requireSheet(link.sheet());
			target.requireColumn(link.column());
			boolean isLater = this.workbook.tables().indexOf(target) > this.workbook.tables().indexOf(sheet);
			link.sheet()
				.require(isLater && !sheet.streams(),
						"a link must lead from a sheet that does not stream to a later sheet");
		}

		private void checkChart(ChartDefinition chart) {
			SheetDefinition sheet = this.workbook.requireSheet(chart.sheet());
			sheet.requireColumn(chart.categories());
			if (chart.each() != null) {
				sheet.requireColumn(chart.each());
			}
			chart.series().forEach((series) -> requireNumber(sheet, series.column()));
			if (chart.cumulative() != null) {
				requireNumber(sheet, Objects.requireNonNull(chart.cumulative()));
			}
		}

		private static void requireNumber(SheetDefinition sheet, LocatedText name) {
			ColumnFormat format = sheet.requireColumn(name).format();
			name.require(format.isNumber(), "a chart needs numbers, but the column \"%s\" has the format %s", name,
					YamlValue.name(format));
		}

	}

}
