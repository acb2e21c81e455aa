package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.report.definition.ReportDefinitionException;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

public class BadDefinitionTest {

	/** A definition with nothing wrong in it. */
	public static final String GOOD = """
			title: Teams
			detail: Jobs
			charts:
			  - title: Jobs by team
			    type: pareto
			    sheet: By team
			    categories: Team
			    series: [Jobs, {column: Failed, color: red}]
			    cumulative: Share
			    most: 10
			sheets:
			  - name: By team
			    title: Teams of the run
			    columns:
			      - {header: Team, format: link, sheet: Jobs, match: Team}
			      - {header: Jobs, format: count, total: true, width: 12}
			      - {header: Failed, format: count, highlight: positive}
			      - {header: Share, format: percent, highlight: bar}
			      - {header: Currency, format: text, highlight: {CNY: blue}}
			      - {header: Spend, format: money, currency: Currency}
			  - name: Jobs
			    title: Jobs of the run
			    streams: true
			    optional: true
			    csv: jobs.csv
			    columns:
			      - {header: Team, format: text}
			""";

	@TempDir
	private Path directory;

	@Test
	void theGoodDefinitionIsTaken() {
		assertThat(load(GOOD)).extracting(WorkbookDefinition::name).containsExactly("failures", "teams", "token-spend");
	}

	static List<Arguments> faults() {
		return List.of(arguments("title: Teams", "title: {a: b}", "1:8: expected a text, but found keys with values"),
				arguments("title: Teams", "title:", "1:7: expected a text, but found nothing"),
				arguments("title: Teams\n", "", "1:1: missing key \"title\""),
				arguments("title: Teams", "titel: Teams", "1:1: unknown key \"titel\"; did you mean \"title\"?"),
				arguments("title: Teams", "title: ${failures.titel}",
						"1:8: unknown text \"failures.titel\"; did you mean \"failures.title\"?"),
				arguments("title: Jobs by team", "title: ${failures.tabs}", "4:12: unknown text \"failures.tabs\""),
				arguments("title: Teams of the run", "title: ${failures.teams|7}",
						"13:12: unknown text \"failures.teams\""),
				arguments("detail: Jobs", "detail: Job", "2:9: unknown sheet \"Job\"; did you mean \"Jobs\"?"),
				arguments("detail: Jobs", "title: Again", "2:1: duplicate key \"title\""),
				arguments("detail: Jobs", "- detail", "2:1: invalid YAML: "),
				arguments("type: pareto", "type: pie", "5:11: unknown type \"pie\"; did you mean \""),
				arguments("type: pareto", "type: line", "9:17: only a chart of the type pareto has a cumulative line"),
				arguments("    cumulative: Share\n", "",
						"4:5: missing key \"cumulative\"; the keys here are title, type, sheet, categories, series, most"),
				arguments("sheet: By team", "sheet: By teams",
						"6:12: unknown sheet \"By teams\"; did you mean \"By team\"?"),
				arguments("categories: Team", "categories: Taem",
						"7:17: the sheet \"By team\" has no column \"Taem\"; did you mean \"Team\"?"),
				arguments("[Jobs, {", "[Job, {", "8:14: the sheet \"By team\" has no column \"Job\""),
				arguments("[Jobs, {", "[Team, {",
						"8:14: a chart needs numbers, but the column \"Team\" has the format link"),
				arguments("color: red", "color: rod", "8:44: unknown color \"rod\"; did you mean \"red\"?"),
				arguments("most: 10", "most: ten", "10:11: expected a whole number from 1 to 400, but found \"ten\""),
				arguments("most: 10", "most: 401", "10:11: expected a whole number from 1 to 400, but found \"401\""),
				arguments("name: By team", "name: By [team]",
						"12:11: expected a sheet name without []:*?/\\ and without ' at either end"),
				arguments("name: By team", "name: \"'By team\"", "12:11: expected a sheet name without []:*?/\\"),
				arguments("name: By team", "name: By team, and by whatever else there is",
						"12:11: expected a sheet name of at most 31 characters"),
				arguments("name: By team", "name: history", "12:11: the sheet name \"history\" is reserved"),
				arguments("name: By team", "name: jobs", "21:11: duplicate sheet \"Jobs\""),
				arguments("    title: Teams of the run\n", "", "12:5: missing key \"title\"; the keys here are name"),
				arguments("header: Jobs, format: count", "header: Jobs, format: cuont",
						"16:32: unknown format \"cuont\"; did you mean \"count\"?"),
				arguments("header: Jobs, format: count", "header: Jobs",
						"16:9: missing key \"format\"; the keys here are header, total, width"),
				arguments("header: Jobs, format: count", "header: Team, format: count",
						"16:18: duplicate column \"Team\""),
				arguments("total: true", "total: yes", "16:46: expected true or false, but found \"yes\""),
				arguments("width: 12", "width: 0", "16:59: expected a whole number from 1 to 255, but found \"0\""),
				arguments("header: Team, format: text", "header: Team, format: text, total: true",
						"27:45: a total needs a number, but the column \"Team\" has the format text"),
				arguments("highlight: positive", "highlight: negative",
						"17:52: expected positive, bar or texts with their colours, but found \"negative\""),
				arguments("highlight: positive", "highlight: {a: red}",
						"17:52: positive and bar need a number, texts with their colours a text"),
				arguments("{CNY: blue}", "bar", "19:53: positive and bar need a number"),
				arguments("currency: Currency", "currency: Curency",
						"20:50: the sheet \"By team\" has no column \"Curency\"; did you mean \"Currency\"?"),
				arguments("format: money, currency", "format: tokens, currency",
						"20:51: a currency needs money or price, but the column \"Spend\" has the format tokens"),
				arguments("sheet: Jobs, match: Team", "match: Team", "15:9: missing key \"sheet\""),
				arguments("sheet: Jobs, match: Team", "sheet: Jobs, match: Tean",
						"15:58: the sheet \"Jobs\" has no column \"Tean\"; did you mean \"Team\"?"),
				arguments("sheet: Jobs, match: Team", "sheet: By team",
						"15:45: a link must lead from a sheet that does not stream to a later sheet"),
				arguments("format: percent, h", "format: percent, sheet: Jobs, h",
						"18:49: sheet and match need a link, but the column \"Share\" has the format percent"),
				arguments("csv: jobs.csv", "csv: ../jobs.csv",
						"25:10: expected a file name of letters, digits, - and _ that ends with .csv"),
				arguments("csv: jobs.csv", "csv: failed-jobs.csv",
						"25:10: the file name \"failed-jobs.csv\" is already in use"),
				arguments("streams: true", "sql: detail",
						"23:10: unknown file \"detail.sql\"; did you mean \"by-team.sql\"?"),
				arguments("streams: true", "after: Job", "23:12: unknown sheet \"Job\""),
				arguments("streams: true", "columns: []", "26:5: duplicate key \"columns\""),
				arguments("columns:\n      - {header: Team, format: text}", "columns: {}",
						"26:14: expected a list, but found keys with values"));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void whatIsWrongIsSaidWithFileLineAndColumn(String good, String bad, String message) {
		assertThat(GOOD).contains(good);
		String text = GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));

