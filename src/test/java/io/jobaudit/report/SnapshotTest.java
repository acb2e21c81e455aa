package io.jobaudit.report;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.WrittenReports.ReportFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory;

	@Test
	void allFilesSpeakOfTheSameInstantWhateverIsWrittenMeanwhile() {
		// given a job that is committed before each query of the report but the first
		RunSeed seed = new RunSeed(this.database).failed("a1", "ASR", "NoVoice", "x");
		RunId run = seed.close();
		AtomicInteger queries = new AtomicInteger();
		DataSource busy = new BusyDatabase(this.database, () -> {
			int number = queries.incrementAndGet();
			if (number > 1) {
				seed.failed("later-" + number, "ASR", "NoVoice", "x");
			}
		});
		// when
		WrittenReports reports = new ReportWriter(busy, ReportSettings.of(this.directory, ZoneId.of("UTC"))).write(run,
				() -> false);
		// then
		assertThat(queries).hasValueGreaterThan(10);
		assertThat(reports.files()).extracting(ReportFile::rows).containsExactly(1L, 0L, 0L, 1L, 0L, 1L, 1L, 0L);
		assertThat(reports.summary()).contains("\"Failed\": 1", "\"reconciled\": true");
		assertThat(ReadWorkbook.of(reports, "failures.xlsx").differences())
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

	/** A database that runs an action before each statement. */
	private static final class BusyDatabase extends DelegatingDataSource {

		private final Runnable meanwhile;

		BusyDatabase(DataSource database, Runnable meanwhile) {
			super(database);
			this.meanwhile = meanwhile;
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("prepareStatement")) {
							this.meanwhile.run();
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

}
