package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class AnomaliesInReportsTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void anomaliesReadTheSameInEitherStoredForm() {
		// given
		RunId run = new RunSeed(this.database).unspent("a1", "ASR", "UNREADABLE")
			.unspent("b2", "ASR", "ABSENT")
			.close();
		store("a1", """
				[{"kind": "missing", "path": "State"}, {"kind": "replaced bytes", "detail": "the answer is not UTF-8"},
				 {"kind": "bad time", "path": "SmartJobInfo.CreateTime", "detail": "12:00"}]""");
		store("b2",
				"""
						["missing: State", "replaced bytes: the answer is not UTF-8", "bad time: SmartJobInfo.CreateTime: 12:00"]""");
		// when
		WrittenReports reports = new ReportWriter(this.database,
				ReportSettings.of(this.directory, ZoneId.of("Asia/Shanghai")))
			.write(run, () -> false);
		// then
		String anomalies = "missing: State; replaced bytes: the answer is not UTF-8; bad time: SmartJobInfo.CreateTime: 12:00";
		assertThat(ReadWorkbook.of(reports, "token-spend.xlsx").column("Not reported", "Could not be read"))
			.containsExactly(anomalies, anomalies);
	}

	private void store(String jobId, String anomalies) {
		JdbcClient.create(this.database)
			.sql("update audit.smart_job set anomalies = cast(:anomalies as jsonb) where job_id = :id")
			.param("anomalies", anomalies)
			.param("id", jobId)
			.update();
	}

}