		assertThatExceptionOfType(ReportDefinitionException.class).isThrownBy(() -> load(text))
			.withMessageStartingWith(this.directory.resolve("definitions/teams/workbook.yml") + ":" + message);
	}

	@Test
	void aFolderWithoutDefinitionIsRefusedUnlessItsWorkbookIsKnown() {
		SiteDirectory site = new SiteDirectory(this.directory).file("failure/by-error-code.sql", "select 1");

		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(() -> Workbooks.load(site.definitions(), Set.of()))
			.withMessage(site.definitions().resolve("failure/workbook.yml")
					+ ": the file is missing; only the folder of a packaged workbook can do without it");
	}

	@Test
	void aQueryThatNoSheetNamesIsRefused() {
		SiteDirectory site = new SiteDirectory(this.directory).file("failures/by-eror-code.sql", "select 1");

		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(() -> Workbooks.load(site.definitions(), Set.of()))
			.withMessage(site.definitions().resolve("failures/by-eror-code.sql")
					+ ": no sheet uses the query \"by-eror-code\"; did you mean \"by-error-code\"?");
	}

	@Test
	void aFileThatIsNotUtf8IsRefused() throws IOException {
		SiteDirectory site = new SiteDirectory(this.directory).file("teams/workbook.yml", "");
		Files.write(site.definitions().resolve("teams/workbook.yml"), new byte[] { 't', ':', (byte) 0xE9 });

		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(() -> Workbooks.load(site.definitions(), Set.of()))
			.withMessage(
					site.definitions().resolve("teams/workbook.yml") + ": the file is not in UTF-8; save it in UTF-8");
	}

	@Test
	void anEmptyFileIsRefusedAndAByteOrderMarkIsNot() {
		assertThatExceptionOfType(ReportDefinitionException.class).isThrownBy(() -> load(""))
			.withMessageEndingWith("workbook.yml:1:1: the file is empty");
		assertThat(load("\uFEFF" + GOOD)).hasSize(3);
	}

	private List<WorkbookDefinition> load(String text) {
		SiteDirectory site = new SiteDirectory(this.directory);
		Stream.of("by-team", "jobs").forEach((query) -> site.file("teams/" + query + ".sql", "select 1"));
		return Workbooks.load(site.file("teams/workbook.yml", text).definitions(), Set.of());
	}

}
