package io.jobaudit.report.definition;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.Fuzz;
import io.jobaudit.Generated;
import io.jobaudit.Mutator;
import io.jobaudit.report.BadDefinitionTest;
import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The files that a site writes into its folder of definitions. */
@Tag("slow")
class DefinitionFuzzTest {

	private static final List<String> PIECES = List.of("title: ", "detail: ", "charts:\n", "sheets:\n", "  - name: ",
			"columns: ", "header: ", "format: ", "after: ", "summary", "sql: ", "csv: ", "streams: true\n", "\n", "  ",
			"- ", "{", "}", "[", "]", ": ", ",", "&a ", "*a", "!!java.net.URL ", "!!int ", "|\n", ">\n", "? ", "---\n",
			"<<: ", "%YAML 1.9\n", "{a: ", "[[[[", "${failures.title}", "${x}", "Jobs", "By team", "by-team", "jobs",
			"most: ", "400", "money", "count", "link", "pareto", "stacked", "color: ", "total: ", "width: ", "'", "\"");

	private static final Pattern MESSAGE = Pattern
		.compile("(?s)(site/(teams|failures)/|sql/report/failures/)\\S*(:\\d+:\\d+)?: .{8,}");

	@Test
	void aDamagedDefinitionIsAWorkbookOrIsRefusedWithItsPlace() {
		List<DefinitionFolder> packaged = DefinitionFolder.packaged().toList();
		Mutator mutator = new Mutator(Stream
			.concat(Collections.nCopies(4, BadDefinitionTest.GOOD).stream(),
					packaged.stream().map((folder) -> folder.files().get("workbook.yml")))
			.map((text) -> String.valueOf(text).getBytes(StandardCharsets.UTF_8))
			.toList(), PIECES);
		DefinitionFolder failures = packaged.stream()
			.filter((folder) -> folder.workbook().equals("failures"))
			.findFirst()
			.orElseThrow();
		Fuzz.run("definitions", (random) -> given(random, mutator, failures), DefinitionFuzzTest::takes);
	}

	private static Given given(Random random, Mutator mutator, DefinitionFolder failures) {
		byte[] definition = mutator.next(random);
		boolean changesPackaged = random.nextInt(3) == 0;
		Map<String, String> files = new TreeMap<>();
		files.put("workbook.yml", new String(definition, StandardCharsets.UTF_8));
		if (random.nextInt(10) > 0) {
			files.put("by-team.sql", "select 1");
			files.put("jobs.sql", "select 1");
			failures.files().forEach(files::putIfAbsent);
		}
		if (random.nextInt(10) == 0) {
			files.put(Generated.text(random, 3) + ".sql", "select 1");
		}
		return new Given(definition, files, changesPackaged ? failures : null);
	}

	private static boolean takes(Given given) {
		try {
			WorkbookPart part = WorkbookPart.read(given.text(), given.path());
			if (given.packaged() != null) {
				part = WorkbookPart
					.read(String.valueOf(given.packaged().files().get("workbook.yml")),
							"sql/report/failures/workbook.yml")
					.with(part);
			}
			DefinitionFolder folder = new DefinitionFolder("teams", given.folder(), given.files());
			Map<String, ReportQuery> queries = new TreeMap<>();
			folder.queries().forEach((query) -> queries.put(query, folder.query(query)));
			WorkbookDefinition workbook = WorkbookDefinition.of("teams", part, queries);
			new Workbooks.WorkbookRules(workbook).check();

			assertThat(workbook.tables()).isNotEmpty();
			assertThat(workbook.requireSheet(workbook.detail()).columns()).isNotEmpty();
			workbook.tables().forEach((sheet) -> assertThat(workbook.query(sheet)).isNotNull());
			assertThat(workbook.hasMoney()).isIn(true, false);
			return true;
		}
		catch (ReportDefinitionException ex) {
			assertThat(ex.getMessage()).matches(MESSAGE);
			return false;
		}
	}

	private record Given(byte[] definition, Map<String, String> files, @Nullable DefinitionFolder packaged) {

		String text() {
			return String.valueOf(this.files.get("workbook.yml"));
		}

		String folder() {
			return (this.packaged != null) ? "site/failures" : "site/teams";
		}

		String path() {
			return Path.of(folder(), "workbook.yml").toString();
		}

		@Override
		public String toString() {
			return "%s with %s: %s".formatted(path(), this.files.keySet(), Mutator.shown(this.definition));
		}

	}

}
