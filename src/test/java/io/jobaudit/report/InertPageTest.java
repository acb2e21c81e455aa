package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** A text that a browser would run, in every place that a stranger can fill. */
class InertPageTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "\"><img src=x onerror='alert(1)'>",
			"</style></title><b onclick=x>", "</svg><style>@import 'x'</style>",
			"]]><!-- & &lt; &#60; \u0001\u0085\u202E\uFFFE" })
	void runsNowhere(String hostile) {
		// given
		ReadPage page = write(seed(hostile));

		// then
		assertThat(page.all("*").map(Element::getTagName)).isSubsetOf("html", "head", "meta", "title", "style", "body",
				"div", "h1", "h2", "h3", "p", "a", "span", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
				"td", "svg", "desc", "g", "rect", "line", "circle", "text");
		assertThat(page.all("*")).allSatisfy((element) -> {
			for (int index = 0; index < element.getAttributes().getLength(); index++) {
				assertThat(element.getAttributes().item(index).getNodeName()).doesNotStartWith("on")
					.isNotEqualTo("src");
			}
		});
		assertThat(page.document().getElementsByTagName("style").getLength()).isEqualTo(1);
		String shown = hostile.replaceAll("[\u0001\u0085\u202E\uFFFE]", "\uFFFD");
		assertThat(page.all("th")).extracting(Element::getTextContent).contains(shown);
		assertThat(page.all("desc")).extracting(Element::getTextContent)
			.anySatisfy((gist) -> assertThat(gist).contains(shown));
	}

	private RunId seed(String hostile) {
		Map<String, Object> job = new HashMap<>(Map.of("usage_status", "REPORTED", "total_tokens", 7));
		List.of("job_type", "error_code", "error_message", "user_id", "user_data")
			.forEach((name) -> job.put(name, hostile));
		job.put("state", "Failed");
		RunId run = new RunSeed(this.database).job("a1", "FETCHED", job).labels("a1", Map.of(hostile, hostile)).close();
		JdbcClient.create(this.database)
			.sql("update audit.audit_run set account = :x, region = :x, input_source = :x, version = :x")
			.param("x", hostile)
			.update();
		JdbcClient.create(this.database).sql("update audit.smart_job set account = :x").param("x", hostile).update();
		return run;
	}

	private ReadPage write(RunId run) {
		return ReadPage.of(new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC")))
			.write(run, () -> false));
	}

}
