package io.jobaudit.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.jobaudit.report.GoldenHistory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The queries of the page on the schema, asked of a known history as the role that the
 * page names.
 * <p>
 * What they answer is in {@code src/test/resources/schema}. To change it on purpose, run
 * with {@code -Djob-audit.schema.rewrite=true} and read the difference.
 */
class SchemaQueriesIT {

	private static final String DATABASE = "business_intelligence";

	private static final Path ANSWERS = Path.of("src/test/resources/schema");

	@TempDir
	private static Path data = Path.of("");

	@SuppressWarnings("NullAway.Init") // started before all tests
	private static RolesServer server;

	@BeforeAll
	static void seed() throws Exception {
		server = RolesServer.start(data, DATABASE);
		server.migrate(DATABASE);
		GoldenHistory.seed(server.superuser(DATABASE));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	static Stream<SchemaPage.Query> queries() throws IOException {
		return SchemaPage.read().queries().stream();
	}

	static Stream<SchemaPage.Query> queriesForWriters() throws IOException {
		return queries().filter((query) -> !query.isForReaders());
	}

	@Test
	void thereAreTen() throws IOException {
		assertThat(SchemaPage.read().queries()).hasSize(10).filteredOn(SchemaPage.Query::isForReaders).hasSize(8);
	}

	@ParameterizedTest
	@MethodSource("queries")
	void itAnswersWithWhatTheHistoryHas(SchemaPage.Query query) throws IOException {
		// given
		PGSimpleDataSource role = query.isForReaders() ? server.reader(DATABASE) : server.writer(DATABASE);
		Path expected = ANSWERS.resolve(query.title().toLowerCase(Locale.ROOT).replace(' ', '-') + ".txt");
		// when
		String answer = answer(role, query);
		if (Boolean.getBoolean("job-audit.schema.rewrite")) {
			Files.writeString(expected, answer);
		}
		// then
		assertThat(answer).isEqualTo(Files.readString(expected));
	}

	@ParameterizedTest
	@MethodSource("queriesForWriters")
	void aReaderIsRefusedWhereThePageNamesTheWriter(SchemaPage.Query query) {
		assertThatThrownBy(() -> answer(server.reader(DATABASE), query)).rootCause()
			.hasMessageContaining("permission denied");
	}

	/** At a moment when a job of the history is about to expire. */
	private static String answer(PGSimpleDataSource role, SchemaPage.Query query) {
		String sql = query.sql().replace("now()", "timestamptz '2026-11-13 00:00:00Z'").replace("'JOB_ID'", "'fail-6'");
		List<String> rows = new ArrayList<>();
		JdbcClient.create(role).sql(sql).query((row, number) -> rows.add(cells(row))).list();
		return String.join("", rows);
	}

	private static String cells(ResultSet row) throws SQLException {
		List<String> cells = new ArrayList<>();
		for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
			cells.add(String.valueOf(row.getString(column)));
		}
		return String.join(" | ", cells) + "\n";
	}

}
