package io.jobaudit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.AuditedPeriod;
import io.jobaudit.report.subject.AuditedRun;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read in our reports is in {@code texts.properties}, and nothing else is.
 */
class PackagedTextsTest {

	private static final Path JAVA = Path.of("src", "main", "java");

	private static final Path PAGES = Path.of("src", "main", "resources", "io");

	private static final Path DEFINITIONS = Path.of("sql", "report");

	private static final String REFERENCE = "\\$\\{[a-z0-9.-]+(\\|[^|]*)*}";

	private static final Pattern KEY_IN_DEFINITION = Pattern.compile("\\$\\{([a-z0-9.-]+)[|}]");

	private static final Pattern CALL = Pattern.compile("(?:[tT]exts(?:\\(\\))?|EN)\\s*\\.text\\(\\s*(\"([^\"]*)\")?");

	/** A text that is found by what it is in English. */
	private static final String NAME_OR_WORD = "(tab|header|time|word|nothing)\\..*";

	/** A string that no reader sees: codes, patterns of numbers and dates, intervals. */
	private static final String CODE = "[^a-z]*|FM[09,.]*|YYYY-MM-DD HH24:MI|\\d+ (second|day|year)s?|infinity|Failed|Finished"
			+ "|\\(no (code|type)\\)";

	private static final List<WorkbookDefinition> WORKBOOKS = Workbooks.load(Path.of("no-such-directory"), Set.of());

	@Test
	void everyKeyHasATextAndEveryTextIsUsed() {
		Set<String> used = new TreeSet<>();
		files(JAVA, ".java").forEach((file) -> matches(CALL, file).forEach((call) -> used.add(call.group(2))));
		files(DEFINITIONS, "").forEach((file) -> keys(file).forEach(used::add));
		files(PAGES, ".html").forEach((file) -> keys(file).forEach(used::add));

		assertThat(used).containsExactlyInAnyOrderElementsOf(
				ReportTexts.keys().stream().filter((key) -> !key.matches(NAME_OR_WORD)).toList());
	}

	@Test
	void theCodeNamesEachKeyWhereItIsUsed() {
		files(JAVA, ".java").forEach((file) -> assertThat(matches(CALL, file)).as(file.toString())
			.allSatisfy((call) -> assertThat(call.group(1)).as(call.group()).isNotNull()));
	}

	@Test
	void aTextIsGivenValuesWhenItTakesSome() {
		Pattern value = Pattern.compile("%(\\d\\$)?s");
		files(DEFINITIONS, ".sql").forEach((file) -> matches(Pattern.compile("'\\$\\{([a-z0-9.-]+)([|}])"), file)
			.forEach((found) -> assertThat(value.matcher(ReportTexts.EN.text(found.group(1))).find())
				.as("values of %s in %s", found.group(), file)
				.isEqualTo(found.group(2).equals("|"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "failures", "token-spend" })
	void everyTitleOfADefinitionIsAReference(String workbook) throws IOException {
		Object definition = new Yaml().load(Files.readString(DEFINITIONS.resolve(workbook).resolve("workbook.yml")));

		assertThat(titles(definition)).hasSizeGreaterThan(12)
			.allSatisfy((title) -> assertThat(title).matches(REFERENCE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "failures/summary", "failures/audit", "token-spend/summary", "token-spend/audit" })
	void theSqlOfFiguresHasNoWordsOfItsOwn(String query) {
		Set<String> names = names();
		String sql = ReportQuery.packaged(query).sql().replaceAll("--.*", "");

		assertThat(Pattern.compile("'([^']*)'")
			.matcher(sql)
			.results()
			.flatMap((literal) -> Stream.of(literal.group(1).split(" [+-] |!")))).isNotEmpty()
			.filteredOn((literal) -> !literal.matches(CODE) && !literal.matches("\\$\\{[a-z0-9.-]+[|}]"))
			.isSubsetOf(names);
	}

	@Test
	void everyFigureIsNamedAndExplainedByReference() {
		// given
		DataSource database = TestPostgres.migratedDatabase();
		ReportProperties settings = ReportSettings.of(Path.of("unused"), GoldenHistory.ZONE);
		RunId run = GoldenHistory.seed(database).last();
		ReportQueries ofRun = new ReportQueries(database, ReportScope.ofRun(run, settings), () -> false);
		ReportPeriod days = ReportPeriod.of(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 11, 8));
		ReportQueries ofDays = new ReportQueries(database, ReportScope.ofPeriod(days, new Account("default"), settings),
				() -> false);
		// when
		List<String> texts = new ArrayList<>();
		for (ReportQueries queries : List.of(
				new ReportQueries(database, AuditedRun.read(ofRun).subject(ofRun.scope(), ReportTexts.EN).scope(),
						() -> false),
				new ReportQueries(database, AuditedPeriod.read(days, ofDays).subject(ReportTexts.EN).scope(),
						() -> false))) {
			for (WorkbookDefinition workbook : WORKBOOKS) {
				queries.list(ReportQuery.packaged(workbook.name() + "/summary"), (row, n) -> addFigure(row, texts));
				queries.list(ReportQuery.packaged(workbook.name() + "/audit"), (row, n) -> addTotal(row, texts));
			}
		}
		// then
		assertThat(texts).hasSizeGreaterThan(400)
			.allSatisfy((text) -> assertThat(text).matches(REFERENCE + "|\\d\\. .*"))
			.extracting(ReportTexts.EN::resolve)
			.as("with all the values that they take")
			.noneMatch((text) -> text.startsWith("${") || text.contains("%s"));
	}

	private static boolean addFigure(ResultSet row, List<String> texts) throws SQLException {
		texts.add(row.getString("section"));
		texts.add(row.getString("label"));
		return row.getString("note") != null && texts.add(row.getString("note"));
	}

	private static boolean addTotal(ResultSet row, List<String> texts) throws SQLException {
		texts.add(row.getString("basis"));
		return row.getString("sheet").equals("Summary") && texts.add(row.getString("figure"));
	}

	/**
	 * Names that programs read, whatever the language: of sheets, columns and formats.
	 */
	private static Set<String> names() {
		Set<String> names = new TreeSet<>(Set.of("Summary", "Rows", "Spend ", "Corrections ", "Booked "));
		for (ColumnFormat format : ColumnFormat.values()) {
			names.add(format.name().toLowerCase());
		}
		for (WorkbookDefinition workbook : WORKBOOKS) {
			for (SheetDefinition sheet : workbook.tables()) {
				names.add(sheet.name().text());
				sheet.columns().stream().map(ColumnDefinition::name).forEach((name) -> names.add(name.text()));
			}
		}
		return names;
	}

	private static Stream<String> titles(Object yaml) {
		if (yaml instanceof Map<?, ?> keys) {
			return Stream.concat(Stream.ofNullable(keys.get("title")).map(String::valueOf),
					keys.values().stream().flatMap(PackagedTextsTest::titles));
		}
		return (yaml instanceof Collection<?> items) ? items.stream().flatMap(PackagedTextsTest::titles)
				: Stream.empty();
	}

	/** Keys that a definition or its SQL refers to; comments show others as examples. */
	private static Stream<String> keys(Path file) {
		return KEY_IN_DEFINITION.matcher(read(file).replaceAll("(?m)(^ *#|--).*", ""))
			.results()
			.map((reference) -> reference.group(1));
	}

	private static List<MatchResult> matches(Pattern pattern, Path file) {
		return pattern.matcher(read(file)).results().toList();
	}

	private static List<Path> files(Path directory, String ending) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).filter((file) -> file.toString().endsWith(ending)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
