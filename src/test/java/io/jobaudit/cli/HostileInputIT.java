package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Names and values that are SQL, or the end of one, in all that an operator gives. */
class HostileInputIT {

	private static final String ACCOUNT = "o'brien\"; drop table audit.smart_job; -- $$";

	private static final List<String> HOSTILE = List.of("\"; drop table audit.audit_item; --",
			"'); delete from audit.audit_run; --", "$$; select pg_sleep(9); $$", "E'\\\\'; -- \\",
			":run ? {} %s ${x} #{x}", "{\"a\": 1}', '{}'); --", "=1+1", "'=1+1", "a\u202e\ud83d\ude80\u667a",
			"line\nbreak");

	@TempDir
	private Path directory = Path.of("");

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void isKeptAsTheTextThatItIsAndComesBackWithTheUnreadableIds() throws Exception {
		Path ids = this.directory.resolve("it's; drop \"ids\".csv");
		try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(ids), CSVFormat.RFC4180)) {
			csv.print("job_id");
			csv.printRecord(HOSTILE);
			for (String id : List.of("0a1b2c3d4e5f", "broken-1", "'; drop table audit.smart_job; --")) {
				csv.print(id);
				csv.printRecord(HOSTILE);
			}
		}

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended first = process(simulator).run("run", "--ids", ids.toString());
			Ended again = process(simulator).run("run", "--ids",
					this.directory.resolve("reports/run-1/unreadable-ids.csv").toString());

			assertThat(first.exitCode()).as(first.err()).isEqualTo(3);
			assertThat(again.exitCode()).as(again.err()).isEqualTo(3);
			assertThat(labels(1, "0a1b2c3d4e5f")).isEqualTo(labelled());
			assertThat(labels(2, "broken-1")).isEqualTo(labelled());
			assertThat(texts("select distinct account from audit.audit_run union select account from audit.smart_job"))
				.containsExactly(ACCOUNT);
			assertThat(texts("select content from audit.audit_rejected_line"))
				.containsExactly("'; drop table audit.smart_job; --");
			assertThat(texts("select input_source from audit.audit_run where run_id = 1"))
				.containsExactly(ids.toString());
		}
	}

	private AuditProcess process(Simulator simulator) {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.environment("AUDIT_ACCOUNT", ACCOUNT)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.retry.delay", "5ms")
			.setting("audit.retry.max-delay", "20ms");
	}

	private static Map<String, String> labelled() {
		return HOSTILE.stream().collect(Collectors.toMap((text) -> text, (text) -> text));
	}

	private Map<String, String> labels(long run, String id) {
		String json = this.jdbc.sql("select labels::text from audit.audit_item where run_id = :run and job_id = :id")
			.param("run", run)
			.param("id", id)
			.query(String.class)
			.single();
		return JsonMapper.shared().readValue(json, new TypeReference<>() {
		});
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

}
